"""Planning a mission: its head becomes a record at once, its objects stay a draft until it is sealed or assigned.

Whom a covert mission will visit must not be readable by anybody who opens the workspace later, so the objects of a
mission are never cut into an entry in the clear before the office has decided how they go out.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.journal import birth, change, log_event, write_entries
from desktop.services.read_json import JsonFile
from desktop.services.references import find_by_name
from desktop.services.workspace import Workspace
from desktop.storage.drafts import Draft, discard_drafts, drafts_of, save_draft

OBJECTS = "objects"
COVERT = "暗访"
MODES = ("明查", COVERT, "明暗结合")


@dataclass(frozen=True)
class PlannedMission:
    """A new mission. ``visits``: {visit id: unit id} in the order of the plan."""

    id: str
    is_covert: bool
    visits: Mapping[str, str]


def plan_mission(workspace: Workspace, file: JsonFile) -> PlannedMission:
    """Make a mission from a checked FILE.json (``resources/schemas/mission.schema.json``)."""
    _office_only(workspace)
    plan = file.value
    mission_id = workspace.new_id()
    visits = [_planned_visit(workspace, item) for item in plan["objects"]]
    header = {
        "title": plan["title"],
        "cover_name": plan.get("cover_name", ""),
        "no": plan.get("no", ""),
        "mode": plan["mode"],
        "period_type": plan.get("period_type", ""),
        "starts_on": plan.get("starts_on", ""),
        "ends_on": plan.get("ends_on", ""),
        "depart_at": plan.get("depart_at", ""),
        "is_regular": plan.get("is_regular", False),
        "is_sealed": False,
        # Proves to everybody who reads a visit later that it began after this mission was issued.
        "nonce": secrets.token_hex(16),
    }
    is_covert = plan["mode"] != MODES[0]
    if is_covert:
        header["title"] = plan.get("cover_name") or _("Document work")
    objects = {
        "leader": plan.get("leader", ""),
        "route": plan.get("route", ""),
        "team": plan.get("team", []),
        "visits": visits,
    }
    if is_covert:
        objects["title"] = plan["title"]
    with workspace.db.atomic():
        write_entries(
            workspace,
            [birth(workspace, mission_id, "mission", {"header": header, "state": {"status": "拟定"}})],
        )
        save_draft(workspace.db, Draft(mission_id, "mission", OBJECTS, objects, {}), workspace.clock_ms())
        log_event(workspace, {"event": "planned"}, mission_id)
    return PlannedMission(mission_id, is_covert, {v["visit"]: v["unit"] for v in visits})


def drafted_objects(workspace: Workspace, mission_id: str) -> Mapping[str, Any] | None:
    """The objects of a mission that has neither been sealed nor assigned yet."""
    return next((d.value for d in drafts_of(workspace.db, mission_id) if d.part == OBJECTS), None)


def cut_objects(workspace: Workspace, mission_id: str) -> None:
    """Write the objects of an announced mission into the record; refused for a covert one.

    Runs inside the caller's transaction.
    """
    mission = find_by_name(workspace.db, "mission", mission_id)
    objects = drafted_objects(workspace, mission_id)
    if objects is None:
        return
    if mission["mode"] != MODES[0]:
        raise UserError(
            _("This mission is covert and has not been sealed."),
            _("Seal it first (“mingcha seal”): a covert mission only leaves the office sealed."),
        )
    write_entries(workspace, [change(workspace, mission_id, "mission", {OBJECTS: objects})])
    discard_drafts(workspace.db, mission_id)


def _planned_visit(workspace: Workspace, item: Mapping[str, str]) -> dict[str, str]:
    unit = find_by_name(workspace.db, "unit", item["unit"])
    checklist = find_by_name(workspace.db, "checklist", item["checklist"])
    site = find_by_name(workspace.db, "site", item["site"]) if item.get("site") else None
    return {
        "visit": workspace.new_id(),
        "unit": str(unit["id"]),
        "site": str(site["id"]) if site else "",
        "checklist": str(checklist["id"]),
        "checklist_hash": str(checklist["content_hash"]),
        "planned_on": item.get("planned_on", ""),
    }


def _office_only(workspace: Workspace) -> None:
    if not workspace.is_office:
        raise UserError(
            _("Only an office plans missions; this workspace is a field node."),
            _("Ask the office for a mission package (任务包) and read it with “mingcha merge”."),
        )
