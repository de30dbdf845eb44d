"""Setting a new pass phrase with the recovery sheet: the form, and the work behind it.

What reads recovery keys is loaded by the threads that need it: the first picture of the window does not wait for it.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.gui.jobs import Jobs
from desktop.gui.start.reset_form import ResetForm, ResetOrder
from desktop.services.workspace.look_at_workspace import OpenedWorkspace
from desktop.services.workspace.workspace import Workspace

Owners = tuple[tuple[str, str], ...]


class PassphraseReset(QObject):
    """``enter`` goes on with the workspace that was opened by the new pass phrase."""

    def __init__(self, jobs: Jobs, enter: Callable[[OpenedWorkspace], object], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._enter = enter
        self.form = ResetForm()
        self.form.submitted.connect(self.reset)
        self.form.back_wanted.connect(self.form.clear_secrets)
        self.form.key_typed.connect(self._read_owners)
        self.form.file_chosen.connect(self._read_key)

    def reset(self, order: ResetOrder) -> None:
        self.form.set_busy(True)
        self._jobs.open(partial(_reset, order), self._enter, self.form.show_error)

    def _read_owners(self, folder: Path, key: str) -> None:
        self._jobs.aside(
            partial(_owners, folder, key), partial(self._show_owners, key), self.form.note.show_problem
        )

    def _show_owners(self, key: str, owners: Owners) -> None:
        """Unless another key is being typed by now."""
        if self.form.key_field.text() == key:
            self.form.show_owners(owners)

    def _read_key(self, path: Path) -> None:
        self._jobs.aside(partial(_key_in, path), self.form.key_field.setText, self.form.note.show_problem)


def _reset(order: ResetOrder) -> Workspace:
    from desktop.services.setup.reset_passphrase import reset_passphrase

    return reset_passphrase(order.folder, order.login, order.passphrase, order.recovery_text)


def _owners(folder: Path, key: str) -> Owners:
    from desktop.services.setup.reset_passphrase import owners_of_slots

    return tuple((owner.login, owner.name) for owner in owners_of_slots(folder, key))


def _key_in(path: Path) -> str:
    from desktop.keys.recovery import grouped, read_recovery_text
    from desktop.services.setup.reset_passphrase import read_recovery_file

    return grouped(read_recovery_text(read_recovery_file(path)))
