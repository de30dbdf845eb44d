"""Saving on the page of a visit: every change at once, the newest of each part, in the order they were made."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.answer import Answer
from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.visits.change_history import State
from desktop.services.visits.edit_visit import EditedVisit, save_answer, save_head


class VisitSaver(QObject):
    """One save is on its way at a time; what is typed meanwhile waits, and only its newest state is written.

    ``saved`` carries the time at which everything was on the disk, ``failed`` a UserError.
    """

    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._visit: EditedVisit | None = None
        self._waiting: dict[str, State] = {}
        self._on_their_way = 0

    @property
    def is_idle(self) -> bool:
        """Whether all that was put has been saved, or refused."""
        return not (self._waiting or self._on_their_way)

    def begin(self, visit: EditedVisit) -> None:
        """From now on this visit; what waited for the one before is sent first."""
        self.flush()
        self._visit = visit

    def put(self, state: State) -> None:
        self._waiting[_part(state)] = state
        if not self._on_their_way:
            self._send_next()

    def flush(self) -> None:
        """Send all that waits; the writer keeps the order."""
        while self._waiting:
            self._send_next()

    def _send_next(self) -> None:
        if self._visit is None or not self._waiting:
            return
        state = self._waiting.pop(next(iter(self._waiting)))
        self._on_their_way += 1
        visit_id, base_ctx = self._visit.id, self._visit.base_ctx
        if isinstance(state, Answer):
            work = partial(save_answer, visit_id=visit_id, answer=state, base_ctx=base_ctx)
        else:
            work = partial(save_head, visit_id=visit_id, head=state, base_ctx=base_ctx)
        self._jobs.write(work, self._show_saved, self._show_failed)

    def _show_saved(self, time: str) -> None:
        self._arrived()
        if self.is_idle:
            self.saved.emit(time)

    def _show_failed(self, error: UserError) -> None:
        self._arrived()
        self.failed.emit(error)

    def _arrived(self) -> None:
        self._on_their_way -= 1
        if not self._on_their_way:
            self._send_next()


def _part(state: State) -> str:
    return f"answer/{state.item_no}" if isinstance(state, Answer) else "header"
