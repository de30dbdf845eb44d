"""How long the thread of the window stands still: a timer of 5 ms, and the gaps between its beats."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

BEAT_MS = 5
LONG_MS = 100
_LEAST_BEATS = 40


@dataclass(frozen=True)
class Beats:
    """The gaps between two beats, in milliseconds."""

    gaps: tuple[float, ...]

    @property
    def p99(self) -> float:
        return quantiles(self.gaps, n=100)[-1]

    @property
    def long_gaps(self) -> int:
        return sum(1 for gap in self.gaps if gap > LONG_MS)


def beats_during(app: QApplication, start: Callable[[Callable[[], None]], object]) -> Beats:
    """Beat until ``start``, given what to call at the end, has called it, and a moment longer."""
    times: list[float] = []
    is_over: list[bool] = []
    timer = QTimer()
    timer.setInterval(BEAT_MS)
    timer.timeout.connect(lambda: times.append(time.perf_counter()))
    timer.start()
    start(lambda: is_over.append(True))
    while not is_over or len(times) < _LEAST_BEATS:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 1000)
    timer.stop()
    return Beats(tuple((b - a) * 1000 for a, b in pairwise(times)))
