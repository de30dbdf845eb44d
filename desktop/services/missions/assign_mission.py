"""Assigning visits of a mission to a node: who holds a visit may write its findings (custody, docs/FORMAT.md 4)."""

from collections.abc import Mapping, Sequence

from desktop.domain.author import Statement
from desktop.domain.canonical import Json
from desktop.domain.mission_status import MissionStatus
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.missions.plan_mission import cut_objects, drafted_objects
from desktop.services.missions.withdraw_mission import refuse_withdrawn
from desktop.services.records.references import find_by_name
from desktop.services.workspace.journal import birth, change, log_event, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import NodeRow, all_nodes
from desktop.storage.records import find_row, json_value


def find_node_by_name(workspace: Workspace, text: str) -> NodeRow:
    """The enrolled node that is meant: by id, beginning of the id, or name."""
    nodes = [node for node in all_nodes(workspace.db) if node.status != "revoked"]
    found = [node for node in nodes if node.name == text or (len(text) >= 6 and node.id.startswith(text))]
    if len(found) != 1:
        raise UserError(
            _("“{text}” is not the name of exactly one enrolled node.").format(text=text),
            _("“mingcha list WORKSPACE nodes” shows the nodes; enroll a new one with its card first."),
        )
    return found[0]


def assign_visits(
    workspace: Workspace, mission: str, node: NodeRow, only: Sequence[str] = ()
) -> tuple[str, ...]:
    """Make ``node`` a holder of the visits of a mission (of ``only`` some of them); returns their ids.

    Visits that have a holder keep him: several nodes may hold one visit, and what they write at the same time
    is a conflict to be resolved, never lost.
    """
    row = find_by_name(workspace.db, "mission", mission)
    mission_id = str(row["id"])
    refuse_withdrawn(row["status"])
    with workspace.db.atomic():
        visits = _visit_plans(workspace, mission_id)
        unknown = [visit for visit in only if visit not in visits]
        if unknown:
            raise UserError(_("The mission has no visit {id}.").format(id=unknown[0]))
        chosen = [visit for visit in visits if not only or visit in only]
        cut_objects(workspace, mission_id)
        statements = [_custody(workspace, visit, visits[visit], node.id) for visit in chosen]
        write_entries(workspace, [s for s in statements if s is not None])
        state = find_row(workspace.db, "mission", mission_id)
        if state is not None and state["status"] != MissionStatus.ISSUED:
            issued = {"state": {"status": MissionStatus.ISSUED.value}}
            write_entries(workspace, [change(workspace, mission_id, "mission", issued)])
        log_event(workspace, {"event": "assigned", "node": node.id, "visits": list(chosen)}, mission_id)
    return tuple(chosen)


def _visit_plans(workspace: Workspace, mission_id: str) -> dict[str, Mapping[str, Json]]:
    """{visit id: what its plan may say}. Of a sealed mission that is the mission alone."""
    row = find_row(workspace.db, "mission", mission_id) or {}
    objects = drafted_objects(workspace, mission_id) or {"visits": json_value(row, "visits", [])}
    visits = objects["visits"]
    if row.get("seal") is not None:
        seal = json_value(row, "seal", {})
        ids = seal.get("visits", []) if isinstance(seal, dict) else []
        return {str(visit): {"mission_id": mission_id} for visit in (ids if isinstance(ids, list) else [])}
    return {
        str(visit["visit"]): {
            "mission_id": mission_id,
            "unit_id": visit["unit"],
            "site_id": visit["site"],
            "checklist_id": visit["checklist"],
            "checklist_hash": visit["checklist_hash"],
            "planned_on": visit["planned_on"],
            "mode": row.get("mode"),
        }
        for visit in (visits if isinstance(visits, list) else [])
        if isinstance(visit, dict)
    }


def _custody(workspace: Workspace, visit_id: str, plan: Mapping[str, Json], node: str) -> Statement | None:
    known = find_row(workspace.db, "visit", visit_id)
    if known is None:
        custody: dict[str, object] = {"holders": [node], "n": 1}
        return birth(workspace, visit_id, "visit", {"plan": dict(plan), "custody": custody})
    holders = json_value(known, "holders", [])
    held_by = holders if isinstance(holders, list) else []
    if node in held_by:
        return None
    custody = {"holders": sorted([*map(str, held_by), node]), "n": int(known["n"] or 0) + 1}
    return change(workspace, visit_id, "visit", {"custody": custody})
