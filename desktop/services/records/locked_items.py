"""The items of a covert visit that were answered before identity was shown: they change by corrections only."""

from collections.abc import Sequence

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.workspace.workspace import Workspace
from desktop.storage.settings_table import read_setting, write_setting


class LockedItemError(UserError):
    def __init__(self, number: int) -> None:
        super().__init__(
            _("Item {no} was recorded before identity was shown.").format(no=number),
            _("It is locked since then; change it by a correction with a reason."),
        )


def locked_items(workspace: Workspace, visit_id: str) -> frozenset[int]:
    value = read_setting(workspace.db, _locked(visit_id))
    return frozenset(no for no in value if isinstance(no, int)) if isinstance(value, list) else frozenset()


def was_locked(workspace: Workspace, visit_id: str) -> bool:
    """Whether identity was shown on this computer, also where no item was answered until then."""
    return read_setting(workspace.db, _locked(visit_id)) is not None


def lock_items(workspace: Workspace, visit_id: str, numbers: Sequence[int]) -> None:
    """Caller's transaction."""
    write_setting(workspace.db, _locked(visit_id), [*sorted(numbers)])


def _locked(visit_id: str) -> str:
    return f"locked/{visit_id}"
