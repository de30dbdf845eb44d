"""A time to the minute, typed or taken from the clock with one press."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.i18n import _
from desktop.services.records.typed_texts import typed_time
from desktop.services.workspace.local_time import local_time

_WHOLE_PX = 152
"""Room for a whole time."""


class TimeField(QWidget):
    """``changed``: a time was typed to its end, or taken. Seconds that are stored stay while nobody types."""

    changed = Signal()

    def __init__(self, texts: Texts, clock_ms: Callable[[], int]) -> None:
        super().__init__()
        self._stored = ""
        self._clock_ms = clock_ms
        self.edit = QLineEdit()
        self.edit.setMinimumWidth(_WHOLE_PX)
        self.edit.setPlaceholderText("2026-11-20 09:30")
        self.now_button = text_button(texts, lambda: _("Now"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.now_button)
        self.setFocusProxy(self.edit)
        # While it is being typed it is no time yet.
        self.edit.editingFinished.connect(self._take_typed)
        self.now_button.clicked.connect(self.take_now)

    def show_time(self, stored: str) -> None:
        self._stored = stored
        self.edit.setText(minute_text(stored))

    def time(self) -> str:
        text = self.edit.text()
        return self._stored if text == minute_text(self._stored) else typed_time(text)

    def take_now(self) -> None:
        self.show_time(local_time(self._clock_ms()))
        self.changed.emit()

    def set_read_only(self, is_read_only: bool) -> None:
        self.edit.setReadOnly(is_read_only)
        self.now_button.setVisible(not is_read_only)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  Qt's spelling
        self.edit.setAccessibleName(name)

    def _take_typed(self) -> None:
        if self.time() != self._stored:
            self._stored = self.time()
            self.changed.emit()
