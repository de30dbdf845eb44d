"""``mingcha receipts``: write a 回执 for every node that has sent something."""

from pathlib import Path

import click

from desktop.cli.options import (
    answer,
    json_option,
    make_command,
    open_for,
    passphrase_option,
    workspace_argument,
)
from desktop.cli.output import check_folder, folder_option
from desktop.cli.packages import package_text, package_value
from desktop.i18n import _
from desktop.services.write_receipts import write_receipts


def command() -> click.Command:
    params = [workspace_argument(), folder_option(), passphrase_option(), json_option()]
    return make_command("receipts", run, _("Write receipts for the field nodes"), params)


def run(workspace: Path, out: Path, passphrase_file: Path | None, as_json: bool) -> None:
    check_folder(out)
    with open_for(workspace, passphrase_file) as opened:
        written = write_receipts(opened, out)
    answer(
        {"packages": [package_value(each) for each in written]},
        as_json,
        "\n".join(map(package_text, written)),
    )
