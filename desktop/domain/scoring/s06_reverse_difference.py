"""S06 反向指标（差值扣分）: less is better; points off for each unit above the target."""

from desktop.domain.points import equals, show, term
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import ACTUAL, TARGET, WEIGHT, Values, number
from desktop.i18n import _

PER_UNIT = number("k", at_least=0)


def score(values: Values) -> Outcome:
    weight, target, actual, each = values[WEIGHT], values[TARGET], values[ACTUAL], values[PER_UNIT]
    if actual <= target:
        step = _("{arithmetic}, nothing deducted").format(arithmetic=f"{show(actual)}≤{show(target)}")
        return Outcome(weight, (step,))
    deduction = (actual - target) * each
    steps = (
        f"{show(actual)}−{term(target)}{equals(actual - target)}",
        f"{show(actual - target)}×{show(each)}{equals(deduction)}",
    )
    return bounded(steps, f"{show(weight)}−{show(deduction)}", weight - deduction)


METHOD = Method(
    code="S06",
    name=lambda: _("Reverse indicator, by difference"),
    formula="max(0, W − k·max(0, A − T))",
    parameters=(WEIGHT, TARGET, ACTUAL, PER_UNIT),
    score=score,
)
