"""S31 综合: the parts of the whole year, weighted, and the bonus and penalty of S19 as one signed figure."""

from fractions import Fraction

from desktop.domain.points import equals, show
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import Values, number
from desktop.domain.scoring.s18_periods import PARTS, WEIGHTS
from desktop.domain.scoring.s18_periods import score as score_parts
from desktop.i18n import _

ADJUST = number("adjust", default=Fraction(0))


def score(values: Values) -> Outcome:
    parts, adjust = score_parts(values), values[ADJUST]
    if adjust == 0:
        return parts
    steps = (*parts.steps, f"{parts.last}{equals(parts.exact)}") if parts.last else parts.steps
    sign = "−" if adjust < 0 else "+"
    last = f"{show(parts.exact)}{sign}{show(abs(adjust))}"
    return bounded(steps, last, parts.exact + adjust, notes=parts.notes)


METHOD = Method(
    code="S31",
    name=lambda: _("The whole year"),
    formula="max(0, Σ weights·parts + adjust); a missing part gives its weight to the others",
    parameters=(PARTS, WEIGHTS, ADJUST),
    score=score,
)
