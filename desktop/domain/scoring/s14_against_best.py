"""S14 按实绩赋分: the score in proportion to that of the first."""

from desktop.domain.points import quotient, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import WEIGHT, Values, base, number, wrong
from desktop.i18n import _

ACTUAL = number("A", at_least=0)
BEST = base("best")


def score(values: Values) -> Outcome:
    weight, actual, best = values[WEIGHT], values[ACTUAL], values[BEST]
    if actual > best:
        raise wrong("A", _("“{name}” is larger than the best of all."))
    step, operand = quotient(actual, best)
    return Outcome(weight * actual / best, (step,), f"{operand}×{show(weight)}")


METHOD = Method(
    code="S14",
    name=lambda: _("In proportion to the first"),
    formula="W·A/best",
    parameters=(WEIGHT, ACTUAL, BEST),
    score=score,
)
