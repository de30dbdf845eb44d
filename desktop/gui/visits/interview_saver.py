"""Saving an interview while it is typed: one save on its way at a time, then the newest state of each interview."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.visits.interview import Interview
from desktop.services.visits.record_interview import save_interview


class InterviewSaver(QObject):
    """``saved`` carries the time at which everything was on the disk, ``failed`` a UserError."""

    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, visit: EditedVisit, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._visit = visit
        self._waiting: dict[str, Interview] = {}
        self._on_their_way = 0

    def put(self, key: str, interview: Interview) -> None:
        self._waiting[key] = interview
        if not self._on_their_way:
            self._send_next()

    def flush(self) -> None:
        """Send all that waits; the writer keeps the order."""
        while self._waiting:
            self._send_next()

    def _send_next(self) -> None:
        key = next(iter(self._waiting), "")
        if key:
            self._on_their_way += 1
            work = partial(
                save_interview,
                visit_id=self._visit.id,
                key=key,
                interview=self._waiting.pop(key),
                base_ctx=self._visit.base_ctx,
            )
            self._jobs.write(work, self._show_saved, self._show_failed)

    def _show_saved(self, time: str) -> None:
        self._arrived()
        if not (self._waiting or self._on_their_way):
            self.saved.emit(time)

    def _show_failed(self, error: UserError) -> None:
        self._arrived()
        self.failed.emit(error)

    def _arrived(self) -> None:
        self._on_their_way -= 1
        if not self._on_their_way:
            self._send_next()
