"""Making an office together with its recovery sheet: one without the other is never left behind."""

import shutil
from collections.abc import Callable
from pathlib import Path

from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.passphrase import STANDARD_COST, KdfCost
from desktop.services.setup.create_workspace import create_office
from desktop.services.setup.print_recovery_sheet import print_recovery_sheet
from desktop.services.workspace.open_workspace import system_clock_ms
from desktop.services.workspace.workspace import Workspace


def found_office(
    folder: Path,
    name: str,
    person: str,
    passphrase: str,
    recovery_sheet: Path,
    *,
    is_portable: bool = False,
    cost: KdfCost = STANDARD_COST,
    clock_ms: Callable[[], int] = system_clock_ms,
) -> Workspace:
    """Make the workspace and write the sheet to a new PDF; the recovery key is nowhere else.

    ``is_portable``: it may lie on a removable disk.
    """
    _check_target(recovery_sheet)
    made = create_office(
        folder, name, person, passphrase, is_portable=is_portable, cost=cost, clock_ms=clock_ms
    )
    try:
        print_recovery_sheet(made.workspace, made.recovery_key, recovery_sheet)
    except BaseException:
        made.workspace.close()
        # Nobody has seen its recovery key, and nothing is in it yet.
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return made.workspace


def _check_target(sheet: Path) -> None:
    """Before anything is made: the sheet cannot be printed a second time."""
    if sheet.exists():
        raise UserError(
            _("{path} already exists.").format(path=sheet.name), _("Choose another name for the sheet.")
        )
    if not sheet.parent.is_dir():
        raise UserError(
            _("The folder of {path} does not exist.").format(path=sheet.name), _("Make the folder first.")
        )
