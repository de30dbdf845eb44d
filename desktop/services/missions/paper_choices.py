"""What a paper record can be of: the visits that may still be written here, and what one nobody planned needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.mission_status import MissionStatus
from desktop.services.missions.begin_unplanned_visit import UnplannedChoices, unplanned_choices
from desktop.services.visits.field_missions import field_missions
from desktop.services.visits.find_visits import VisitState
from desktop.services.visits.visit_team import Team, team_on_the_road
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import all_rows
from desktop.storage.visit_search import visits_for_paper


@dataclass(frozen=True)
class PaperVisitChoice:
    """``name``: day, unit, site and checklist in one line."""

    id: str
    name: str
    mission_id: str


@dataclass(frozen=True)
class PaperMissionChoice:
    """A mission that has gone out; ``team`` is who was to go."""

    id: str
    title: str
    team: Team


@dataclass(frozen=True)
class PaperChoices:
    """``is_at_office``: whoever keys it in was not there, so mission and inspectors are asked for.

    A laptop has no missions to choose from: it knows its visits and its team.
    """

    visits: tuple[PaperVisitChoice, ...]
    missions: tuple[PaperMissionChoice, ...]
    unplanned: UnplannedChoices
    is_at_office: bool


def paper_choices(workspace: Workspace) -> PaperChoices:
    visits = _of_office(workspace) if workspace.is_office else _of_laptop(workspace)
    missions = _missions(workspace) if workspace.is_office else ()
    return PaperChoices(visits, missions, unplanned_choices(workspace), workspace.is_office)


def _of_laptop(workspace: Workspace) -> tuple[PaperVisitChoice, ...]:
    return tuple(
        PaperVisitChoice(
            visit.id, _name((visit.planned_on, visit.unit, visit.site, visit.checklist)), mission.id
        )
        for mission in field_missions(workspace)
        for visit in mission.visits
        if visit.can_begin and visit.state is not VisitState.SIGNED
    )


def _of_office(workspace: Workspace) -> tuple[PaperVisitChoice, ...]:
    return tuple(
        PaperVisitChoice(
            str(row["id"]),
            _name([str(row[column] or "") for column in ("day", "unit", "site", "checklist")]),
            str(row["mission_id"] or ""),
        )
        for row in visits_for_paper(workspace.db, workspace.node)
    )


def _missions(workspace: Workspace) -> tuple[PaperMissionChoice, ...]:
    return tuple(
        PaperMissionChoice(
            str(row["id"]),
            str(row["title"] or row["cover_name"] or ""),
            team_on_the_road(workspace, str(row["id"])),
        )
        for row in all_rows(workspace.db, "mission", "starts_on DESC, id")
        if row["status"] == MissionStatus.ISSUED
    )


def _name(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)
