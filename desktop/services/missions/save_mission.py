"""Saving and issuing a mission from its editor, by the same checks that hold for a mission file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.i18n import _
from desktop.keys.passphrase import STANDARD_COST, KdfCost
from desktop.services.missions.change_mission import change_mission
from desktop.services.missions.issue_mission import issue_mission
from desktop.services.missions.keep_form import NEW, drop_form, keep_form
from desktop.services.missions.plan_mission import DRAWS, PlannedMission, plan_mission
from desktop.services.missions.seal_mission import seal_mission
from desktop.services.records.read_json import JsonFile, check_json
from desktop.services.workspace.workspace import Workspace

Form = Mapping[str, Any]
"""A mission as its editor holds it: the fields of a mission file, all of them, a ``node`` for each object, and the
records of what was drawn.
"""

EMPTY_FORM: Form = {
    "title": "",
    "no": "",
    "mode": "明查",
    "period_type": "",
    "is_regular": False,
    "starts_on": "",
    "ends_on": "",
    "cover_name": "",
    "depart_at": "",
    "leader": "",
    "team": [],
    "route": "",
    "objects": [],
    DRAWS: [],
}


def save_mission(workspace: Workspace, mission_id: str, form: Form) -> PlannedMission:
    """Plan the mission, or change the one ``mission_id`` unless that is NEW; nothing goes out."""
    file, draws = mission_file(form), form.get(DRAWS, [])
    with workspace.db.atomic():
        if mission_id == NEW:
            saved = plan_mission(workspace, file, draws)
            drop_form(workspace, NEW)
        else:
            saved = change_mission(workspace, mission_id, file, draws)
        # Which computer each visit is meant for is no part of a plan.
        keep_form(workspace, saved.id, form)
    return saved


def save_and_issue(
    workspace: Workspace, mission_id: str, form: Form, passphrase: str, cost: KdfCost = STANDARD_COST
) -> str:
    """Save the mission and give its visits to their nodes; a covert one is sealed under ``passphrase`` first."""
    with workspace.db.atomic():
        saved = save_mission(workspace, mission_id, form)
        objects = form["objects"]
        nodes = {visit: str(objects[number]["node"]) for number, visit in enumerate(saved.visits)}
        return issue_mission(workspace, saved.id, nodes, passphrase, cost)


def save_and_seal(
    workspace: Workspace, mission_id: str, form: Form, passphrase: str, cost: KdfCost = STANDARD_COST
) -> str:
    """Save a covert mission and seal it; it is issued later."""
    with workspace.db.atomic():
        saved = save_mission(workspace, mission_id, form)
        return seal_mission(workspace, saved.id, passphrase, cost)


def mission_file(form: Form) -> JsonFile:
    """The form as a mission file says it; raises UserError where it could not be one."""
    said = {key: value for key, value in form.items() if key != DRAWS and value not in ("", [], False)}
    said["objects"] = [
        {key: value for key, value in visit.items() if value and key != "node"} for visit in form["objects"]
    ]
    return check_json(Path(_("This mission")), said, "mission")
