"""What may be higher than its window is scrolled, and only upwards and downwards."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

_LEAST_PX = 72


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
