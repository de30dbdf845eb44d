"""S33 末位扣分: points off for each month, and for the year, among the last two.

The score is the deduction, as a positive figure; it goes into the ``minus`` of S19.
"""

from fractions import Fraction

from desktop.domain.points import show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import Kind, Parameter, Values, integer, number, read_integer
from desktop.i18n import _


def _read_bottom_year(value: object) -> bool:
    return value if isinstance(value, bool) else read_integer("bottom_year", value, 0, 1) == 1


BOTTOM_MONTHS = integer("bottom_months", at_least=0, at_most=12)
EACH_MONTH = number("per", at_least=0)
IS_BOTTOM_YEAR = Parameter("bottom_year", Kind.FLAG, _read_bottom_year)
YEAR_POINTS = number("year", at_least=0)


def score(values: Values) -> Outcome:
    year = values[YEAR_POINTS] if values[IS_BOTTOM_YEAR] else Fraction(0)
    last = f"{values[BOTTOM_MONTHS]}×{show(values[EACH_MONTH])}" + (f"+{show(year)}" if year else "")
    return Outcome(values[BOTTOM_MONTHS] * values[EACH_MONTH] + year, (_("points deducted"),), last)


METHOD = Method(
    code="S33",
    name=lambda: _("Last places"),
    formula="per·bottom_months + (bottom_year ? year : 0); the result is deducted",
    parameters=(BOTTOM_MONTHS, EACH_MONTH, IS_BOTTOM_YEAR, YEAR_POINTS),
    score=score,
)
