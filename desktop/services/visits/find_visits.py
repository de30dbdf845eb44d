"""Finding visits and missions for the lists of the window: search and filter in the database, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.errors import UserError
from desktop.services.records.open_secret import with_opened_plan
from desktop.services.records.visit_values import read_visit
from desktop.services.scoring.score_units import score_of_visit
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import all_nodes
from desktop.storage.records import Row, find_row, json_value
from desktop.storage.visit_search import search_missions, search_visits

_PLACES = ("unit", "site", "checklist")


class VisitState(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    RECORDED = "recorded"
    SIGNED = "signed"
    CONFLICT = "conflict"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class VisitLine:
    """One row of a list; ``score`` is None where there is none yet. ``day``: begun, else planned.

    ``nodes``: the names of the computers that hold it; ``is_held_here``: this computer is one of them."""

    id: str
    unit: str
    site: str
    checklist: str
    mission: str
    mode: str
    day: str
    leader: str
    state: VisitState
    score: Decimal | None
    nodes: tuple[str, ...] = ()
    is_from_paper: bool = False
    is_held_here: bool = False


@dataclass(frozen=True)
class MissionLine:
    """One row of the list of missions; ``recorded`` of its ``visits`` have findings.

    A visit is there once its mission is issued; until then the draft of the office has them as ``planned``, and
    nobody knows them once they are sealed."""

    id: str
    number: str
    title: str
    mode: str
    period: str
    starts_on: str
    ends_on: str
    depart_at: str
    status: str
    is_sealed: bool
    visits: int
    recorded: int
    planned: int | None = None


@dataclass(frozen=True)
class VisitPage:
    rows: tuple[VisitLine, ...]
    total: int


@dataclass(frozen=True)
class MissionPage:
    rows: tuple[MissionLine, ...]
    total: int


def find_visits(
    workspace: Workspace,
    text: str = "",
    *,
    mode: str = "",
    state: str = "",
    mission: str = "",
    offset: int = 0,
) -> VisitPage:
    """One page of visits, newest first, with their scores as they stand."""
    found = search_visits(workspace.db, text, mode=mode, state=state, mission=mission, offset=offset)
    names = {node.id: node.name for node in all_nodes(workspace.db)}
    return VisitPage(tuple(_visit_line(workspace, row, names) for row in found.rows), found.total)


def find_missions(
    workspace: Workspace, text: str = "", *, mode: str = "", status: str = "", offset: int = 0
) -> MissionPage:
    """One page of missions, newest first."""
    found = search_missions(workspace.db, text, mode=mode, status=status, offset=offset)
    return MissionPage(tuple(_mission_line(row) for row in found.rows), found.total)


def _visit_line(workspace: Workspace, row: Row, node_names: Mapping[str, str]) -> VisitLine:
    state = VisitState(str(row["state"]))
    stored = json_value(row, "holders", [])
    holders = stored if isinstance(stored, list) else []
    places = {name: _text(row, name) for name in _PLACES}
    return VisitLine(
        id=str(row["id"]),
        **(places if any(places.values()) else _opened_places(workspace, str(row["id"]))),
        mission=_text(row, "mission"),
        mode=_text(row, "mode"),
        day=(_text(row, "started_at") or _text(row, "planned_on"))[:10],
        leader=_text(row, "leader"),
        state=state,
        score=None if state in (VisitState.PLANNED, VisitState.WITHDRAWN) else _score(workspace, row),
        nodes=tuple(sorted(node_names.get(str(node), str(node)[:8]) for node in holders)),
        is_from_paper=bool(row["is_from_paper"]),
        is_held_here=workspace.node in holders,
    )


def _opened_places(workspace: Workspace, visit_id: str) -> dict[str, str]:
    """What is sealed, where the mission was unsealed on this computer; else nothing."""
    view = with_opened_plan(workspace, read_visit(workspace.db, visit_id))
    found = {name: find_row(workspace.db, name, view.text(f"{name}_id")) or {} for name in _PLACES}
    return {name: str(row.get("short") or row.get("name") or "") for name, row in found.items()}


def _score(workspace: Workspace, row: Row) -> Decimal | None:
    """None also where the checklist has not come here yet; the visit itself says so when it is shown."""
    try:
        return score_of_visit(workspace, read_visit(workspace.db, str(row["id"]))).normalised
    except UserError:
        return None


def _mission_line(row: Row) -> MissionLine:
    return MissionLine(
        id=str(row["id"]),
        number=_text(row, "no"),
        title=_text(row, "title"),
        mode=_text(row, "mode"),
        period=_text(row, "period_type"),
        starts_on=_text(row, "starts_on"),
        ends_on=_text(row, "ends_on"),
        depart_at=_text(row, "depart_at"),
        status=_text(row, "status"),
        is_sealed=bool(row["is_sealed"]),
        visits=int(row["visits"] or 0),
        recorded=int(row["recorded"] or 0),
        planned=None if row["planned"] is None else int(row["planned"]),
    )


def _text(row: Row, column: str) -> str:
    value = row[column]
    return value if isinstance(value, str) else ""
