"""考核排名: units ranked group by group by their visits (S17), with places 1, 2, 2, 4 (S24).

Lists keep the official order of the units (行政序列) wherever places do not decide.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop.domain.points import rounded, show
from desktop.domain.rule_set import DEFAULT_RULE_SET, RuleSet
from desktop.domain.scoring.method import conclude
from desktop.domain.scoring.s17_open_covert import missing_sides, open_and_covert
from desktop.i18n import _


class Side(StrEnum):
    """How a unit was visited: announced (明查) or unannounced (暗访)."""

    OPEN = "open"
    COVERT = "covert"


@dataclass(frozen=True)
class RankedVisit:
    """The published score of one visit of a unit (``VisitScore.normalised``)."""

    unit_id: str
    side: Side
    score: Decimal


@dataclass(frozen=True)
class UnitToRank:
    """A unit with its group; ``sort_no`` is its official order.

    ``key_target_score`` breaks ties first where all that tie have one.
    """

    id: str
    name: str
    group: str
    sort_no: int
    key_target_score: Decimal | None = None


@dataclass(frozen=True)
class RankedUnit:
    """A unit and its place in its group; score and rank are None where nobody visited it.

    ``marks`` name a side that is missing (缺明查, 缺暗访); ``lines`` are the arithmetic and how a tie was broken.
    """

    unit: UnitToRank
    rank: int | None
    score: Decimal | None
    open_mean: Decimal | None
    covert_mean: Decimal | None
    marks: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class TieBreak:
    """A figure by which units of equal score are told apart, and the sentence that says so."""

    figure: Callable[[RankedUnit], Decimal | None]
    reason: Callable[[], str]


_TIE_BREAKS = (
    TieBreak(
        lambda ranked: ranked.unit.key_target_score,
        lambda: _("equal score, by the score of key targets {score}"),
    ),
    TieBreak(
        lambda ranked: ranked.covert_mean,
        lambda: _("equal score, by the score of covert visits {score}"),
    ),
)


def rank_units(
    visits: Iterable[RankedVisit],
    units: Sequence[UnitToRank],
    rule_set: RuleSet = DEFAULT_RULE_SET,
) -> tuple[RankedUnit, ...]:
    """Rank the units of each group; groups follow the official order of their first units.

    Visits of units that are not among ``units`` are left out.
    """
    scores: dict[str, dict[Side, list[Fraction]]] = {
        unit.id: {Side.OPEN: [], Side.COVERT: []} for unit in units
    }
    for visit in visits:
        if visit.unit_id in scores:
            scores[visit.unit_id][visit.side].append(Fraction(visit.score))
    groups: dict[str, list[RankedUnit]] = {}
    for unit in sorted(units, key=_official_order):
        groups.setdefault(unit.group, []).append(_scored(unit, scores[unit.id], rule_set))
    return tuple(ranked for group in groups.values() for ranked in _placed(group))


def _official_order(unit: UnitToRank) -> tuple[int, str]:
    return unit.sort_no, unit.id


def _scored(unit: UnitToRank, sides: Mapping[Side, Sequence[Fraction]], rule_set: RuleSet) -> RankedUnit:
    open_scores, covert_scores = sides[Side.OPEN], sides[Side.COVERT]
    if not open_scores and not covert_scores:
        marks = tuple(missing_sides(has_open=False, has_covert=False))
        return RankedUnit(unit, None, None, None, None, marks, (_("no visit, not ranked"),))
    weights = (Fraction(rule_set.open_weight), Fraction(rule_set.covert_weight))
    result = conclude(open_and_covert(open_scores, covert_scores, weights), rule_set.rounding)
    return RankedUnit(
        unit=unit,
        rank=None,
        score=result.score,
        open_mean=_mean(open_scores, rule_set),
        covert_mean=_mean(covert_scores, rule_set),
        marks=result.notes,
        lines=result.lines,
    )


def _mean(scores: Sequence[Fraction], rule_set: RuleSet) -> Decimal | None:
    if not scores:
        return None
    return rounded(sum(scores, start=Fraction(0)) / len(scores), 2, rule_set.rounding)


def _placed(group: Sequence[RankedUnit]) -> list[RankedUnit]:
    """Give out the places of one group; units without a score come last, in official order."""
    placed: list[RankedUnit] = []
    for score in sorted({ranked.score for ranked in group if ranked.score is not None}, reverse=True):
        tied = [ranked for ranked in group if ranked.score == score]
        for equal, reasons in _untied(tied, _TIE_BREAKS):
            rank = len(placed) + 1
            placed += [replace(ranked, rank=rank, lines=(*ranked.lines, *reasons)) for ranked in equal]
    return placed + [ranked for ranked in group if ranked.score is None]


def _untied(
    tied: Sequence[RankedUnit], tie_breaks: Sequence[TieBreak]
) -> list[tuple[Sequence[RankedUnit], tuple[str, ...]]]:
    """Split units of equal score, the best first; those that stay equal share a place.

    A criterion counts only where all that tie have a figure for it: a unit nobody visited covertly must neither gain
    nor lose by that.
    """
    if len(tied) == 1:
        return [(tied, ())]
    if not tie_breaks:
        return [(tied, (_("equal score, shared place"),))]
    tie_break, *later = tie_breaks
    figures = [figure for ranked in tied if (figure := tie_break.figure(ranked)) is not None]
    if len(figures) < len(tied) or len(set(figures)) == 1:
        return _untied(tied, later)
    parts = []
    for figure in sorted(set(figures), reverse=True):
        reason = tie_break.reason().format(score=show(figure))
        equal = [ranked for ranked in tied if tie_break.figure(ranked) == figure]
        parts += [(units, (reason, *reasons)) for units, reasons in _untied(equal, later)]
    return parts
