"""``mingcha export``: write a 成果包 for the office."""

from pathlib import Path

import click

from desktop.cli.options import answer, open_for, workspace_command
from desktop.cli.output import check_folder, folder_option
from desktop.cli.packages import package_text, package_value
from desktop.i18n import _
from desktop.services.packages.export_package import export_results


def command() -> click.Command:
    params = [
        folder_option(),
        click.Option(["--full"], is_flag=True, help=_("All evidence, also what the office has confirmed")),
    ]
    return workspace_command(
        "export", run, _("Write a package with all that the office has not confirmed"), params
    )


def run(workspace: Path, out: Path, full: bool, passphrase_file: Path | None, as_json: bool) -> None:
    check_folder(out)
    with open_for(workspace, passphrase_file) as opened:
        exported = export_results(opened, out, with_all_objects=full)
    answer(package_value(exported), as_json, package_text(exported))
