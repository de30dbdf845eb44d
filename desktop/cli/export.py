"""``mingcha export``: write a 成果包 for the office, in one file or several; go on with one that was interrupted."""

from pathlib import Path

import click

from desktop.cli.options import answer, open_for, workspace_command
from desktop.cli.output import check_folder, folder_option
from desktop.cli.packages import package_text, package_value
from desktop.cli.usage import WrongUsageError
from desktop.exchange.volumes import DEFAULT_VOLUME_BYTES
from desktop.i18n import _
from desktop.services.packages.continue_export import continue_export, repair_volume
from desktop.services.packages.export_package import export_results
from desktop.services.packages.write_volumes import ExportedPackage
from desktop.services.workspace.workspace import Workspace

_MIB = 1 << 20
_LARGEST_MIB = 4095


def command() -> click.Command:
    params = [
        folder_option(),
        click.Option(["--full"], is_flag=True, help=_("All evidence, also what the office has confirmed")),
        click.Option(
            ["--volume-size"],
            type=click.IntRange(1, _LARGEST_MIB),
            metavar="MB",
            default=DEFAULT_VOLUME_BYTES // _MIB,
            help=_("Largest size of one file; a larger package becomes several (1024)"),
        ),
        click.Option(
            ["--continue", "continues"],
            is_flag=True,
            help=_("Write what is missing of an interrupted export"),
        ),
        click.Option(["--repair"], metavar="NAME", help=_("Write one file of an earlier package again")),
    ]
    return workspace_command(
        "export", run, _("Write a package with all that the office has not confirmed"), params
    )


def run(
    workspace: Path,
    out: Path,
    full: bool,
    volume_size: int,
    continues: bool,
    repair: str | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if continues and repair:
        raise WrongUsageError(
            _("--continue and --repair do not go together."), _("Repair a file, or continue, one at a time.")
        )
    check_folder(out)

    def write(opened: Workspace) -> ExportedPackage:
        if repair:
            return repair_volume(opened, repair, out)
        if continues:
            return continue_export(opened, out)
        return export_results(opened, out, with_all_objects=full, volume_bytes=volume_size * _MIB)

    with open_for(workspace, passphrase_file) as opened:
        exported = write(opened)
    answer(package_value(exported), as_json, package_text(exported))
