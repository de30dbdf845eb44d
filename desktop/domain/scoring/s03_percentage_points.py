"""S03 百分点加扣: points for each percentage point above or below the target.

T and A are percentages or growth rates themselves; nothing is divided, so that a target of zero or less is sound.
"""

from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from desktop.domain.points import equals, show, term
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import ACTUAL, TARGET, WEIGHT, Values, choice, number, optional
from desktop.i18n import _


class PartStep(StrEnum):
    """What 2.6 steps of “每低1个百分点” count as: 2.6, 2 or 3. Texts leave it open, so a rule has to say."""

    PROPORTIONAL = "proportional"
    FLOOR = "floor"
    CEIL = "ceil"


PER_POINT_ABOVE = number("k_plus", at_least=0)
PER_POINT_BELOW = number("k_minus", at_least=0)
STEP = choice("step", tuple(PartStep))
LIMIT = optional(number("limit", at_least=0))


def count_steps(amount: Fraction, part_step: PartStep) -> tuple[Fraction, tuple[str, ...]]:
    """Return what an amount of steps counts as, and the step of arithmetic that says so where it changed."""
    if part_step is PartStep.PROPORTIONAL or amount.denominator == 1:
        return amount, ()
    if part_step is PartStep.FLOOR:
        counted = Fraction(floor(amount))
        text = _("{amount} counts as {counted} (part steps left out)")
    else:
        counted = Fraction(ceil(amount))
        text = _("{amount} counts as {counted} (part steps count whole)")
    return counted, (text.format(amount=show(amount), counted=show(counted)),)


def score(values: Values) -> Outcome:
    weight, target, actual, limit = values[WEIGHT], values[TARGET], values[ACTUAL], values[LIMIT]
    if limit is None:
        limit = weight
    if actual >= target:
        high, low, sign, each = actual, target, "+", values[PER_POINT_ABOVE]
    else:
        high, low, sign, each = target, actual, "−", values[PER_POINT_BELOW]
    counted, counting = count_steps(high - low, PartStep(values[STEP]))
    change = counted * each
    steps = (f"{show(high)}−{term(low)}{equals(high - low)}", *counting)
    if each != 1 and counted:
        steps += (f"{show(counted)}×{show(each)}{equals(change)}",)
    signed = change if sign == "+" else -change
    return bounded(
        steps,
        f"{show(weight)}{sign}{show(change)}",
        weight + signed,
        high=weight + limit,
        low=max(Fraction(0), weight - limit),
    )


METHOD = Method(
    code="S03",
    name=lambda: _("Percentage points above and below"),
    formula="clamp(W + k_plus·max(0, A − T) − k_minus·max(0, T − A), W − limit, W + limit)",
    parameters=(WEIGHT, TARGET, ACTUAL, PER_POINT_ABOVE, PER_POINT_BELOW, STEP, LIMIT),
    score=score,
)
