"""Watches the clock of the computer while a workspace is open: what somebody does to it is noted and said."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.clock_reading import Reading, jump_between
from desktop.gui.clock_words import notice_text
from desktop.gui.jobs import Jobs
from desktop.i18n import _
from desktop.services.workspace.open_workspace import system_clock_ms
from desktop.services.workspace.watch_clock import ClockNotice, note_jump, notice_at_opening, steady_clock_ms

_LOOK_EVERY_MS = 5000


class ClockWatch(QObject):
    """``noticed`` carries a sentence and what to know of it. To look at two clocks takes no time at all."""

    noticed = Signal(str, str)

    def __init__(
        self,
        jobs: Jobs,
        parent: QObject | None = None,
        wall_ms: Callable[[], int] = system_clock_ms,
        steady_ms: Callable[[], int] = steady_clock_ms,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.wall_ms, self.steady_ms = wall_ms, steady_ms
        self._last: Reading | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """A workspace was opened; what was found then is said now."""
        self._last = self._reading()
        self._timer.start()
        self._jobs.read(notice_at_opening, self._say, name="clock")

    def stop(self) -> None:
        self._last = None
        self._timer.stop()

    def look(self) -> None:
        if self._last is None:
            return
        before, self._last = self._last, self._reading()
        jump = jump_between(before, self._last)
        if jump is not None:
            self._jobs.write(partial(note_jump, jump=jump), self._say)

    def _reading(self) -> Reading:
        return Reading(self.wall_ms(), self.steady_ms())

    def _say(self, notice: ClockNotice | None) -> None:
        if notice is not None:
            self.noticed.emit(
                notice_text(notice),
                _("It is noted in the log; the order of the records does not depend on it."),
            )
