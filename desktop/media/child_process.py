"""The program's end of the worker: a process, its two pipes, and the clock that kills it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Self, cast

from desktop.domain.canonical import Json
from desktop.media.frames import BrokenFrameError, read_frame, write_frame
from desktop.media.task import Outcome, Result, failed, result_from

WORKER_ARGUMENT = "--worker"
"""An installed program has no interpreter beside it: it starts itself with this as first argument, and
``__main__`` hands the rest to ``worker_process.main`` before it imports anything else."""

_BOOT = "import sys; sys.path[:] = sys.argv[2:]; from desktop.media.worker_process import main; main(sys.argv[1:])"
_SECRETS = "MINGCHA_"


class ChildProcess:
    """A new interpreter, never a fork: it shares no memory with the program and no variable that may hold a
    pass phrase."""

    def __init__(self, memory_bytes: int) -> None:
        self._popen = subprocess.Popen(  # noqa: S603  # our own interpreter with our own module
            _command(memory_bytes),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._to_child = cast("IO[bytes]", self._popen.stdin)
        self._from_child = cast("IO[bytes]", self._popen.stdout)

    @property
    def id(self) -> int:
        return self._popen.pid

    @property
    def is_running(self) -> bool:
        return self._popen.poll() is None

    def kill(self) -> None:
        """From any thread: whoever waits for a reply learns at once that there is none."""
        self._popen.kill()

    @contextmanager
    def ended_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.end()
            raise

    def run(self, request: dict[str, Json], payload: bytes, seconds: float) -> Result:
        """Send a request and wait for its reply. Afterwards the process runs only if it kept to the form."""
        result = None
        # To kill the process is what ends a blocked write or read here; no clock is watched meanwhile.
        with _Deadline(seconds, self._popen) as deadline, suppress(BrokenFrameError, OSError, ValueError):
            write_frame(self._to_child, request, payload)
            result = result_from(*read_frame(self._from_child))
        if result is None or result.outcome is Outcome.CRASHED or deadline.has_passed:
            self.end()
        if result is not None:
            return result
        is_late = deadline.has_passed or self._popen.returncode == -getattr(signal, "SIGXCPU", 0)
        return failed(Outcome.TIMEOUT if is_late else Outcome.CRASHED)

    def end(self, patience_s: float = 0) -> None:
        """End the process, by its own will if it goes within ``patience_s``; harmless if it has ended."""
        if self._from_child.closed:
            return
        if not patience_s:
            self._popen.kill()
        with suppress(OSError):
            self._to_child.close()
        with _Deadline(patience_s, self._popen), self._from_child:
            # Its end of the pipe closes when it is gone.
            while self._from_child.read(1 << 16):
                pass
        self._popen.wait()


class _Deadline:
    """Kills a process that is not through in time. ``has_passed`` is certain once the block was left."""

    def __init__(self, seconds: float, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._timer = Timer(seconds, self._pass)
        self._timer.daemon = True
        self.has_passed = False

    def _pass(self) -> None:
        self.has_passed = True
        self._process.kill()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_SECRETS)}
    # glibc reserves 64 MB of address space for each decoder thread, which counts against the limit.
    return kept | {"MALLOC_ARENA_MAX": "2"}


def _command(memory_bytes: int) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_ARGUMENT, str(memory_bytes)]
    # -I: neither the folder in which the user happens to be nor PYTHON… variables bring modules in.
    places = [str(Path(place).absolute()) for place in sys.path]
    return [sys.executable, "-I", "-c", _BOOT, str(memory_bytes), *places]
