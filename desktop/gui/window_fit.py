"""How large the window may be on the screen it is on: a screen that is smaller than the pages scrolls them."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.widgets.fitting import fitting
from desktop.gui.widgets.scrolled import FollowingArea

FIRST_SIZE = QSize(1280, 800)
SMALLEST = QSize(1024, 640)
_WIDEST_PX = 954
"""What the smallest window has beside its sidebar: no page may ask for more."""


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


class PageTabs(QTabWidget):
    """The tabs of a page. Asks for the room of the one in front only."""

    def __init__(self) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.currentChanged.connect(lambda _number: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        page, bar = self.currentWidget(), self.tabBar().minimumSizeHint()
        if page is None:
            return super().minimumSizeHint()
        asked = page.minimumSizeHint()
        return QSize(max(bar.width(), asked.width()), bar.height() + asked.height())


class RoomForPages(FollowingArea):
    """Gives the page in front the room it needs at least; the rest of it is scrolled to.

    A screen of 1366×768 at 150 % has room for 910×512 only.
    """

    def __init__(self, pages: PageStack) -> None:
        super().__init__()
        # The area hears from its content when a page within it asks for another size.
        self._content = QWidget()
        self._content.setObjectName("window")
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pages)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._content)
        pages.currentChanged.connect(lambda _number: self.show_top())

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
        asked = self._content.minimumSizeHint()
        room = self.viewport().size()
        self._content.resize(room.expandedTo(QSize(min(asked.width(), _WIDEST_PX), asked.height())))


class RoomForSidebar(QScrollArea):
    """As wide as the sidebar; in a window that is lower, it is scrolled by the wheel and by the focus."""

    def __init__(self, sidebar: QWidget) -> None:
        super().__init__()
        self._sidebar = sidebar
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        for set_policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(sidebar)
        self.setFixedWidth(sidebar.minimumWidth())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's spelling
        if event.type() == QEvent.Type.LayoutRequest:
            self.setFixedWidth(self._sidebar.minimumWidth())
        return super().eventFilter(watched, event)
