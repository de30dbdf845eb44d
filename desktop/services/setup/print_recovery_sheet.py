"""Printing the recovery sheet, once, when an office is made."""

from datetime import UTC, datetime
from pathlib import Path

from desktop.documents.recovery_sheet import RecoverySheet, draw_recovery_sheet
from desktop.services.workspace.describe_workspace import describe_workspace
from desktop.services.workspace.workspace import Workspace


def print_recovery_sheet(workspace: Workspace, recovery_key: str, target: Path) -> None:
    """Draw the sheet as a PDF. The key on it is kept nowhere on this computer."""
    made_on = datetime.fromtimestamp(workspace.clock_ms() / 1000, UTC).astimezone().date()
    info = describe_workspace(workspace)
    draw_recovery_sheet(RecoverySheet(info.name, info.fingerprint, made_on, recovery_key), target)
