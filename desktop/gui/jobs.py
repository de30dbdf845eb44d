"""The only place that knows threads: one writer that owns the workspace, and readers beside it.

A job is a function of the workspace. What it returns or raises comes back in a later turn of the event loop, never
inside the call that asked for it.
"""

import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.errors import CancelledError, UserError
from desktop.gui.reader_pool import READERS, ReaderPool
from desktop.i18n import _
from desktop.services.workspace.look_at_workspace import OpenedWorkspace, opened_workspace
from desktop.services.workspace.workspace import ReportProgress, Workspace, check_writable

T = TypeVar("T")
PROGRESS_EVERY_S = 0.05


@dataclass(eq=False)
class Job:
    """One piece of work on its way. ``session``: which opening of a workspace it belongs to."""

    on_success: Callable[[Any], object] | None
    on_error: Callable[[UserError], object] | None
    on_progress: Callable[[int, int], object] | None
    session: int
    name: str = ""
    changes_data: bool = False
    future: "Future[Any] | None" = None
    is_stopping: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Stop at the next step it reports; the transaction undoes what it did."""
        self.is_stopping.set()
        if self.future is not None:
            self.future.cancel()


class Jobs(QObject):
    """Runs services beside the window. ``failed`` carries a UserError that nobody else takes."""

    data_changed = Signal()
    busy_changed = Signal(bool)
    failed = Signal(object)
    _done = Signal(object)
    # Not int: that of a signal has 32 bits, and bytes are counted here.
    _step = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._reading = ThreadPoolExecutor(READERS, "reader")
        # One alone, so that of two settings the newer is on the disk in the end.
        self._beside = ThreadPoolExecutor(1, "beside")
        self._workspace: Workspace | None = None
        # Every opening has its own.
        self._readers = ReaderPool(None)
        self._session = 0
        self._latest: dict[str, Job] = {}
        self._writing = 0
        self._unanswered = 0
        self._done.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._step.connect(self._show_step, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something is being written, or waits for its turn."""
        return self._writing > 0

    @property
    def is_open(self) -> bool:
        """Whether there is a workspace to work with."""
        return self._workspace is not None

    @property
    def is_quiet(self) -> bool:
        """Whether everything that was asked for has been answered."""
        return self._unanswered == 0

    def open(
        self,
        make: Callable[[], Workspace],
        on_success: Callable[[OpenedWorkspace], object],
        on_error: Callable[[UserError], object] | None = None,
    ) -> Job:
        """Open or make a workspace in the writer; it becomes the one that all later jobs work with."""
        self._session += 1
        job = Job(on_success, on_error, None, self._session)
        return self._submit(job, self._writer, lambda: self._adopt(make()))

    def open_long(
        self,
        make: Callable[[ReportProgress], Workspace],
        on_progress: Callable[[int, int], object],
        on_success: Callable[[OpenedWorkspace], object],
        on_error: Callable[[UserError], object] | None = None,
    ) -> Job:
        """Like ``open``, for a workspace that takes its time and can be cancelled until it is there."""
        self._session += 1
        job = Job(on_success, on_error, on_progress, self._session)
        return self._submit(job, self._writer, lambda: self._adopt(make(self._reporter(job))))

    def close_workspace(self, on_success: Callable[[], object] | None = None) -> None:
        """Close what is open, after everything that is still to be written; nobody waits for what is being read."""
        self._session += 1
        self._readers.stop()
        answer = None if on_success is None else (lambda _none: on_success())
        self._submit(Job(answer, None, None, self._session), self._writer, self._release)

    def write(
        self,
        work: Callable[[Workspace], T],
        on_success: Callable[[T], object] | None = None,
        on_error: Callable[[UserError], object] | None = None,
        *,
        changes_data: bool = True,
    ) -> Job:
        """Change the workspace; ``data_changed`` follows, unless nothing that is shown has changed."""
        job = Job(on_success, on_error, None, self._session, changes_data=changes_data)
        return self._submit(job, self._writer, lambda: work(self._opened()))

    def write_long(
        self,
        work: Callable[[Workspace, ReportProgress], T],
        on_progress: Callable[[int, int], object],
        on_success: Callable[[T], object] | None = None,
        on_error: Callable[[UserError], object] | None = None,
    ) -> Job:
        """Like ``write``, for what reports its progress and can be cancelled."""
        job = Job(on_success, on_error, on_progress, self._session, changes_data=True)
        return self._submit(job, self._writer, lambda: work(self._opened(), self._reporter(job)))

    def read(
        self,
        work: Callable[[Workspace], T],
        on_success: Callable[[T], object],
        on_error: Callable[[UserError], object] | None = None,
        name: str = "",
    ) -> Job:
        """Read beside the writer. A newer read of the same ``name`` takes the place of an older one."""
        job = Job(on_success, on_error, None, self._session, name)
        if name:
            older = self._latest.get(name)
            if older is not None and older.future is not None:
                older.future.cancel()
            self._latest[name] = job
        return self._submit(job, self._reading, lambda: self._with_reader(work))

    def read_long(
        self,
        work: Callable[[Workspace, ReportProgress], T],
        on_progress: Callable[[int, int], object],
        on_success: Callable[[T], object],
        on_error: Callable[[UserError], object] | None = None,
    ) -> Job:
        """Like ``read``, for what reports its progress and can be cancelled; closing the workspace cancels it."""
        job = Job(on_success, on_error, on_progress, self._session)
        report_progress = self._reporter(job, gives_way=True)
        return self._submit(job, self._reading, lambda: self._with_reader(lambda w: work(w, report_progress)))

    def aside(
        self,
        work: Callable[[], T],
        on_success: Callable[[T], object] | None = None,
        on_error: Callable[[UserError], object] | None = None,
    ) -> Job:
        """Do something with the disk that needs no workspace."""
        return self._submit(Job(on_success, on_error, None, -1), self._beside, work)

    def shut_down(self) -> None:
        """Wait for what is being written, close the workspace, end the threads."""
        self._session += 1
        self._readers.stop()
        self._writer.submit(self._release)
        self._writer.shutdown(wait=True)
        self._reading.shutdown(wait=True, cancel_futures=True)
        self._beside.shutdown(wait=True)

    def _submit(self, job: Job, threads: ThreadPoolExecutor, work: Callable[[], Any]) -> Job:
        if threads is self._writer:
            self._count(1)
        self._unanswered += 1
        job.future = threads.submit(work)
        job.future.add_done_callback(lambda _future: self._done.emit((job, threads is self._writer)))
        return job

    def _finish(self, finished: tuple[Job, bool]) -> None:
        job, was_writing = finished
        self._unanswered -= 1
        if was_writing:
            self._count(-1)
        future = job.future
        is_old = job.session not in (-1, self._session)
        is_overtaken = bool(job.name) and self._latest.get(job.name) is not job
        if future is None or is_old or is_overtaken or _is_gone(job.on_success):
            return
        if future.cancelled():
            # Stopped before its turn came: whoever waits for it has to hear that, too.
            if job.is_stopping.is_set() and job.on_error is not None:
                job.on_error(StoppedError())
            return
        error = future.exception()
        if job.changes_data and not isinstance(error, CancelledError):
            self.data_changed.emit()
        if error is None:
            if job.on_success is not None:
                job.on_success(future.result())
        elif isinstance(error, UserError):
            (job.on_error or self.failed.emit)(error)
        elif isinstance(error, CancelledError):
            if job.on_error is not None:
                job.on_error(StoppedError())
        else:
            # A bug: on to the crash report, with the place where it happened.
            sys.excepthook(type(error), error, error.__traceback__)

    def _show_step(self, job: Job, done: int, total: int) -> None:
        if job.on_progress is not None and job.session == self._session:
            job.on_progress(done, total)

    def _reporter(self, job: Job, *, gives_way: bool = False) -> ReportProgress:
        last = 0.0

        def report_progress(done: int, total: int) -> None:
            nonlocal last
            # A workspace is closed only when its readers are free: what reads for long has to give way.
            if job.is_stopping.is_set() or (gives_way and job.session != self._session):
                raise CancelledError
            now = time.monotonic()
            if now - last >= PROGRESS_EVERY_S or done == total:
                last = now
                self._step.emit(job, done, total)

        return report_progress

    def _count(self, change: int) -> None:
        before = self._writing > 0
        self._writing += change
        if before != (self._writing > 0):
            self.busy_changed.emit(self._writing > 0)

    def _adopt(self, workspace: Workspace) -> OpenedWorkspace:
        self._release()
        self._workspace = workspace
        self._readers = ReaderPool(workspace)
        return opened_workspace(workspace)

    def _release(self) -> None:
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            self._readers.close()
            workspace.close()

    def _opened(self) -> Workspace:
        if self._workspace is None:
            raise CancelledError
        check_writable(self._workspace)
        return self._workspace

    def _with_reader(self, work: Callable[[Workspace], T]) -> T:
        with self._readers.lent() as reader:
            return work(reader)


def _is_gone(answer: Callable[[Any], object] | None) -> bool:
    """Whether the widget that waited for the answer has been closed meanwhile."""
    while isinstance(answer, partial):
        answer = answer.func
    owner = getattr(answer, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


class StoppedError(UserError):
    """The user stopped the job; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__(_("Stopped."))
