"""The overview of an office: the figures of a year, and what waits for somebody to do it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop.domain.points import rounded
from desktop.services.scoring.score_units import COVERT, score_units
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.contents import count_contents
from desktop.storage.master_search import sites_found_elsewhere
from desktop.storage.nodes import all_nodes
from desktop.storage.object_table import objects_in_state
from desktop.storage.quarantine_table import count_waiting
from desktop.storage.visit_search import (
    search_missions,
    search_visits,
    vetoes_to_approve,
    visits_of_year,
    years_of_visits,
)


class Waiting(StrEnum):
    """What somebody has to see to."""

    CONFLICTS = "conflicts"
    QUARANTINE = "quarantine"
    VETOES = "vetoes"
    OPEN_VISITS = "open_visits"
    MISSING_EVIDENCE = "missing_evidence"
    HELD = "held"
    FOUND_SITES = "found_sites"


class FirstStep(StrEnum):
    """What a new office does before its first mission, in the order in which it is done."""

    UNITS = "units"
    PEOPLE = "people"
    SITES = "sites"
    LAPTOPS = "laptops"
    MISSION = "mission"


@dataclass(frozen=True)
class MonthVisits:
    """How many visits took place in a month, 1 to 12."""

    month: int
    open: int
    covert: int


@dataclass(frozen=True)
class RankedLine:
    """The place of a unit in its group."""

    unit: str
    group: str
    rank: int | None
    score: Decimal | None


@dataclass(frozen=True)
class Overview:
    """``planned`` counts the visits still to be made, of all years; ``waiting`` only what there is of it.

    ``first_steps``: what is still to be done, as long as there is no mission.
    """

    year: int
    years: tuple[int, ...]
    missions: int
    covert_missions: int
    visits: int
    planned: int
    mean_score: Decimal | None
    months: tuple[MonthVisits, ...]
    ranking: tuple[RankedLine, ...]
    waiting: tuple[tuple[Waiting, int], ...]
    first_steps: tuple[FirstStep, ...]


def read_overview(workspace: Workspace, year: int | None = None) -> Overview:
    """``year`` is by default the newest one in which anything happened."""
    db = workspace.db
    years = years_of_visits(db) or [int(local_time(workspace.clock_ms())[:4])]
    chosen = year if year in years else years[0]
    assessment = score_units(workspace, chosen)
    scores = [v.score.normalised for v in assessment.visits if v.counts and v.score.normalised is not None]
    planned = search_visits(db, "", state="planned").total
    return Overview(
        year=chosen,
        years=tuple(years),
        missions=search_missions(db, "").total,
        covert_missions=search_missions(db, "", mode=COVERT).total,
        visits=len(assessment.visits),
        planned=planned,
        mean_score=rounded(Fraction(sum(scores)) / len(scores)) if scores else None,
        months=_months(workspace, chosen),
        ranking=tuple(
            RankedLine(unit.unit.name, unit.unit.group, unit.rank, unit.score)
            for unit in assessment.units
            if unit.score is not None
        ),
        waiting=_waiting(workspace, planned),
        first_steps=_first_steps(workspace),
    )


def _months(workspace: Workspace, year: int) -> tuple[MonthVisits, ...]:
    counts = [[0, 0] for _month in range(12)]
    for row in visits_of_year(workspace.db, year):
        month = str(row["month"])
        if month.isdigit() and 1 <= int(month) <= 12:
            counts[int(month) - 1][row["mode"] == COVERT] += int(row["visits"] or 0)
    return tuple(MonthVisits(number, *pair) for number, pair in enumerate(counts, 1))


def _waiting(workspace: Workspace, planned: int) -> tuple[tuple[Waiting, int], ...]:
    db = workspace.db
    contents = count_contents(db)
    counts = {
        Waiting.CONFLICTS: contents.conflicts,
        Waiting.QUARANTINE: count_waiting(db),
        Waiting.VETOES: len(vetoes_to_approve(db)),
        Waiting.HELD: contents.held,
        Waiting.MISSING_EVIDENCE: len(objects_in_state(db, "wanted")),
        Waiting.FOUND_SITES: len(sites_found_elsewhere(db, workspace.node)),
        Waiting.OPEN_VISITS: planned,
    }
    return tuple((kind, count) for kind, count in counts.items() if count)


def _first_steps(workspace: Workspace) -> tuple[FirstStep, ...]:
    have = count_contents(workspace.db).records
    if have["mission"]:
        return ()
    done = {
        FirstStep.UNITS: have["unit"] > 0,
        FirstStep.PEOPLE: have["post"] > 0,
        FirstStep.SITES: have["site"] > 0,
        FirstStep.LAPTOPS: any(node.status == "enrolled" for node in all_nodes(workspace.db)),
        FirstStep.MISSION: False,
    }
    return tuple(step for step, is_done in done.items() if not is_done)
