"""One key locks from every window of the program: dialogs close, the clipboard is emptied, nothing names the work."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

KEY = "F12"
_WATCHED = "quickLock"


class QuickLock(QObject):
    """``wanted``: close the workspace. Every window gets the key when it is first used, dialogs among them."""

    wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._add_key(window)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    def lock(self) -> None:
        QGuiApplication.clipboard().clear()
        for other in QApplication.topLevelWidgets():
            if other is not self._window and other.isVisible():
                _close(other)
        self.wanted.emit()

    def _watch(self, _before: QWidget | None, now: QWidget | None) -> None:
        # A main window that is gone locks nothing any more.
        if now is not None and self._window.isVisible():
            self._add_key(now.window())

    def _add_key(self, top: QWidget) -> None:
        if not top.property(_WATCHED):
            top.setProperty(_WATCHED, True)
            QShortcut(QKeySequence(KEY), top).activated.connect(self.lock)


def _close(other: QWidget) -> None:
    """A dialog that would ask first is not asked: nothing of it may stay in sight."""
    if isinstance(other, QDialog):
        other.done(QDialog.DialogCode.Rejected)
    else:
        other.close()
