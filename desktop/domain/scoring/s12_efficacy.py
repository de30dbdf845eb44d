"""S12 功效系数法: where the value lies between the worst and the best of the group."""

from fractions import Fraction

from desktop.domain.points import equals, show, term
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import WEIGHT, Values, check_index, flag, integer, number, numbers
from desktop.i18n import _

ACTUALS = numbers("A")
INDEX = integer("index", at_least=0)
REVERSE = flag("reverse", default=False)
FLOOR = number("floor", at_least=0, at_most=1, default=Fraction(6, 10))


def score(values: Values) -> Outcome:
    weight, figures, floor = values[WEIGHT], values[ACTUALS], values[FLOOR]
    actual = figures[check_index("index", values[INDEX], len(figures))]
    low, high = min(figures), max(figures)
    spread = high - low
    if spread == 0:
        return Outcome(weight, (_("spread 0, full score for all"),))
    larger, smaller = (high, actual) if values[REVERSE] else (actual, low)
    place = larger - smaller
    steps = (
        _("spread {arithmetic}").format(arithmetic=f"{show(high)}−{term(low)}{equals(spread)}"),
        f"{show(larger)}−{term(smaller)}{equals(place)}",
    )
    last = f"{show(weight)}×({show(floor)}+{show(1 - floor)}×{show(place)}÷{show(spread)})"
    return Outcome(weight * (floor + (1 - floor) * place / spread), steps, last)


METHOD = Method(
    code="S12",
    name=lambda: _("Efficacy coefficient"),
    formula="W·(floor + (1 − floor)·(A − min)/(max − min)); reverse: (max − A)",
    parameters=(WEIGHT, ACTUALS, INDEX, REVERSE, FLOOR),
    score=score,
)
