"""Restoring a backup from the start page: the form, and the work behind it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.gui.jobs import Job, Jobs
from desktop.gui.start.new_workspaces import restored
from desktop.gui.start.restore_form import RestoreForm, RestoreOrder
from desktop.i18n import _
from desktop.services.workspace.look_at_workspace import OpenedWorkspace, look_at_workspace


class Restoring(QObject):
    """``enter`` goes on with the workspace that was restored."""

    def __init__(self, jobs: Jobs, enter: Callable[[OpenedWorkspace], object], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._enter = enter
        self._job: Job | None = None
        self.form = RestoreForm()
        self.form.submitted.connect(self.restore)
        self.form.stop_wanted.connect(self.stop)
        self.form.backup_named.connect(self._read_logins)

    def restore(self, order: RestoreOrder) -> None:
        """Restore a backup; stopped before the end, it leaves nothing behind."""
        self.form.set_busy(True)
        self._job = self._jobs.open_long(
            partial(restored, order), self.form.progress.show_progress, self._enter, self.form.show_error
        )

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _read_logins(self, backup: Path) -> None:
        """Who can unlock a backup; a folder that is none is refused when it is to be restored."""
        # The slots of a rolling backup are those of the workspace it lies in.
        folder = backup.parent.parent if backup.suffix == ".db" else backup
        self._jobs.aside(
            partial(look_at_workspace, folder),
            lambda locked: self.form.show_logins(locked.logins),
            lambda _error: self.form.show_logins(()),
        )


def next_step(opened: OpenedWorkspace) -> str:
    """What whoever restored a backup does now."""
    if opened.is_office:
        return _(
            "Merge the packages that came since then once more, then make a backup. Do not use the old workspace any"
            " more."
        )
    return _(
        "Write a package for the office once more; its receipt says what is missing. Do not use the old workspace."
    )
