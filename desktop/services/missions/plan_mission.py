"""Planning a mission: its head becomes a record at once, its objects stay a draft until it is sealed or assigned.

Whom a covert mission will visit must not be readable by anybody who opens the workspace later, so the objects of a
mission are never cut into an entry in the clear before the office has decided how they go out.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain.mission_status import MissionStatus
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.missions.mission_source import refuse_repetition, remember_source
from desktop.services.records.read_json import JsonFile
from desktop.services.records.references import find_by_name
from desktop.services.workspace.journal import birth, change, log_event, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import Draft, discard_drafts, drafts_of, save_draft

OBJECTS, DRAWS = "objects", "draws"
COVERT = "暗访"
MODES = ("明查", COVERT, "明暗结合")


@dataclass(frozen=True)
class PlannedMission:
    """A planned mission. ``visits``: {visit id: unit id} in the order of the plan."""

    id: str
    is_covert: bool
    visits: Mapping[str, str]


def plan_mission(
    workspace: Workspace, file: JsonFile, draws: Iterable[Mapping[str, Any]] = ()
) -> PlannedMission:
    """Make a mission from a checked FILE.json (``resources/schemas/mission.schema.json``).

    ``draws``: the records of how places of it were drawn, which no file can claim.
    """
    _office_only(workspace)
    plan = file.value
    refuse_repetition(workspace, plan)
    mission_id = workspace.new_id()
    header = {
        **planned_header(plan),
        # Proves to everybody who reads a visit later that it began after this mission was issued.
        "nonce": secrets.token_hex(16),
    }
    objects = planned_objects(workspace, plan, draws)
    with workspace.db.atomic():
        parts = {"header": header, "state": {"status": MissionStatus.PLANNED.value}}
        write_entries(workspace, [birth(workspace, mission_id, "mission", parts)])
        save_draft(workspace.db, Draft(mission_id, "mission", OBJECTS, objects, {}), workspace.clock_ms())
        remember_source(workspace, mission_id, plan, header["nonce"])
        log_event(workspace, {"event": "planned"}, mission_id)
    return planned(mission_id, plan, objects)


def planned_header(plan: Mapping[str, Any]) -> dict[str, Any]:
    """The header of a mission as its record may say it: of a covert one only the cover name."""
    texts = ("cover_name", "no", "period_type", "starts_on", "ends_on", "depart_at")
    return {
        **{name: plan.get(name, "") for name in texts},
        "title": (plan.get("cover_name") or _("Document work")) if is_covert(plan) else plan["title"],
        "mode": plan["mode"],
        "is_regular": plan.get("is_regular", False),
        "is_sealed": False,
    }


def planned_objects(
    workspace: Workspace, plan: Mapping[str, Any], draws: Iterable[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """What stays a draft of this office: objects, how they were drawn, route, team, and the title that a cover name
    hides.
    """
    drawn = [dict(draw) for draw in draws]
    objects = {
        "leader": plan.get("leader", ""),
        "route": plan.get("route", ""),
        "team": plan.get("team", []),
        "visits": [_planned_visit(workspace, item) for item in plan["objects"]],
        **({DRAWS: drawn} if drawn else {}),
    }
    return {**objects, "title": plan["title"]} if is_covert(plan) else objects


def planned(mission_id: str, plan: Mapping[str, Any], objects: Mapping[str, Any]) -> PlannedMission:
    return PlannedMission(mission_id, is_covert(plan), {v["visit"]: v["unit"] for v in objects["visits"]})


def is_covert(plan: Mapping[str, Any]) -> bool:
    """Whether a plan, or the row of a mission, is of a kind that leaves the office only sealed."""
    return bool(plan["mode"] != MODES[0])


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
    if is_covert(mission):
        raise UserError(
            _("This mission is covert and has not been sealed."),
            _("Seal it first: a covert mission only leaves the office sealed."),
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
            _("Ask the office for a mission package (任务包) and take it in."),
        )
