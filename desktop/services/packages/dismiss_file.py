"""处置: a file of the quarantine that somebody has looked at waits no longer. It stays there, and can be taken up.

One whose reason can go away is tried with every merge as before, dismissed or not.
"""

from dataclasses import dataclass

from desktop.domain.author import Statement
from desktop.domain.entry import Kind
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.workspace.journal import log_event, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.dismissals import Dismissal, save_dismissal
from desktop.storage.quarantine_table import QuarantineRow, quarantined


@dataclass(frozen=True)
class FileInQuarantine:
    """``id``: its SHA-256; ``name``: under which it came."""

    id: str
    name: str


def dismiss_file(workspace: Workspace, file_id: str, reason: str) -> FileInQuarantine:
    """Lay a waiting file aside; ``file_id`` is its SHA-256 or the beginning of it."""
    row = _find(workspace, file_id, is_dismissed=False)
    why = reason.strip()
    if not why:
        raise UserError(_("A file is dismissed with a reason."), _("Add it with --reason."))
    event = {"event": "dismissed", "file": row.file_sha256, "refusal": row.reason}
    dismissal = Dismissal(why, workspace.person.id, workspace.clock_ms(), row.reason)
    with workspace.db.atomic():
        write_entries(workspace, [Statement(Kind.LOG, parts={"event": event, "reason": {"text": why}})])
        save_dismissal(workspace.db, row.file_sha256, dismissal)
    return FileInQuarantine(row.file_sha256, row.file_name)


def take_up_file(workspace: Workspace, file_id: str) -> FileInQuarantine:
    """Let a dismissed file wait again."""
    row = _find(workspace, file_id, is_dismissed=True)
    with workspace.db.atomic():
        log_event(workspace, {"event": "taken_up", "file": row.file_sha256})
        save_dismissal(workspace.db, row.file_sha256, None)
    return FileInQuarantine(row.file_sha256, row.file_name)


def _find(workspace: Workspace, file_id: str, *, is_dismissed: bool) -> QuarantineRow:
    found = [
        row
        for row in quarantined(workspace.db)
        if len(file_id) >= 6 and row.file_sha256.startswith(file_id) and row.state != "applied"
    ]
    if len(found) != 1 or (found[0].dismissal is not None) is not is_dismissed:
        raise UserError(
            _("There is no file {id} in the quarantine that could be dismissed or taken up again.").format(
                id=file_id
            ),
            _("“mingcha list WORKSPACE quarantine” shows the files and their ids."),
        )
    return found[0]
