"""The status line: cheap enough to be read after every change."""

from dataclasses import dataclass

from desktop.services.packages.find_unsent import find_unsent
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.settings_table import read_setting


@dataclass(frozen=True)
class WorkspaceStatus:
    """``last_backup`` is local time to the minute, empty where there is none.

    ``not_exported``: visits of a field node that hold something which stands in no package yet, and
    ``evidence_not_exported``: how many pieces of evidence do not.
    """

    last_backup: str
    not_exported: int
    evidence_not_exported: int


def read_status(workspace: Workspace) -> WorkspaceStatus:
    at_ms = read_setting(workspace.db, "last_backup_at")
    last_backup = local_time(at_ms)[:16].replace("T", " ") if isinstance(at_ms, int) else ""
    if workspace.is_office:
        return WorkspaceStatus(last_backup, 0, 0)
    unsent = find_unsent(workspace)
    return WorkspaceStatus(last_backup, len(unsent.visits), unsent.evidence)
