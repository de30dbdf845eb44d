"""A stopwatch in one label: started, stopped and gone on with by one key, set back by another."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from desktop.gui.widgets.labels import plain_label

_EVERY_MS = 500


class Stopwatch(QWidget):
    """Counts by a clock that nobody can set. ``label`` shows minutes and seconds and belongs into a layout."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.label: QLabel = plain_label("00:00", "heading")
        self._before_s = 0.0
        self._started_s: float | None = None
        self._ticking = QTimer(self)
        self._ticking.setInterval(_EVERY_MS)
        self._ticking.timeout.connect(self._show)
        self.hide()

    @property
    def is_running(self) -> bool:
        return self._started_s is not None

    @property
    def seconds(self) -> int:
        """In all since it was set back; 0 where it never ran."""
        now = 0.0 if self._started_s is None else time.monotonic() - self._started_s
        return round(self._before_s + now)

    def toggle(self) -> None:
        """Start, stop, or go on where it was stopped."""
        if self._started_s is None:
            self._started_s = time.monotonic()
            self._ticking.start()
        else:
            self._before_s += time.monotonic() - self._started_s
            self._started_s = None
            self._ticking.stop()
        self._show()

    def set_back(self) -> None:
        self._before_s, self._started_s = 0.0, None
        self._ticking.stop()
        self._show()

    def _show(self) -> None:
        minutes, seconds = divmod(self.seconds, 60)
        self.label.setText(f"{minutes:02}:{seconds:02}")
