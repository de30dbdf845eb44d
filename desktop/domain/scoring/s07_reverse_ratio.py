"""S07 反向指标（比值）: less is better; the score falls with T/A."""

from desktop.domain.points import quotient, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import WEIGHT, Values, number
from desktop.i18n import _

TARGET = number("T", at_least=0)
ACTUAL = number("A", at_least=0)


def score(values: Values) -> Outcome:
    weight, target, actual = values[WEIGHT], values[TARGET], values[ACTUAL]
    # Compared before dividing: the best actual value of all is zero.
    if actual <= target:
        step = _("{arithmetic}, full score").format(arithmetic=f"{show(actual)}≤{show(target)}")
        return Outcome(weight, (step,))
    step, operand = quotient(target, actual)
    return Outcome(weight * target / actual, (step,), f"{show(weight)}×{operand}")


METHOD = Method(
    code="S07",
    name=lambda: _("Reverse indicator, by ratio"),
    formula="W·min(1, T/A)",
    parameters=(WEIGHT, TARGET, ACTUAL),
    score=score,
)
