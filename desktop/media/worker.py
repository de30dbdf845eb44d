"""The one worker process in which everything hostile is decoded: bounded time and memory, no keys, no paths.

It gets bytes by pipe. A file that hangs or breaks it costs one result; the next file gets a new process. What
comes out is read as data (see frames.py), so that a worker taken over can only tell lies.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from types import TracebackType
from typing import Self

from desktop.domain.canonical import Json
from desktop.errors import CancelledError
from desktop.i18n import language
from desktop.media.child_process import ChildProcess
from desktop.media.frames import MAX_BODY_BYTES
from desktop.media.task import Outcome, Result, Task, failed

MEMORY_BYTES = 1 << 30
_FAREWELL_S = 2.0

MEDIA_TASKS: Mapping[str, Task] = {
    "describe": Task("desktop.media.describe:describe"),
    "film": Task("desktop.media.film_times:describe_film"),
    "thumbnail": Task("desktop.media.thumbnail:thumbnail"),
    "mark": Task("desktop.media.marked:mark", seconds=20.0),
    "likeness": Task("desktop.media.likeness:likeness"),
    "view": Task("desktop.media.thumbnail:view", seconds=20.0),
    "signature": Task("desktop.media.signature_picture:draw_signature"),
}


class Worker:
    """Runs tasks one after the other, for any number of threads; starts its process with the first task.

    Use it as a context manager: leaving it ends the process. ``memory_bytes`` bounds the address space where the
    system has such a limit (Windows has none). A task name that is not registered is a KeyError.
    """

    def __init__(self, tasks: Mapping[str, Task] = MEDIA_TASKS, memory_bytes: int = MEMORY_BYTES) -> None:
        self._tasks = tasks
        self._bench = _Bench(memory_bytes)
        self._is_stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The process that waits for work, or None while there is none."""
        return self._bench.process_id

    def lent(self) -> "Worker":
        """The same process for somebody who may be stopped; it is closed by the one who lends it."""
        other = Worker(self._tasks)
        other._bench = self._bench
        return other

    def stop(self) -> None:
        """From any thread: the task of this one that runs now, if any, and every later one raise CancelledError.

        Tasks of others go on, and the process as well unless it was at the task.
        """
        with self._bench.turn:
            self._is_stopped = True
            if self._bench.doing is self and self._bench.at_work is not None:
                self._bench.at_work.kill()

    def run(self, name: str, payload: bytes, options: Mapping[str, Json] | None = None) -> Result:
        """Run one registered task and wait for it; ``options`` must have a canonical JSON form."""
        task = self._tasks[name]
        if len(payload) > MAX_BODY_BYTES:
            return failed(Outcome.TOO_LARGE)
        request: dict[str, Json] = {
            "function": task.function,
            "language": language(),
            "options": dict(options or {}),
            "cpu_seconds": int(task.seconds) + 1,
        }
        with self._bench.process_for_a_task() as process:
            with self._doing(process):
                result = process.run(request, payload, task.seconds)
            if self._is_stopped:
                raise CancelledError
            return result

    def close(self) -> None:
        """End the process: an idle one goes by itself, one that does not within two seconds is killed."""
        self._bench.close()

    @contextmanager
    def _doing(self, process: ChildProcess) -> Iterator[None]:
        """Say whose task it is, unless he was stopped before his turn came."""
        with self._bench.turn:
            if self._is_stopped:
                raise CancelledError
            self._bench.doing, self._bench.at_work = self, process
        try:
            yield
        finally:
            with self._bench.turn:
                self._bench.doing = self._bench.at_work = None


class _Bench:
    """The one process, for one task at a time. ``turn`` guards ``doing``, whose task it is, and ``at_work``."""

    def __init__(self, memory_bytes: int) -> None:
        self._memory_bytes = memory_bytes
        self._lock = Lock()
        self._process: ChildProcess | None = None
        self._is_closed = False
        self.turn = Lock()
        self.doing: Worker | None = None
        self.at_work: ChildProcess | None = None

    @property
    def process_id(self) -> int | None:
        process = self._process
        return process.id if process else None

    @contextmanager
    def process_for_a_task(self) -> Iterator[ChildProcess]:
        with self._lock:
            if self._is_closed:
                raise ValueError("the worker is closed")
            process = self._idle_process()
            # An exception out of here (Ctrl-C) leaves a process in the middle of a task: it is not used again.
            self._process = None
            with process.ended_on_error():
                yield process
            if process.is_running:
                self._process = process

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            process, self._process = self._process, None
            if process:
                process.end(_FAREWELL_S)

    def _idle_process(self) -> ChildProcess:
        process = self._process
        if process and not process.is_running:
            # Killed from outside while it waited, for example because memory ran out.
            process.end()
            process = None
        return process or ChildProcess(self._memory_bytes)
