"""``mingcha receipts``: write a 回执 for every node that has sent something."""

from pathlib import Path

import click

from desktop.cli.options import answer, open_for, workspace_command
from desktop.cli.output import check_folder, folder_option
from desktop.cli.packages import package_text, package_value
from desktop.i18n import _
from desktop.services.packages.write_receipts import write_receipts


def command() -> click.Command:
    return workspace_command("receipts", run, _("Write receipts for the field nodes"), [folder_option()])


def run(workspace: Path, out: Path, passphrase_file: Path | None, as_json: bool) -> None:
    check_folder(out)
    with open_for(workspace, passphrase_file) as opened:
        written = write_receipts(opened, out)
    answer(
        {"packages": [package_value(each) for each in written]},
        as_json,
        "\n".join(map(package_text, written)),
    )
