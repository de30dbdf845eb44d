"""The wheel scrolls the page and never changes what stands in a field that happens to lie below the pointer."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox


class QuietWheel(QObject):
    """For the whole program: turns of the wheel over a choice or number field go to what the field lies in."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's spelling
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QComboBox | QAbstractSpinBox):
            # Qt offers an ignored turn to what the field lies in.
            event.ignore()
            return True
        return False
