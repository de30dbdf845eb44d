"""``mingcha assign``: give visits of a mission to a node and write its 任务包."""

from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.cli.output import check_folder, folder_option
from desktop.cli.packages import package_text, package_value
from desktop.exchange.manifest import PackageKind
from desktop.i18n import _
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.packages.export_package import export_to_node


def command() -> click.Command:
    params = [
        Argument("MISSION", _("Number, title or id of the mission"), name="mission"),
        click.Option(["--to"], required=True, metavar="NODE", help=_("Name or id of the node")),
        click.Option(["--visit"], multiple=True, metavar="VISIT", help=_("Only these visits of the mission")),
        folder_option(),
    ]
    return workspace_command("assign", run, _("Give a mission to a field node and write its package"), params)


def run(
    workspace: Path,
    mission: str,
    to: str,
    visit: tuple[str, ...],
    out: Path,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    check_folder(out)
    with open_for(workspace, passphrase_file) as opened:
        node = find_node_by_name(opened, to)
        visits = assign_visits(opened, mission, node, visit)
        exported = export_to_node(opened, node.id, PackageKind.MISSION, out)
    answer({**package_value(exported), "visits": list(visits)}, as_json, package_text(exported))
