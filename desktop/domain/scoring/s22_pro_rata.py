"""S22 序时进度: the progress in percent of the pro-rata plan of the month, with its lamp."""

from enum import StrEnum
from fractions import Fraction

from desktop.domain.points import equals, rounded, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import ACTUAL, BASE_TARGET, Values, integer
from desktop.i18n import _

MONTH = integer("month", at_least=1, at_most=12)
YELLOW_FROM = 90
GREEN_FROM = 100


class Lamp(StrEnum):
    """Green from 100 % of the pro-rata plan, yellow from 90 %, red below."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def label(self) -> str:
        return {
            Lamp.GREEN: _("green lamp (x≥100)"),
            Lamp.YELLOW: _("yellow lamp (90≤x＜100)"),
            Lamp.RED: _("red lamp (x＜90)"),
        }[self]


def lamp(percent: Fraction) -> Lamp:
    """Return the lamp of an exact percentage: 99.999 is yellow, although it is printed as 100.00."""
    if percent >= GREEN_FROM:
        return Lamp.GREEN
    return Lamp.YELLOW if percent >= YELLOW_FROM else Lamp.RED


def score(values: Values) -> Outcome:
    target, actual, month = values[BASE_TARGET], values[ACTUAL], values[MONTH]
    plan = target * month / 12
    percent = 100 * actual / plan
    plan_arithmetic = f"{show(target)}×{month}÷12{equals(plan)}"
    rate = 100 * actual / target
    sign = "=" if Fraction(rounded(rate)) == rate else "≈"
    year = f"{show(actual)}÷{show(target)}{sign}{rounded(rate)}%"
    return Outcome(
        percent,
        (_("pro-rata plan {arithmetic}").format(arithmetic=plan_arithmetic),),
        f"{show(actual)}÷{show(plan)}×100",
        (lamp(percent).label, _("of the year {arithmetic}").format(arithmetic=year)),
    )


METHOD = Method(
    code="S22",
    name=lambda: _("Pro-rata progress"),
    formula="100·A ÷ (T·month/12)",
    parameters=(BASE_TARGET, ACTUAL, MONTH),
    score=score,
)
