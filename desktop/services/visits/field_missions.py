"""The missions of a field node as its inspectors see them: sealed ones by their cover name until they are opened."""

from dataclasses import dataclass, field

from desktop.domain.mission_status import MissionStatus
from desktop.services.records.open_secret import mission_objects, opened_visit
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.find_visits import VisitState
from desktop.services.visits.visit_team import Team, team_on_the_road
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import all_drafts
from desktop.storage.opened_secrets import read_opened_secret
from desktop.storage.records import all_rows, find_record, find_row
from desktop.storage.visit_list import visit_rows


@dataclass(frozen=True)
class FieldVisit:
    """A visit this node holds; names are empty while they are sealed."""

    id: str
    unit: str
    site: str
    checklist: str
    planned_on: str
    state: VisitState
    can_begin: bool


@dataclass(frozen=True)
class FieldMission:
    """``is_locked``: sealed and not opened on this computer yet. ``team`` and ``route`` are empty until then."""

    id: str
    title: str
    mode: str
    starts_on: str
    depart_at: str
    is_locked: bool
    is_withdrawn: bool
    visits: tuple[FieldVisit, ...]
    team: Team = field(default_factory=Team)
    route: str = ""


def field_missions(workspace: Workspace) -> tuple[FieldMission, ...]:
    """The missions with visits held here, newest first; visits nobody planned come last, without a mission."""
    drafted = {draft.record_id for draft in all_drafts(workspace.db)}
    held: dict[str, list[FieldVisit]] = {}
    for row in visit_rows(workspace.db):
        view = read_visit(workspace.db, str(row["id"]))
        if workspace.node in view.holders:
            visit = _field_visit(workspace, view, has_draft=view.id in drafted)
            held.setdefault(view.text("mission_id"), []).append(visit)
    missions = [
        _mission(workspace, str(row["id"]), tuple(held.pop(str(row["id"]))))
        for row in all_rows(workspace.db, "mission", "starts_on DESC, id")
        if str(row["id"]) in held
    ]
    loose = tuple(visit for visits in held.values() for visit in visits)
    return (*missions, *([FieldMission("", "", "", "", "", False, False, loose)] if loose else []))


def _mission(workspace: Workspace, mission_id: str, visits: tuple[FieldVisit, ...]) -> FieldMission:
    row = find_row(workspace.db, "mission", mission_id) or {}
    plan = mission_objects(workspace, mission_id)
    is_locked = bool(row.get("seal")) and read_opened_secret(workspace.db, mission_id) is None
    return FieldMission(
        mission_id,
        str(plan.get("title") or row.get("title") or row.get("cover_name") or ""),
        str(row.get("mode") or ""),
        str(row.get("starts_on") or ""),
        str(row.get("depart_at") or ""),
        is_locked,
        row.get("status") == MissionStatus.WITHDRAWN,
        visits,
        team_on_the_road(workspace, mission_id),
        str(plan.get("route") or ""),
    )


def _field_visit(workspace: Workspace, view: VisitView, *, has_draft: bool) -> FieldVisit:
    known = {**{name: view.text(name) for name in ("unit_id", "site_id", "checklist_id")}}
    known |= opened_visit(workspace, view.text("mission_id"), view.id)
    mission = find_row(workspace.db, "mission", view.text("mission_id")) or {}
    record = find_record(workspace.db, view.id)
    if record is not None and record.contested:
        state = VisitState.CONFLICT
    elif view.is_signed:
        state = VisitState.SIGNED
    elif has_draft or view.text("started_at"):
        state = VisitState.RECORDED
    elif mission.get("status") == MissionStatus.WITHDRAWN:
        state = VisitState.WITHDRAWN
    else:
        state = VisitState.PLANNED
    return FieldVisit(
        view.id,
        _name(workspace, "unit", known["unit_id"]),
        _name(workspace, "site", known["site_id"]),
        _name(workspace, "checklist", known["checklist_id"]),
        view.text("planned_on") or view.text("started_at")[:10],
        state,
        bool(known["checklist_id"]) and state is not VisitState.WITHDRAWN,
    )


def _name(workspace: Workspace, table: str, record_id: str) -> str:
    row = find_row(workspace.db, table, record_id) if record_id else None
    return str(row["name"] or "") if row else ""
