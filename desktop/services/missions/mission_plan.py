"""The plan of a mission as an inspector needs it at departure: whom to visit, where, with which checklist."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.services.records.open_secret import mission_objects
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import find_row


@dataclass(frozen=True)
class PlannedVisit:
    """One object of a mission, by its names."""

    id: str
    unit: str
    site: str
    checklist: str
    planned_on: str


@dataclass(frozen=True)
class MissionPlan:
    """What is known here of a mission; of a sealed one nothing but its cover name before it is opened."""

    title: str
    leader: str
    route: str
    team: tuple[str, ...]
    visits: tuple[PlannedVisit, ...]


def mission_plan(workspace: Workspace, mission_id: str) -> MissionPlan:
    objects = mission_objects(workspace, mission_id)
    row = find_row(workspace.db, "mission", mission_id) or {}
    team, visits = objects.get("team"), objects.get("visits")
    return MissionPlan(
        title=str(objects.get("title") or row.get("title") or ""),
        leader=str(objects.get("leader") or ""),
        route=str(objects.get("route") or ""),
        team=tuple(map(str, team)) if isinstance(team, list) else (),
        visits=tuple(
            _planned(workspace, visit)
            for visit in (visits if isinstance(visits, list) else [])
            if isinstance(visit, dict)
        ),
    )


def _planned(workspace: Workspace, visit: Mapping[str, object]) -> PlannedVisit:
    def name(table: str) -> str:
        row = find_row(workspace.db, table, str(visit.get(table) or ""))
        return str(row["name"] or "") if row else ""

    return PlannedVisit(
        str(visit.get("visit") or ""),
        name("unit"),
        name("site"),
        name("checklist"),
        str(visit.get("planned_on") or ""),
    )
