"""What runs inside the worker process: takes requests from its pipe, one after the other, until the pipe closes."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import IO, cast

from desktop.domain.canonical import Json
from desktop.errors import UserError
from desktop.i18n import use_language
from desktop.media.frames import BrokenFrameError, read_frame, write_frame
from desktop.media.task import Outcome

if sys.platform != "win32":
    import resource

TaskFunction = Callable[[bytes, dict[str, Json]], tuple[Json, bytes]]


def main(arguments: Sequence[str]) -> None:
    """``arguments``: the most bytes of address space."""
    # Ctrl-C is meant for the program, which then closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(int(arguments[0]))
    with os.fdopen(os.dup(0), "rb") as source, os.fdopen(os.dup(1), "wb") as target:
        # What a library prints must not get between the replies.
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        with BugReport(target):
            serve(source, target)


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    while True:
        try:
            request, payload = read_frame(source)
        except BrokenFrameError:
            return
        head, body = answer(request, payload)
        write_frame(target, head, body)


def answer(request: dict[str, Json], payload: bytes) -> tuple[dict[str, Json], bytes]:
    """Run one task. An error that is neither the file's fault nor a lack of memory is a bug and ends the process."""
    use_language(str(request["language"]))
    _limit_cpu_time(cast("int", request["cpu_seconds"]))
    module, _colon, name = str(request["function"]).partition(":")
    function: TaskFunction = getattr(import_module(module), name)
    try:
        value, body = function(payload, cast("dict[str, Json]", request["options"]))
    except UserError as error:
        return {"outcome": Outcome.UNREADABLE, "problem": error.problem, "advice": error.advice}, b""
    except MemoryError:
        return {"outcome": Outcome.TOO_LARGE}, b""
    return {"outcome": Outcome.OK, "value": value}, body


def limit_memory(most_bytes: int) -> None:
    """Bound the address space, and leave no core file: it would hold evidence in the clear."""
    if sys.platform != "win32":
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_AS, most_bytes)


def _limit_cpu_time(seconds: int) -> None:
    """Let the system end a task that the program cannot end any more because it has died itself."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def _lower(kind: int, limit: int) -> None:
    if sys.platform != "win32":
        _soft, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


class BugReport:
    """Tells the program where an exception ended the worker, without its message, which may quote the file."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target

    def __enter__(self) -> None:
        """Nothing is done before there is something to report."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            return
        places = (f"{Path(place.filename).name}:{place.lineno} {place.name}" for place in extract_tb(trace))
        head: dict[str, Json] = {
            "outcome": Outcome.CRASHED,
            "trace": f"{kind.__name__}: {', '.join(places)}",
        }
        write_frame(self._target, head, b"")
