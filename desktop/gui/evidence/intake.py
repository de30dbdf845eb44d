"""Intakes of files, one after the other: listed beside the window, then written in short turns.

Between two turns the writer takes what else waits for it, so that what is typed meanwhile is saved at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.errors import UserError
from desktop.gui.jobs import Job, Jobs, StoppedError
from desktop.services.evidence.collect_evidence import (
    Collection,
    IntakeLine,
    IntakeOutcome,
    Source,
    collect_evidence,
    list_sources,
)
from desktop.services.workspace.workspace import ReportProgress, Workspace

_TURN_S = 0.5


@dataclass(frozen=True)
class _Wanted:
    """``item`` 0 is the visit as a whole. ``sources`` is called beside the window."""

    visit_id: str
    item: int
    sources: Callable[[], Sequence[Source]]


class Intake(QObject):
    """``begun``: the next one; ``progressed`` (done, total) in bytes or files; ``ended`` carries the visit, the item
    and what became of every file; ``failed`` a UserError before the first file."""

    begun = Signal()
    progressed = Signal(object, object)
    ended = Signal(str, int, object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self._is_stopping = False
        self._waiting: list[_Wanted] = []
        self._visit_id, self._item = "", 0
        self._lines: tuple[IntakeLine, ...] = ()
        self._done = self._total = 0

    @property
    def is_under_way(self) -> bool:
        return self._job is not None

    def add(self, visit_id: str, item: int, sources: Callable[[], Sequence[Source]]) -> None:
        """Begin at once, or when those before are through. ``sources`` is called beside the window."""
        self._waiting.append(_Wanted(visit_id, item, sources))
        if not self.is_under_way:
            self._begin_next()

    def stop(self) -> None:
        """What is in stays in; a file that is half read is left out, and so is what waits for its turn."""
        self._is_stopping = True
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def _begin_next(self) -> None:
        if not self._waiting:
            return
        wanted = self._waiting.pop(0)
        self._visit_id, self._item = wanted.visit_id, wanted.item
        self._lines, self._done, self._is_stopping = (), 0, False
        self._job = self._jobs.aside(lambda: list_sources(wanted.sources()), self._begin_turns, self._fail)
        self.begun.emit()

    def _begin_turns(self, collection: Collection) -> None:
        self._lines = collection.lines
        self._total = collection.total
        self._take_turn(collection)

    def _take_turn(self, collection: Collection) -> None:
        if self._is_stopping or not collection.sources:
            self._end((*self._lines, *collection.left()))
            return
        note = {"item": self._item} if self._item else {}
        visit_id = self._visit_id

        def work(workspace: Workspace, report_progress: ReportProgress) -> tuple[IntakeLine, ...]:
            return collect_evidence(workspace, visit_id, collection, note, report_progress, _TURN_S)

        self._job = self._jobs.write_long(
            work, self._show_step, partial(self._go_on, collection), partial(self._break_off, collection)
        )

    def _go_on(self, collection: Collection, lines: tuple[IntakeLine, ...]) -> None:
        self._lines += lines
        self._done += sum(collection.weights[: len(lines)])
        if lines and lines[-1].outcome is IntakeOutcome.LEFT:
            self._end(self._lines)
        else:
            self._take_turn(collection.after(len(lines)))

    def _show_step(self, done: int, _total: int) -> None:
        self.progressed.emit(self._done + done, self._total)

    def _break_off(self, collection: Collection, error: UserError) -> None:
        if isinstance(error, StoppedError) or self._lines:
            remark = "" if isinstance(error, StoppedError) else str(error)
            self._end((*self._lines, *collection.left(remark)))
        else:
            self._fail(error)

    def _end(self, lines: tuple[IntakeLine, ...]) -> None:
        self._job = None
        self.ended.emit(self._visit_id, self._item, lines)
        self._begin_next()

    def _fail(self, error: UserError) -> None:
        self._job = None
        self.failed.emit(error)
        self._begin_next()
