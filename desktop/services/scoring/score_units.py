"""Scores and a first ranking: every visit by its checklist (S16), every unit by its visits (S17), line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.answer import Answer, read_answer
from desktop.domain.checklist import Checklist
from desktop.domain.points import from_stored
from desktop.domain.ranking import RankedUnit, RankedVisit, Side, UnitToRank, rank_units
from desktop.domain.rule_set import DEFAULT_RULE_SET, RuleSet
from desktop.domain.scoring.method import join_steps
from desktop.domain.visit_score import VisitScore, score_visit
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.stored_checklist import stored_checklist
from desktop.services.records.unit_groups import group_of_units
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, all_rows, find_record, json_value
from desktop.storage.visit_list import visit_rows

COVERT = "暗访"


class Period(StrEnum):
    """What is scored: the first half of the year, or all of it."""

    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True)
class ScoredVisit:
    """A visit and its score; ``marks`` say why a score is provisional or does not count."""

    visit_id: str
    unit_id: str
    unit: str
    side: Side
    visited_on: str
    site: str
    checklist: str
    score: VisitScore
    marks: tuple[str, ...]
    counts: bool


@dataclass(frozen=True)
class Assessment:
    """A trial run: nothing of it is stored.

    ``undated`` names visits with findings whose beginning nobody entered: they count in no period.
    """

    year: int
    period: Period
    visits: tuple[ScoredVisit, ...]
    units: tuple[RankedUnit, ...]
    undated: tuple[str, ...] = ()


def score_of_visit(workspace: Workspace, view: VisitView, rule_set: RuleSet = DEFAULT_RULE_SET) -> VisitScore:
    """The score of one visit as it stands; the same code in the field and at the office."""
    checklist = stored_checklist(workspace.db, view.text("checklist_id"))
    approved = json_value(view.head, "approved_vetoes", [])
    leader = view.head.get("leader_score_e4")
    return score_visit(
        checklist,
        recorded_answers(view),
        approved_vetoes=[no for no in approved if isinstance(no, int)] if isinstance(approved, list) else [],
        leader_score=from_stored(leader) if isinstance(leader, int) else None,
        rule_set=rule_set,
    )


def score_units(
    workspace: Workspace, year: int, period: Period = Period.YEAR, rule_set: RuleSet = DEFAULT_RULE_SET
) -> Assessment:
    """Score every visit of the period and rank the units by groups."""
    visits = []
    rows = visit_rows(workspace.db)
    for row in rows:
        if _is_in(str(row["started_at"] or ""), year, period) and row["checklist_id"]:
            visits.append(_scored(workspace, row, rule_set))
    ranked = [
        RankedVisit(visit.unit_id, visit.side, visit.score.normalised)
        for visit in visits
        if visit.counts and visit.score.normalised is not None
    ]
    units = rank_units(ranked, _units(workspace, year), rule_set)
    return Assessment(year, period, tuple(visits), units, tuple(_undated(rows)))


def explain_unit(workspace: Workspace, assessment: Assessment, name: str) -> list[str]:
    """Every line of arithmetic behind the score of one unit, named in full, in short or by id."""
    found = [
        unit
        for unit in assessment.units
        if name in (unit.unit.id, unit.unit.name, _short(workspace, unit.unit.id))
    ]
    if len(found) != 1:
        raise UserError(
            _("There is no unit called “{name}”.").format(name=name),
            _("“mingcha list WORKSPACE units” shows the units."),
        )
    lines = [_("{name}: {text}").format(name=found[0].unit.name, text=_total(found[0]))]
    for visit in assessment.visits:
        if visit.unit_id == found[0].unit.id:
            score = "—" if visit.score.normalised is None else str(visit.score.normalised)
            head = (visit.visited_on, visit.checklist, visit.site, score, *visit.marks)
            lines.append(" ".join(word for word in head if word))
            lines += [
                "  " + _("{name}: {text}").format(name=f"{line.item.no}. {line.item.title}", text=line.text)
                for line in visit.score.lines
            ]
            lines.append(f"  {visit.score.explanation}")
    return lines


def _scored(workspace: Workspace, row: Row, rule_set: RuleSet) -> ScoredVisit:
    view = read_visit(workspace.db, str(row["id"]))
    checklist = stored_checklist(workspace.db, view.text("checklist_id"))
    score = score_of_visit(workspace, view, rule_set)
    state = find_record(workspace.db, view.id)
    is_contested = bool(state and state.contested)
    marks = [_("in conflict, does not count")] if is_contested else []
    marks += _marks(view, checklist, score)
    return ScoredVisit(
        view.id,
        view.text("unit_id"),
        str(row["unit"] or ""),
        Side.COVERT if view.text("mode") == COVERT else Side.OPEN,
        view.text("started_at")[:10],
        str(row["site"] or ""),
        checklist.name,
        score,
        tuple(marks),
        counts=not is_contested,
    )


def _marks(view: VisitView, checklist: Checklist, score: VisitScore) -> list[str]:
    marks = []
    if not score.is_finished:
        marks.append(_("provisional"))
    if score.needs_leader_decision:
        marks.append(_("the team leader decides"))
    if score.is_vetoed:
        marks.append(_("veto"))
    if view.text("checklist_hash") not in ("", checklist.content_hash):
        marks.append(_("another version of the checklist"))
    return marks


def recorded_answers(view: VisitView) -> list[Answer]:
    return [
        read_answer(
            number,
            {
                **row,
                "inputs": json_value(row, "inputs", {}),
                "evidence_ids": json_value(row, "evidence_ids", []),
            },
        )
        for number, row in view.answers.items()
    ]


def _undated(rows: Sequence[Row]) -> Iterator[str]:
    """“unit, site (id)” of the visits that have a head of the inspectors, but no time at which they began."""
    for row in rows:
        if row["status"] and not row["started_at"]:
            named = [str(name) for name in (row["unit"], row["site"]) if name]
            yield f"{' · '.join(named)} ({str(row['id'])[-8:]})".strip()


def _is_in(started_at: str, year: int, period: Period) -> bool:
    first, last = f"{year}-01", f"{year}-06" if period is Period.HALF else f"{year}-12"
    return first <= started_at[:7] <= last


def _units(workspace: Workspace, year: int) -> list[UnitToRank]:
    groups = group_of_units(workspace, year)
    return [
        UnitToRank(str(row["id"]), str(row["name"]), groups.get(str(row["id"]), ""), int(row["sort_no"] or 0))
        for row in all_rows(workspace.db, "unit", "sort_no, id")
    ]


def _short(workspace: Workspace, unit_id: str) -> object:
    return next((row["short"] for row in all_rows(workspace.db, "unit") if row["id"] == unit_id), None)


def _total(ranked: RankedUnit) -> str:
    score = "—" if ranked.score is None else str(ranked.score)
    return _("{score}, place {rank} in {group}: {arithmetic}").format(
        score=score, rank=ranked.rank or "—", group=ranked.unit.group, arithmetic=join_steps(ranked.lines)
    )
