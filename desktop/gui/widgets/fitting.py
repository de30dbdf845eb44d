"""Windows beside the main one: as large as their texts need, and never larger than the screen."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QDialog, QWidget

_FRAME = QSize(8, 40)
"""What the desktop draws around a window: its borders and its title."""
_GROWING = (QEvent.Type.LayoutRequest, QEvent.Type.Show)

ANY_PX = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX, which PySide does not have: no limit."""


def fitting(size: QSize, screen: QSize) -> QSize:
    """This size, or what of it a window can have that is to lie on a screen with this much room."""
    return size.boundedTo(screen - _FRAME)


def room_for(window: QWidget) -> QSize:
    """The largest size at which the whole window is on its screen."""
    room = window.screen().availableSize()
    return fitting(room, room)


def resize_on_screen(window: QWidget, width: int, height: int) -> None:
    """Give a window its usual size, or less where the screen has not that much."""
    window.resize(QSize(width, height).boundedTo(room_for(window)))


class _Grows:
    """Grows when a text in it comes to need more lines; Qt would let the rows overlap instead."""

    def event(self, event: QEvent) -> bool:
        # The event may delete the window.
        kind = event.type()
        is_taken: bool = super().event(event)  # type: ignore[misc]  # that of the window
        if kind in _GROWING and isinstance(self, QWidget):
            _grow(self)
        return is_taken


class FittingDialog(_Grows, QDialog):
    """As high as its texts need."""


class FittingWindow(_Grows, QWidget):
    """As ``FittingDialog``, for a window that stays beside the main one."""


def _grow(window: QWidget) -> None:
    layout = window.layout()
    if layout is not None and layout.hasHeightForWidth():
        needed = layout.totalMinimumHeightForWidth(window.width())
        if needed > window.height():
            resize_on_screen(window, window.width(), needed)
