"""S17 明查与暗访: the mean of the open and of the covert visits, weighted."""

from collections.abc import Sequence
from fractions import Fraction

from desktop.domain.points import equals, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import Values, numbers
from desktop.domain.scoring.weighted_mean import check_weights, weighted_mean
from desktop.errors import UserError
from desktop.i18n import _

OPEN = numbers("open", at_least=0, is_empty_allowed=True)
COVERT = numbers("covert", at_least=0, is_empty_allowed=True)
WEIGHTS = numbers("weights", at_least=0)


def score(values: Values) -> Outcome:
    check_weights(values[WEIGHTS], 2)
    return open_and_covert(values[OPEN], values[COVERT], values[WEIGHTS])


def open_and_covert(
    open_scores: Sequence[Fraction], covert_scores: Sequence[Fraction], weights: Sequence[Fraction]
) -> Outcome:
    """Weigh the means of both sides; a side without visits gives its weight to the other and is named in a note."""
    if not open_scores and not covert_scores:
        raise UserError(_("There is neither an open nor a covert visit to score."))
    open_steps, open_mean = _mean(_("open visits {arithmetic}"), open_scores)
    covert_steps, covert_mean = _mean(_("covert visits {arithmetic}"), covert_scores)
    if not open_scores:
        weights = (Fraction(0), Fraction(1))
    if not covert_scores:
        weights = (Fraction(1), Fraction(0))
    both = weighted_mean(
        (open_mean, covert_mean), weights, (_("open visits {arithmetic}"), _("covert visits {arithmetic}"))
    )
    notes = tuple(missing_sides(bool(open_scores), bool(covert_scores)))
    return Outcome(both.exact, (*open_steps, *covert_steps, *both.steps), both.last, notes)


def missing_sides(has_open: bool, has_covert: bool) -> list[str]:
    """Return the marks that stand beside a score in which one side is missing: 缺明查, 缺暗访."""
    marks = []
    if not has_open:
        marks.append(_("no open visit"))
    if not has_covert:
        marks.append(_("no covert visit"))
    return marks


def _mean(label: str, scores: Sequence[Fraction]) -> tuple[tuple[str, ...], Fraction | None]:
    if not scores:
        return (), None
    mean = sum(scores, start=Fraction(0)) / len(scores)
    if len(scores) == 1:
        return (), mean
    arithmetic = f"({'+'.join(map(show, scores))})÷{len(scores)}{equals(mean)}"
    return (label.format(arithmetic=arithmetic),), mean


METHOD = Method(
    code="S17",
    name=lambda: _("Open and covert visits"),
    formula="weights[0]·mean(open) + weights[1]·mean(covert)",
    parameters=(OPEN, COVERT, WEIGHTS),
    score=score,
)
