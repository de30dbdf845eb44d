"""Fields for text that is composed by an input method, such as pinyin: nothing that was composed gets lost."""

from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


class _Composition:
    """Qt drops what is being composed when another place is clicked; a user who has typed it wants to keep it."""

    def __init__(self) -> None:
        self._composed = ""

    def settled(self, event: QInputMethodEvent) -> QInputMethodEvent:
        """This event, or where the mouse ended the composition one that keeps what was composed."""
        composed, self._composed = self._composed, event.preeditString()
        is_dropped = composed and not event.preeditString() and not event.commitString()
        if is_dropped and QGuiApplication.mouseButtons():
            event = QInputMethodEvent()
            event.setCommitString(composed)
        return event


class TextArea(QPlainTextEdit):
    """Text of several lines. Its hint leaves as soon as something is composed, which Qt's own does not, and is there
    only while somebody can type."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._composition = _Composition()
        self._hint = ""

    def setPlaceholderText(self, text: str) -> None:  # noqa: N802  Qt's spelling
        self._hint = text
        self._show_hint()

    def setReadOnly(self, is_read_only: bool) -> None:  # noqa: N802  Qt's spelling
        super().setReadOnly(is_read_only)
        self._show_hint()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802  Qt's spelling
        event = self._composition.settled(event)
        self._show_hint(is_composing=bool(event.preeditString()))
        super().inputMethodEvent(event)

    def _show_hint(self, *, is_composing: bool = False) -> None:
        super().setPlaceholderText("" if is_composing or self.isReadOnly() else self._hint)


class TextLine(QLineEdit):
    """Text of one line."""

    def __init__(self) -> None:
        super().__init__()
        self._composition = _Composition()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802  Qt's spelling
        super().inputMethodEvent(self._composition.settled(event))
