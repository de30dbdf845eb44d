"""When Python's garbage collector may look at everything there is.

It stops all threads for that: with a workspace open, long enough to be felt. Most garbage needs no collector, most of
the rest dies young, and the little that does not can wait until nothing is being done.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from desktop.gui.jobs import Jobs

# Collections of the young, about 7,000 objects each: more than this between two looks at everything is not normal.
_SAFETY_VALVE = 1000
_ENOUGH = 20
_EVERY_MS = 3000


class QuietCollector(QObject):
    """Looks every few seconds whether there is something to collect and nothing to do."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._is_first = True
        young, middle, _old = gc.get_threshold()
        gc.set_threshold(young, middle, _SAFETY_VALVE)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        if not self._jobs.is_quiet:
            return
        if self._is_first:
            self._is_first = False
            # The program itself, some hundred thousand objects, stays as long as the window: never look at it again.
            gc.freeze()
        if gc.get_count()[2] >= _ENOUGH:
            gc.collect()
