"""How large the window may be on the screen it is on: a screen that is smaller than the pages scrolls them."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from desktop.gui.widgets.fitting import fitting

FIRST_SIZE = QSize(1280, 800)
SMALLEST = QSize(1024, 640)
_LEAST_ROOM = QSize(1024, 590)
"""The smallest window without its status line, which is higher with some fonts."""


def fit_to_screen(window: QWidget) -> None:
    """Give the window its first size, and the least one, as far as its screen has room for them."""
    room = window.screen().availableSize()
    window.setMinimumSize(fitting(SMALLEST, room))
    window.resize(fitting(FIRST_SIZE, room))


class PageStack(QStackedWidget):
    """The pages, one in front. Asks for the room of that one only, where Qt would ask for that of the widest."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _number: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()


class RoomForPages(QScrollArea):
    """Gives the page in front the room it needs at least; the rest of it is scrolled to.

    A screen of 1366×768 at 150 % has room for 910×512 only.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    def show_top(self) -> None:
        """Once Qt has moved the keyboard away from the page before, and scrolled to where it is now."""
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's spelling
        """Qt shows the area what its content is told: another page, or another language, wants another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        """Not ``setWidgetResizable``: that asks the pages how high they would like to be, not how low they can be."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # A text of somebody that cannot be wrapped does not make all pages wider.
        width = min(self._content.minimumSizeHint().width(), _LEAST_ROOM.width())
        self._content.resize(self.viewport().size().expandedTo(QSize(width, _LEAST_ROOM.height())))
