"""Whether a record is still the one that somebody has in front of them: nothing is written over another's edit."""

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.workspace.workspace import Workspace
from desktop.storage.folded import ctx_text
from desktop.storage.records import find_record


class ChangedMeanwhileError(UserError):
    """A package or another window has changed the record since it was shown."""

    def __init__(self) -> None:
        super().__init__(
            _("This record has been changed since it was shown; nothing was saved."),
            _("It is shown again as it stands now. Compare, and change it once more if need be."),
        )


def version_of(workspace: Workspace, record_id: str) -> str:
    """A text that is another one as soon as anything more is known of the record; empty for one that is not there."""
    state = find_record(workspace.db, record_id)
    return "" if state is None or state.is_deleted or state.is_empty else ctx_text(state.ctx)


def check_version(workspace: Workspace, record_id: str, seen: str) -> None:
    """Raise ChangedMeanwhileError unless the record still is what was ``seen``."""
    if version_of(workspace, record_id) != seen:
        raise ChangedMeanwhileError
