"""Notices when the disk with the open workspace is pulled out, and when it is back."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import UserError
from desktop.gui.clock_watch import ClockWatch
from desktop.gui.jobs import Jobs
from desktop.i18n import _
from desktop.services.workspace.look_at_workspace import is_workspace_there

_LOOK_EVERY_MS = 3000


class WorkspaceGoneError(UserError):
    """The folder of the open workspace is not there any more."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("The workspace is no longer there: {folder}").format(folder=folder),
            _(
                "The disk or stick was pulled out. What was saved lies on it unharmed. Plug it in again, then lock"
                " and open the workspace; until then nothing more can be saved."
            ),
        )


class WorkspaceWatch(QObject):
    """``vanished`` carries a WorkspaceGoneError, once; ``returned`` follows when the folder is there
    again, with what to say and to do.

    ``clock`` watches the clock of the computer meanwhile.
    """

    vanished = Signal(object)
    returned = Signal(str, str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.clock = ClockWatch(jobs, self)
        self._folder: Path | None = None
        self._is_there = True
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def is_there(self) -> bool:
        """As of the last look; True while nothing is watched."""
        return self._is_there

    def watch(self, folder: Path | None) -> None:
        """Watch this folder from now on, or none."""
        self._folder, self._is_there = folder, True
        if folder is None:
            self._timer.stop()
            self.clock.stop()
        else:
            self._timer.start()
            self.clock.start()

    def look(self) -> None:
        folder = self._folder
        if folder is not None:
            self._jobs.aside(
                lambda: is_workspace_there(folder), lambda is_there: self._take(folder, is_there=is_there)
            )

    def _take(self, folder: Path, *, is_there: bool) -> None:
        if folder != self._folder or is_there == self._is_there:
            return
        self._is_there = is_there
        if is_there:
            self.returned.emit(
                _("The workspace is there again."), _("Lock it and open it again before you go on.")
            )
        else:
            self.vanished.emit(WorkspaceGoneError(folder))
