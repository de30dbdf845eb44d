"""``mingcha mission``: a new mission from a file, a change of one that has not gone out, or the end of one."""

from pathlib import Path

import click

from desktop.cli.options import answer, open_for, path_argument, workspace_command
from desktop.cli.usage import WrongUsageError
from desktop.i18n import _, sentences
from desktop.services.missions.change_mission import change_mission
from desktop.services.missions.plan_mission import PlannedMission, plan_mission
from desktop.services.missions.withdraw_mission import WithdrawnMission, withdraw_mission
from desktop.services.records.read_json import read_json_file


def command() -> click.Command:
    file = path_argument("file", "[FILE.json]", _("Mission file, see the manual"))
    file.required = False
    params = [
        file,
        click.Option(
            ["--change"], metavar="MISSION", help=_("Put the file in the place of this mission's plan")
        ),
        click.Option(["--withdraw"], metavar="MISSION", help=_("Withdraw this mission; needs --reason")),
        click.Option(["--reason"], default="", metavar="TEXT", help=_("Why it is withdrawn")),
    ]
    return workspace_command("mission", run, _("A new mission; or change or withdraw one"), params)


def run(
    workspace: Path,
    file: Path | None,
    change: str | None,
    withdraw: str | None,
    reason: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if (file is None) == (withdraw is None) or (change is not None and withdraw is not None):
        raise WrongUsageError(
            _("Name either a mission file, or a mission after --withdraw."),
            _("See “mingcha {command} --help”.").format(command="mission"),
        )
    if file is None:
        with open_for(workspace, passphrase_file) as opened:
            withdrawn = withdraw_mission(opened, withdraw or "", reason)
        _answer_withdrawn(withdrawn, as_json)
        return
    plan = read_json_file(file, "mission")
    with open_for(workspace, passphrase_file) as opened:
        mission = change_mission(opened, change, plan) if change else plan_mission(opened, plan)
    _answer_planned(mission, as_json)


def _answer_planned(mission: PlannedMission, as_json: bool) -> None:
    text = _("Mission {id} planned; visits: {count}.").format(id=mission.id, count=len(mission.visits))
    if mission.is_covert:
        text = sentences(text, _("It is covert: seal it before it is assigned."))
    value = {"mission": mission.id, "is_covert": mission.is_covert, "visits": list(mission.visits)}
    answer(value, as_json, text)


def _answer_withdrawn(withdrawn: WithdrawnMission, as_json: bool) -> None:
    text = _("Mission {id} is withdrawn.").format(id=withdrawn.id)
    if withdrawn.open_visits:
        text = sentences(
            text,
            _(
                "Visits not to be made any more: {count}; the next package tells the nodes that hold them."
            ).format(count=withdrawn.open_visits),
        )
    if withdrawn.recorded:
        text = sentences(
            text, _("Recorded visits that stay and count: {count}.").format(count=withdrawn.recorded)
        )
    value = {
        "mission": withdrawn.id,
        "status": "withdrawn",
        "open_visits": withdrawn.open_visits,
        "recorded": withdrawn.recorded,
    }
    answer(value, as_json, text)
