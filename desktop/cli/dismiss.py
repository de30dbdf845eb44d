"""``mingcha dismiss``: a file of the quarantine waits no longer, or waits again."""

from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.domain.names import display_name
from desktop.i18n import _
from desktop.services.packages.dismiss_file import dismiss_file, take_up_file


def command() -> click.Command:
    params = [
        Argument("FILE", _("Id of the file in the quarantine, or its beginning"), name="file_id"),
        click.Option(["--take-up"], is_flag=True, help=_("Let a dismissed file wait again")),
        click.Option(["--reason"], default="", metavar="TEXT", help=_("Why nothing is to be done about it")),
    ]
    return workspace_command(
        "dismiss", run, _("Lay a file of the quarantine aside, or take it up again"), params
    )


def run(
    workspace: Path, file_id: str, take_up: bool, reason: str, passphrase_file: Path | None, as_json: bool
) -> None:
    with open_for(workspace, passphrase_file) as opened:
        file = take_up_file(opened, file_id) if take_up else dismiss_file(opened, file_id, reason)
    sentence = (
        _("{file} waits in the quarantine again.")
        if take_up
        else _("{file} is dismissed; it stays in the quarantine and can be taken up again.")
    )
    value = {"id": file.id, "file": file.name, "state": "waiting" if take_up else "dismissed"}
    answer(value, as_json, sentence.format(file=display_name(file.name, 60)))
