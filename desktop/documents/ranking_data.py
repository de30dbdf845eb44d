"""What ranking.xlsx shows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class RankingLine:
    """A unit in its group. ``rank`` and the means are None where there is nothing to rank (no covert visit)."""

    group: str
    rank: int | None
    unit: str
    open_mean: Decimal | None
    covert_mean: Decimal | None
    score: Decimal | None
    marks: tuple[str, ...] = ()
    arithmetic: str = ""


@dataclass(frozen=True)
class ScoreLine:
    """The score of one visit; ``short_code`` is the one at the foot of its inspection form."""

    unit: str
    short_code: str
    visited_on: date | None
    mode: str
    site: str
    checklist: str
    total: Decimal | None
    applicable_points: Decimal | None
    score: Decimal | None
    veto: str = ""
    arithmetic: str = ""


@dataclass(frozen=True)
class Ranking:
    """The lines are written in the order given: by group, then as the office orders its units."""

    office: str
    title: str
    basis: str
    made_on: date
    lines: tuple[RankingLine, ...]
    scores: tuple[ScoreLine, ...]
