"""Taking away the pass phrase of somebody who no longer works with this workspace."""

from desktop.domain.author import Statement
from desktop.domain.entry import Kind
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.keyslots import read_keyslots, save_keyslots
from desktop.services.workspace.journal import write_entries
from desktop.services.workspace.workspace import KEYSLOTS, Workspace
from desktop.storage.nodes import delete_login, person_of_login


def remove_person(workspace: Workspace, login: str, reason: str) -> None:
    """Take the slot ``login`` away; the person and all they did stay in the records.

    Backups and copies of the folder that were made before still open with that pass phrase.
    """
    if login == workspace.login:
        raise UserError(
            _("You have unlocked the workspace with this very pass phrase."),
            _("Another person can take it away, after unlocking with their own."),
        )
    if not reason.strip():
        raise UserError(
            _("Taking a pass phrase away needs a reason."), _("Say why, for example “transferred”.")
        )
    path = workspace.folder / KEYSLOTS
    changed = read_keyslots(path).without_slot(login)
    person_id = person_of_login(workspace.db, login) or ""
    parts = {
        "event": {"event": "person_removed", "person": person_id, "login": login},
        "reason": {"text": reason.strip()},
    }
    with workspace.db.atomic():
        delete_login(workspace.db, login)
        write_entries(workspace, [Statement(Kind.LOG, parts=parts)])
        # Last, and inside: what could not be written is not in the log either.
        save_keyslots(path, changed)
