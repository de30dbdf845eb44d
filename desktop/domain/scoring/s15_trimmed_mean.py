"""S15 去最高最低平均: the mean of the raters, without one highest and one lowest from five raters up."""

from fractions import Fraction

from desktop.domain.points import equals, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import Values, numbers
from desktop.i18n import _

MIN_RATERS_TO_TRIM = 5
RATINGS = numbers("A", at_least=0)


def score(values: Values) -> Outcome:
    kept = list(values[RATINGS])
    steps: tuple[str, ...] = ()
    if len(kept) >= MIN_RATERS_TO_TRIM:
        high, low = max(kept), min(kept)
        kept.remove(high)
        kept.remove(low)
        steps = (_("without {high} and {low}").format(high=show(high), low=show(low)),)
    total = sum(kept, start=Fraction(0))
    steps += (f"{'+'.join(map(show, kept))}{equals(total)}",)
    return Outcome(total / len(kept), steps, f"{show(total)}÷{len(kept)}")


METHOD = Method(
    code="S15",
    name=lambda: _("Mean without the extremes"),
    formula="mean(A without one max and one min, from 5 raters up)",
    parameters=(RATINGS,),
    score=score,
)
