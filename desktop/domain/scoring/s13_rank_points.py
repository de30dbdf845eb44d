"""S13 排名赋分: points for a place, falling by a percentage of the weight or in a line to the last place."""

from fractions import Fraction

from desktop.domain.points import equals, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import (
    WEIGHT,
    Values,
    check_index,
    choice,
    integer,
    number,
    numbers,
    optional,
    wrong,
)
from desktop.domain.scoring.s24_ranks import average_rank, rank_of
from desktop.i18n import _

PERCENT = "percent"
BEST = "best"
MODE = choice("mode", (PERCENT, "linear"))
STEP = optional(number("step", at_least=0, at_most=100))
COUNT = optional(integer("N", at_least=1))
RANKS = optional(numbers("ranks", at_least=1))
ACTUALS = optional(numbers("A"))
INDEX = optional(integer("index", at_least=0))
TIES = choice("ties", (BEST, "average"), default=BEST)


def score(values: Values) -> Outcome:
    ranks, count = _places(values)
    scores = [_points(values, rank, count) for rank in ranks]
    places = _(", ").join(show(rank) for rank in ranks)
    steps: tuple[str, ...] = (_("place {places}").format(places=places),)
    if len(scores) == 1:
        return Outcome(scores[0][0], steps, scores[0][1])
    steps += tuple(f"{last}{equals(value)}" for value, last in scores)
    mean = sum((value for value, _last in scores), start=Fraction(0)) / len(scores)
    return Outcome(mean, steps, f"({'+'.join(show(value) for value, _last in scores)})÷{len(scores)}")


def _places(values: Values) -> tuple[tuple[Fraction, ...], int | None]:
    """Return the places to score (given, one a rater, or found from the figures) and how many there are."""
    ranks, figures, index = values[RANKS], values[ACTUALS], values[INDEX]
    if (ranks is None) == (figures is None):
        raise wrong("ranks", _("Give either “{name}” or “A” with “index”."))
    if ranks is not None:
        return ranks, values[COUNT]
    if figures is None or index is None:
        raise wrong("index", _("The parameter “{name}” is missing."))
    check_index("index", index, len(figures))
    place = rank_of(figures, index) if values[TIES] == BEST else average_rank(figures, index)
    return (Fraction(place),), values[COUNT] or len(figures)


def _points(values: Values, rank: Fraction, count: int | None) -> tuple[Fraction, str]:
    weight, step = values[WEIGHT], values[STEP]
    if values[MODE] == PERCENT:
        if step is None:
            raise wrong("step", _("The parameter “{name}” is missing."))
        share = max(Fraction(0), 1 - step * (rank - 1) / 100)
        inner = f"1−{show(rank - 1)}×{show(step)}%" if share else "0"
        return weight * share, f"{show(weight)}×({inner})"
    if count is None:
        raise wrong("N", _("The parameter “{name}” is missing."))
    if rank > count:
        raise wrong("N", _("A place is behind the last one (“{name}”)."))
    return weight * (count - rank + 1) / count, f"{show(weight)}×({count}−{show(rank)}+1)÷{count}"


METHOD = Method(
    code="S13",
    name=lambda: _("Points for places"),
    formula="percent: W·(1 − step%·(rank − 1)); linear: W·(N − rank + 1)/N",
    parameters=(WEIGHT, MODE, STEP, COUNT, RANKS, ACTUALS, INDEX, TIES),
    score=score,
)
