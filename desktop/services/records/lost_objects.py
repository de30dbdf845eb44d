"""Evidence that records speak of and whose file is no longer in the store: it is wanted again."""

from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace
from desktop.storage.object_table import find_object, objects_in_state, set_object_state


def is_here(workspace: Workspace, sha256: str) -> bool:
    """Whether the ledger has the object and its file lies where it belongs; what is in the file is not looked at."""
    row = find_object(workspace.db, sha256)
    return row is not None and row.state == "have" and workspace.objects.path_of(sha256).is_file()


def want_lost_objects(workspace: Workspace) -> int:
    """Note objects whose file is gone as wanted, so that the next receipt asks for them; returns how many."""
    lost = [
        row
        for row in objects_in_state(workspace.db, "have")
        if not workspace.objects.path_of(row.sha256).is_file()
    ]
    with workspace.db.atomic():
        for row in lost:
            set_object_state(workspace.db, row.sha256, "wanted")
            log_event(workspace, {"event": "object_lost", "sha256": row.sha256})
    return len(lost)
