"""``mingcha enroll``: accept a node by its card, or revoke one."""

from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, read_file, workspace_command
from desktop.i18n import _
from desktop.services.missions.assign_mission import find_node_by_name
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.setup.enroll_node import enroll_node, revoke_node


def command() -> click.Command:
    params = [
        Argument("CARD", _("Card of the node, a file"), name="card"),
        click.Option(
            ["--revoke"], is_flag=True, help=_("CARD is the name of a node that is no longer trusted")
        ),
        click.Option(["--reason"], default="", metavar="TEXT", help=_("Why it is revoked")),
    ]
    return workspace_command("enroll", run, _("Accept a node by its card, or revoke one"), params)


def run(
    workspace: Path, card: str, revoke: bool, reason: str, passphrase_file: Path | None, as_json: bool
) -> None:
    data = b"" if revoke else read_file(Path(card))
    with open_for(workspace, passphrase_file) as opened:
        if revoke:
            node = find_node_by_name(opened, card)
            revoke_node(opened, node.id, reason)
            answer(
                {"node": node.id, "status": "revoked"},
                as_json,
                _("“{name}” is revoked.").format(name=node.name),
            )
            return
        enrolled = enroll_node(opened, data)
        merge_packages(opened, [])
    text = _("“{name}” is enrolled; compare the fingerprint: {fingerprint}").format(
        name=enrolled.card.name, fingerprint=enrolled.fingerprint
    )
    value = {"node": enrolled.card.node, "name": enrolled.card.name, "fingerprint": enrolled.fingerprint}
    answer({**value, "status": "enrolled"}, as_json, text)
