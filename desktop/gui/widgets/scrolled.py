"""What may be higher than its window is scrolled, and only upwards and downwards."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QWidget

_LEAST_PX = 72
_EDGE_PX = 12


class FollowingArea(QScrollArea):
    """Brings what the keyboard is led to into sight; what is higher than the room stays where it is.

    Nothing moves under the mouse, which would be let go beside what it was pressed on, nor when somebody comes back
    from another window.
    """

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is None or now is None or QGuiApplication.mouseButtons():
            return
        inside = self.widget()
        if inside is not None and inside.isAncestorOf(now) and now.height() < self.viewport().height():
            # Not ``ensureWidgetVisible``, which is content with the cursor of a text.
            top = now.mapTo(inside, QPoint())
            for edge in (top.y() + now.height(), top.y()):
                self.ensureVisible(top.x(), edge, 0, _EDGE_PX)


class Scrolled(QScrollArea):
    """As wide as its content needs, so that nothing is cut beside; the buttons below it stay in sight."""

    def __init__(self, content: QLayout | QWidget) -> None:
        super().__init__()
        holder = content if isinstance(content, QWidget) else QWidget()
        if isinstance(content, QLayout):
            holder.setLayout(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(holder)

    def setWidget(self, widget: QWidget) -> None:  # noqa: N802  Qt's spelling
        self._holder = widget
        super().setWidget(widget)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        hint = self._holder.sizeHint()
        # Texts that wrap need more lines in the width that there is.
        height = self._holder.heightForWidth(self.viewport().width()) if self.isVisible() else -1
        frame = self.height() - self.viewport().height()
        return QSize(self._width(hint), max(hint.height(), height) + frame)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(self._width(self._holder.minimumSizeHint()), _LEAST_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's spelling
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _width(self, hint: QSize) -> int:
        return hint.width() + self.verticalScrollBar().sizeHint().width()
