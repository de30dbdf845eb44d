"""``mingcha seal`` and ``mingcha unseal``: covert missions."""

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.columns import in_columns, labelled
from desktop.cli.options import Argument, answer, open_for, path_option, read_passphrase, workspace_command
from desktop.i18n import _
from desktop.services.missions.mission_plan import MissionPlan, mission_plan
from desktop.services.missions.seal_mission import seal_mission, unseal_mission

SEAL_VARIABLE = "MINGCHA_SEAL_PASSPHRASE"


def seal_command() -> click.Command:
    return workspace_command(
        "seal", seal, _("Seal a covert mission under the leader's pass phrase"), _params()
    )


def unseal_command() -> click.Command:
    return workspace_command("unseal", unseal, _("Open a sealed mission at departure"), _params())


def seal(
    workspace: Path,
    mission: str,
    seal_passphrase_file: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    with open_for(workspace, passphrase_file) as opened:
        passphrase = read_passphrase(
            seal_passphrase_file, SEAL_VARIABLE, _("Leader's pass phrase"), is_new=True
        )
        mission_id = seal_mission(opened, mission, passphrase)
    text = _("The mission is sealed. Only the leader's pass phrase opens it.")
    answer({"mission": mission_id, "status": "sealed"}, as_json, text)


def unseal(
    workspace: Path,
    mission: str,
    seal_passphrase_file: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    with open_for(workspace, passphrase_file) as opened:
        passphrase = read_passphrase(seal_passphrase_file, SEAL_VARIABLE, _("Leader's pass phrase"))
        mission_id = unseal_mission(opened, mission, passphrase)
        plan = mission_plan(opened, mission_id)
    answer({"mission": mission_id, "status": "unsealed", "plan": asdict(plan)}, as_json, _text(plan))


def _text(plan: MissionPlan) -> str:
    head = [
        (_("Mission"), plan.title),
        (_("Team leader"), plan.leader),
        (_("Team"), _(", ").join(plan.team)),
        (_("Route"), plan.route),
    ]
    lines = [
        _("The mission is open on this computer."),
        *(labelled(name, text) for name, text in head if text),
    ]
    rows = [[v.id, v.unit, v.site, v.checklist, v.planned_on] for v in plan.visits]
    return "\n".join([*lines, in_columns(rows)])


def _params() -> list[click.Parameter]:
    return [
        Argument("MISSION", _("Number, title or id of the mission"), name="mission"),
        path_option(
            "--seal-passphrase-file",
            _("File with the leader's pass phrase (else {variable}, else asked for)").format(
                variable=SEAL_VARIABLE
            ),
        ),
    ]
