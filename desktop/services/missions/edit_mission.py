"""A mission in its editor: as it was left last, else as planned, with what it can be put together from."""

from dataclasses import dataclass

from desktop.services.missions.change_mission import plan_of_mission
from desktop.services.missions.keep_form import NEW, kept_form
from desktop.services.missions.mission_choices import MissionChoices, mission_choices
from desktop.services.missions.plan_mission import DRAWS, drafted_objects
from desktop.services.missions.save_mission import EMPTY_FORM, Form
from desktop.services.workspace.workspace import Workspace


@dataclass(frozen=True)
class OpenedMission:
    """``was_kept``: what is shown was typed before and has not been saved as a mission."""

    mission_id: str
    form: Form
    choices: MissionChoices
    was_kept: bool


def open_mission(workspace: Workspace, mission: str) -> OpenedMission:
    """``mission``: the id of one that has neither been sealed nor issued, or NEW."""
    choices = mission_choices(workspace)
    kept = kept_form(workspace, mission)
    if mission == NEW:
        return OpenedMission(NEW, kept or EMPTY_FORM, choices, kept is not None)
    plan = plan_of_mission(workspace, mission)
    drawn = (drafted_objects(workspace, mission) or {}).get(DRAWS, [])
    objects = [{**visit, "node": ""} for visit in plan["objects"]]
    form = kept or {**plan, "objects": objects, DRAWS: drawn}
    return OpenedMission(mission, form, choices, was_kept=False)
