"""The keys that work from every field of the visit page."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_PLAIN = Qt.KeyboardModifier.NoModifier


class VisitKeys(QObject):
    """Watches fields, which would use some of these keys for themselves: a text field undoes its own typing."""

    next_wanted = Signal()
    previous_wanted = Signal()
    back_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    finish_wanted = Signal()
    photo_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        pairs = (
            (_CTRL, Qt.Key.Key_Down, self.next_wanted),
            (_CTRL, Qt.Key.Key_Up, self.previous_wanted),
            (_PLAIN, Qt.Key.Key_Escape, self.back_wanted),
            (_CTRL, Qt.Key.Key_Z, self.undo_wanted),
            (_CTRL, Qt.Key.Key_Y, self.redo_wanted),
            (_CTRL | _SHIFT, Qt.Key.Key_Z, self.redo_wanted),
            (_CTRL, Qt.Key.Key_E, self.photo_wanted),
            (_CTRL, Qt.Key.Key_Return, self.finish_wanted),
            (_CTRL, Qt.Key.Key_Enter, self.finish_wanted),
        )
        self._signals = {QKeyCombination(modifier, key): signal for modifier, key, signal in pairs}

    def watch(self, widgets: Iterable[QWidget]) -> None:
        for widget in widgets:
            # Removed first, so that a widget that is named twice is not watched twice.
            widget.removeEventFilter(self)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's spelling
        if isinstance(event, QKeyEvent) and event.type() in (
            QEvent.Type.KeyPress,
            QEvent.Type.ShortcutOverride,
        ):
            keypad = Qt.KeyboardModifier.KeypadModifier
            signal = self._signals.get(QKeyCombination(event.modifiers() & ~keypad, Qt.Key(event.key())))
            if signal is not None:
                event.accept()
                if event.type() is QEvent.Type.KeyPress:
                    signal.emit()
                return True
        return super().eventFilter(watched, event)
