"""``mingcha card``: write this node's card."""

from pathlib import Path

import click

from desktop.cli.options import answer, open_for, workspace_command
from desktop.cli.output import out_option, write_new_file
from desktop.i18n import _
from desktop.keys.card import fingerprint, read_card
from desktop.services.setup.enroll_node import own_card


def command() -> click.Command:
    return workspace_command("card", run, _("Write the card of this node"), [out_option()])


def run(workspace: Path, out: Path, passphrase_file: Path | None, as_json: bool) -> None:
    with open_for(workspace, passphrase_file, read_only=True) as opened:
        data = own_card(opened)
    write_new_file(out, data)
    card = read_card(data)
    text = _("Card of “{name}”; compare the fingerprint: {fingerprint}").format(
        name=card.name, fingerprint=fingerprint(card)
    )
    answer(
        {"node": card.node, "name": card.name, "fingerprint": fingerprint(card), "file": str(out)},
        as_json,
        text,
    )
