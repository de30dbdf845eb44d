"""How long the real program takes for what it is told: from a key or a press of the mouse until it is quiet again.

Quiet: every job has been answered, nothing typed waits to be saved, and nothing is left to be painted.
"""

import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from desktop.gui.main_window import MainWindow

# A key that is a shortcut comes as a question whether somebody else wants it, and as nothing more.
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
_TOLD = (*_KEYS, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
_AGAIN_MS = 1


class Pulse(QObject):
    """``turns``: what was told, and the seconds until it was quiet; what was told meanwhile belongs to the turn.

    A turn that nothing was told for, "", is work the program began by itself.
    """

    def __init__(self, app):
        super().__init__()
        self.turns = []
        self._told, self._began, self._was_quiet = "", None, False
        self._window = None
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._look)
        self._again.start()
        app.focusWindowChanged.connect(self._watch)

    def told(self):
        """The turns so far; from now on they are counted anew."""
        turns, self.turns = self.turns, []
        return turns

    @property
    def is_quiet(self):
        return self._began is None and self._program_is_quiet()

    def eventFilter(self, _watched, event):  # noqa: N802  Qt's spelling
        if event.type() in _TOLD:
            is_key = event.type() in _KEYS
            self._begin(QKeySequence(event.keyCombination()).toString() if is_key else "mouse")
        return False

    def _watch(self, window):
        if window is not None:
            # Taken off first, so that a window that comes to the front again is not watched twice.
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _begin(self, told):
        self._told = self._told or told
        self._was_quiet = False
        if self._began is None:
            self._began = time.perf_counter()

    def _look(self):
        """A timer comes after all events that wait, those that paint among them; twice, as one may make another."""
        is_quiet = self._program_is_quiet()
        if self._began is None and not is_quiet:
            self._begin("")
        elif self._began is not None and is_quiet and self._was_quiet:
            self.turns.append((self._told, time.perf_counter() - self._began))
            self._told, self._began = "", None
        self._was_quiet = is_quiet

    def _program_is_quiet(self):
        if self._window is None:
            self._window = next(
                (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)), None
            )
        if self._window is None:
            return True
        page = self._window.pages.get("visit")
        return self._window.jobs.is_quiet and (page is None or page.saver.is_idle)
