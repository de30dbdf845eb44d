"""``mingcha mission``: a new mission from a file."""

from pathlib import Path

import click

from desktop.cli.options import (
    answer,
    json_option,
    make_command,
    open_for,
    passphrase_option,
    path_argument,
    workspace_argument,
)
from desktop.i18n import _, sentences
from desktop.services.plan_mission import plan_mission
from desktop.services.read_json import read_json_file


def command() -> click.Command:
    file = path_argument("file", "FILE.json", _("Mission file, see the manual"))
    params = [workspace_argument(), file, passphrase_option(), json_option()]
    return make_command("mission", run, _("A new mission"), params)


def run(workspace: Path, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    plan = read_json_file(file, "mission")
    with open_for(workspace, passphrase_file) as opened:
        mission = plan_mission(opened, plan)
    text = _("Mission {id} with {count} visits.").format(id=mission.id, count=len(mission.visits))
    if mission.is_covert:
        text = sentences(text, _("It is covert: seal it before it is assigned."))
    value = {"mission": mission.id, "is_covert": mission.is_covert, "visits": list(mission.visits)}
    answer(value, as_json, text)
