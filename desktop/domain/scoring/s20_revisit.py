"""S20 回访加倍: points off for each problem, twice for those a revisit finds not fixed.

The score is the deduction, as a positive figure; it goes into the ``minus`` of S19.
"""

from fractions import Fraction

from desktop.domain.points import show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import Kind, Parameter, Values, integer, number, read_integer, wrong
from desktop.i18n import _


def _read_unfixed(value: object) -> bool | int:
    return value if isinstance(value, bool) else read_integer("unfixed_on_revisit", value, 0)


PROBLEMS = integer("points", at_least=0)
EACH = number("per", at_least=0)
UNFIXED: Parameter[bool | int] = Parameter("unfixed_on_revisit", Kind.INTEGER, _read_unfixed)


def score(values: Values) -> Outcome:
    problems, each, unfixed = values[PROBLEMS], values[EACH], values[UNFIXED]
    if isinstance(unfixed, bool):
        unfixed = problems if unfixed else 0
    if unfixed > problems:
        raise wrong("unfixed_on_revisit", _("“{name}” is larger than the number of problems."))
    last = f"{problems}×{show(each)}" + (f"+{unfixed}×{show(each)}" if unfixed else "")
    return Outcome(Fraction(problems + unfixed) * each, (_("points deducted"),), last)


METHOD = Method(
    code="S20",
    name=lambda: _("Deduction, doubled on a revisit"),
    formula="per·(points + unfixed_on_revisit); the result is deducted",
    parameters=(PROBLEMS, EACH, UNFIXED),
    score=score,
)
