"""Changing a mission that has not left the office: its plan is put in the place of the one before."""

from collections.abc import Iterable, Mapping
from typing import Any

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.missions.mission_source import refuse_repetition, remember_source
from desktop.services.missions.plan_mission import (
    DRAWS,
    OBJECTS,
    PlannedMission,
    drafted_objects,
    is_covert,
    planned,
    planned_header,
    planned_objects,
)
from desktop.services.records.read_json import JsonFile
from desktop.services.records.references import find_by_name
from desktop.services.workspace.journal import change, log_event, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import Draft, discard_drafts, save_draft


def change_mission(
    workspace: Workspace, mission: str, file: JsonFile, draws: Iterable[Mapping[str, Any]] = ()
) -> PlannedMission:
    """Plan a mission anew that has been neither sealed nor issued nor withdrawn; its visits get new ids.

    Records of draws only become more: what was drawn once stays to be seen, whatever became of it.
    """
    row = find_by_name(workspace.db, "mission", mission)
    mission_id, plan = str(row["id"]), file.value
    before = drafted_objects(workspace, mission_id)
    if before is None:
        raise UserError(
            _("This mission can no longer be changed: it has been sealed, issued or withdrawn."),
            _("Withdraw it, and plan a new one."),
        )
    if is_covert(plan) and not is_covert(row):
        # The title stands in the clear in an entry that goes wherever the mission goes.
        raise UserError(
            _("A mission that was planned as an open one cannot become covert: its title is known already."),
            _("Withdraw it, and plan a covert mission instead."),
        )
    refuse_repetition(workspace, plan, mission_id)
    known = before.get(DRAWS, [])
    objects = planned_objects(workspace, plan, [*known, *(draw for draw in draws if draw not in known)])
    nonce = str(row["nonce"] or "")
    with workspace.db.atomic():
        header = {**planned_header(plan), "nonce": nonce}
        write_entries(workspace, [change(workspace, mission_id, "mission", {"header": header})])
        discard_drafts(workspace.db, mission_id)
        save_draft(workspace.db, Draft(mission_id, "mission", OBJECTS, objects, {}), workspace.clock_ms())
        remember_source(workspace, mission_id, plan, nonce)
        log_event(workspace, {"event": "replanned"}, mission_id)
    return planned(mission_id, plan, objects)


def plan_of_mission(workspace: Workspace, mission: str) -> Mapping[str, Any]:
    """The plan of a mission that can still be changed, as a mission file says it, with ids for names."""
    row = find_by_name(workspace.db, "mission", mission)
    objects = drafted_objects(workspace, str(row["id"]))
    if objects is None:
        raise UserError(
            _("This mission can no longer be changed: it has been sealed, issued or withdrawn."),
            _("Withdraw it, and plan a new one."),
        )
    names = ("no", "mode", "period_type", "cover_name", "starts_on", "ends_on", "depart_at")
    return {
        **{name: str(row[name]) for name in names if row[name]},
        "is_regular": bool(row["is_regular"]),
        "title": str(objects.get("title") or row["title"] or ""),
        **{name: objects[name] for name in ("leader", "team", "route")},
        "objects": [
            {name: visit[name] for name in ("unit", "site", "checklist", "planned_on")}
            for visit in objects["visits"]
        ],
    }
