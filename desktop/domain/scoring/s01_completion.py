"""S01 完成率计分（封顶）."""

from fractions import Fraction

from desktop.domain.points import quotient, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import ACTUAL, BASE_TARGET, WEIGHT, Values
from desktop.i18n import _


def score(values: Values) -> Outcome:
    return completion(values[WEIGHT], values[BASE_TARGET], values[ACTUAL])


def completion(weight: Fraction, target: Fraction, actual: Fraction) -> Outcome:
    """Score the completion rate, held between 0 and 1; ``target`` is the adjusted one where it was adjusted."""
    rate = actual / target
    step, operand = quotient(actual, target)
    if rate > 1:
        rate, operand = Fraction(1), "1"
        step = _("{arithmetic}, capped at 1").format(arithmetic=step)
    elif rate < 0:
        rate, operand = Fraction(0), "0"
        step = _("{arithmetic}, counted as 0").format(arithmetic=step)
    return Outcome(weight * rate, (step,), f"{show(weight)}×{operand}")


METHOD = Method(
    code="S01",
    name=lambda: _("Completion rate, capped"),
    formula="W·clamp(A/T, 0, 1)",
    parameters=(WEIGHT, BASE_TARGET, ACTUAL),
    score=score,
)
