"""How far a job has come, how fast, how long it still takes, and a way to stop it."""

import time
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _

_MIB = 1 << 20
_SURE_AFTER_S = 1.0


class ProgressRow(QWidget):
    """Hidden while nothing runs. Totals of a megabyte and more are shown as bytes, smaller ones as steps."""

    stop_wanted = Signal()

    def __init__(self, texts: Texts, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now_s = now_s
        self._began_s = 0.0
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.text_label = plain_label("", "muted")
        self.stop_button = text_button(texts, lambda: _("Stop"))
        self.stop_button.clicked.connect(self.stop_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.bar, 1)
        row.addWidget(self.text_label)
        row.addWidget(self.stop_button)
        self.hide()

    def begin(self) -> None:
        self._began_s = self._now_s()
        self.bar.setRange(0, 0)
        self.text_label.clear()
        self.show()

    def show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(1000 * done // max(1, total))
        self.text_label.setText(progress_text(done, total, self._now_s() - self._began_s))

    def end(self) -> None:
        self.hide()


def progress_text(done: int, total: int, elapsed_s: float) -> str:
    """“12.0 / 48.0 MB · 8.1 MB/s · 5 s left”; the rate only when it can be trusted."""
    if total < _MIB:
        return f"{done} / {total}"
    text = f"{done / _MIB:,.1f} / {total / _MIB:,.1f} MB"
    if elapsed_s < _SURE_AFTER_S or not done:
        return text
    rate = done / elapsed_s
    left_s = round((total - done) / rate)
    return " · ".join((text, f"{rate / _MIB:,.1f} MB/s", _("{seconds} s left").format(seconds=left_s)))
