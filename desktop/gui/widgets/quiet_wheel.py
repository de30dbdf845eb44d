"""The wheel scrolls the page and never changes what stands in a field that happens to lie below the pointer.

Classes, not a filter over the whole program: every event would pass through Python and, while a job computes, wait
for its turn there.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

_INDENT_PX = 8


class ChoiceField(QComboBox):
    """Turns of the wheel go to what the field lies in, and leave the keyboard where it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def ask_for(self, characters: int) -> None:
        """Room for so many characters, however long the names in it are."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(characters)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's spelling
        event.ignore()


class NumberField(QSpinBox):
    """Like ``ChoiceField``, for a number."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The padding of the style sheet does not reach the line within.
        self.lineEdit().setTextMargins(_INDENT_PX, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's spelling
        event.ignore()
