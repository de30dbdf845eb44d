"""The status line: cheap enough to be read after every change."""

from dataclasses import dataclass

from desktop.services.local_time import local_time
from desktop.services.workspace import Workspace
from desktop.storage.settings_table import read_setting


@dataclass(frozen=True)
class WorkspaceStatus:
    """``last_backup`` is local time to the minute, empty where there is none."""

    last_backup: str


def read_status(workspace: Workspace) -> WorkspaceStatus:
    at_ms = read_setting(workspace.db, "last_backup_at")
    return WorkspaceStatus(local_time(at_ms)[:16].replace("T", " ") if isinstance(at_ms, int) else "")
