"""How large the window may be on the screen it is on: a screen that is smaller than the pages scrolls them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

FIRST_SIZE = QSize(1280, 800)
SMALLEST = QSize(1024, 640)
_STATUS_PX = 40
_BORDER = QSize(8, 40)
"""What the window system puts around a window: a frame and a title."""


def fitting(size: QSize, screen: QSize) -> QSize:
    """This size, or what of it a window can have that is to lie on a screen with this much room."""
    return size.boundedTo(screen - _BORDER)


class RoomForPages(QScrollArea):
    """Gives the pages the room they need at least; the rest of them is scrolled to.

    A screen of 1366×768 at 150 % has room for 910×512 only.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        content.setMinimumSize(SMALLEST.width(), SMALLEST.height() - _STATUS_PX)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(content)
