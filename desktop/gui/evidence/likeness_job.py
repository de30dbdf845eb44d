"""Beside the work, while the workspace is open: the bits by which alike photos are found, a few photos at a time."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop.gui.jobs import Jobs
from desktop.services.pictures.hash_pictures import Hashed, hash_pictures, keep_hashed
from desktop.services.workspace.workspace import ReportProgress, Workspace

_PAUSE_MS, _REST_MS = 3000, 100
_MOST_S = 0.5


class LikenessJob(QObject):
    """Goes on some time after the last change, so that it never comes between somebody and what they wait for."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._is_running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go_on)
        jobs.data_changed.connect(self.begin)

    def begin(self) -> None:
        """There may be photos that nobody has computed yet."""
        self._timer.start(_PAUSE_MS)

    def go_on(self) -> None:
        if self._jobs.is_open and not self._is_running:
            self._is_running = True
            self._jobs.read_long(_some, _unseen, self._keep, self._rest)

    def _keep(self, found: Hashed) -> None:
        if found:
            work = partial(keep_hashed, found=found)
            self._jobs.write(work, self._wait, self._rest, changes_data=False)
        else:
            self._is_running = False

    def _wait(self, _none: None) -> None:
        self._is_running = False
        self._timer.start(_REST_MS)

    def _rest(self, _error: object) -> None:
        """The disk is full, or the workspace is being closed: the next change is soon enough."""
        self._is_running = False


def _some(workspace: Workspace, report_progress: ReportProgress) -> Hashed:
    return hash_pictures(workspace, report_progress, _MOST_S)


def _unseen(_done: int, _total: int) -> None:
    """Nobody waits for it."""
