"""The clock of the demo: it stands where the story is, and between two points of it runs on with the real time.

So the demo looks the same in any year, and a mission sealed until June opens on a computer whose clock says May.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

_BEIJING = "CST-8"


class StoryClock:
    """Call it for milliseconds since 1970. It only goes forward."""

    def __init__(self, start: str) -> None:
        self._now_ms = _milliseconds(start)
        self._read_at_ns = time.monotonic_ns()

    def __call__(self) -> int:
        return self._now_ms + (time.monotonic_ns() - self._read_at_ns) // 1_000_000

    def advance_to(self, moment: str) -> None:
        """Go on to ``moment`` (“2026-06-02T08:00:00+08:00”); a moment that has passed changes nothing."""
        self._now_ms = max(self(), _milliseconds(moment))
        self._read_at_ns = time.monotonic_ns()


@contextmanager
def beijing_time() -> Iterator[None]:
    """Let this process tell the time of Beijing: the computers of the city do, wherever the demo is run.

    Windows offers no such thing; there the times of the demo are those of the zone of the computer.
    """
    if not hasattr(time, "tzset"):
        yield
        return
    before = os.environ.get("TZ")
    os.environ["TZ"] = _BEIJING
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


def _milliseconds(moment: str) -> int:
    return round(datetime.fromisoformat(moment).timestamp() * 1000)
