"""S08 约束性指标: met or not, all or nothing."""

from fractions import Fraction

from desktop.domain.points import show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import ACTUAL, TARGET, WEIGHT, Values, choice
from desktop.i18n import _

AT_LEAST = "at_least"
DIRECTION = choice("direction", (AT_LEAST, "at_most"))


def score(values: Values) -> Outcome:
    target, actual = values[TARGET], values[ACTUAL]
    is_met = actual >= target if values[DIRECTION] == AT_LEAST else actual <= target
    if is_met:
        sign = "≥" if values[DIRECTION] == AT_LEAST else "≤"
        step = _("{arithmetic}, met").format(arithmetic=f"{show(actual)}{sign}{show(target)}")
        return Outcome(values[WEIGHT], (step,))
    sign = "＜" if values[DIRECTION] == AT_LEAST else "＞"
    step = _("{arithmetic}, not met").format(arithmetic=f"{show(actual)}{sign}{show(target)}")
    return Outcome(Fraction(0), (step,), notes=(_("raises an alert"),))


METHOD = Method(
    code="S08",
    name=lambda: _("Binding target"),
    formula="A satisfies T ? W : 0",
    parameters=(WEIGHT, TARGET, ACTUAL, DIRECTION),
    score=score,
)
