"""When Python's garbage collector looks, and in which thread.

Left to itself it runs in whichever thread allocates. What it frees there may be a widget, and Qt ends the program
when another thread than the window's deletes one. It also stops all threads while it looks at everything: with a
workspace open, long enough to be felt. So only the window's thread collects: the young often, everything when nothing
is being done.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from desktop.gui.jobs import Jobs

_EVERY_MS = 100
_YOUNG = 2_000
_LOOKS_AT_THE_YOUNG = 10
_ENOUGH = 140_000


class QuietCollector(QObject):
    """Looks ten times a second whether there is something to collect. Belongs to the window's thread."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._is_first = True
        self._new_objects = 0
        self._looks = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        new = gc.get_count()[0]
        if new >= _YOUNG:
            self._new_objects += new
            self._looks += 1
            gc.collect(0 if self._looks % _LOOKS_AT_THE_YOUNG else 1)
        if not self._jobs.is_quiet:
            return
        if self._is_first:
            self._is_first = False
            # The program itself, some hundred thousand objects, stays as long as the window: never look at it again.
            gc.freeze()
        if self._new_objects >= _ENOUGH:
            self._new_objects = 0
            gc.collect()
