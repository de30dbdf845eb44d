"""A large picture to be looked at: fitted, at 100 %, moved, turned. It gets bare pixels and decodes nothing."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from desktop.gui.evidence.mark_pen import MarkPen
from desktop.gui.theme import color

MOST_ZOOM = 8.0
_STEP = 1.25
_WHEEL_STEP = 1.0015
_SMOOTH_BELOW = 2.0


class PictureView(QAbstractScrollArea):
    """``zoom_changed``: screen pixels for each pixel of the original. ``detail_wanted``: the pixels at hand are too
    few for the zoom, and more may exist. ``pen`` draws over the picture while it has a tool."""

    zoom_changed = Signal(float)
    detail_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._image = QImage()
        self._whole = QSize()
        self._zoom = 1.0
        self._is_fitted = True
        self._turns = 0
        self._grip: QPoint | None = None
        self.pen = MarkPen(self)
        self.pen.changed.connect(self._show_pen)

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def fit_zoom(self) -> float:
        """The zoom at which the whole picture is seen, never larger than the original."""
        size = self._turned(self._whole)
        if size.isEmpty():
            return self._zoom
        room = self.maximumViewportSize() * self.devicePixelRatioF()
        return min(1.0, room.width() / size.width(), room.height() / size.height())

    @property
    def has_picture(self) -> bool:
        return not self._image.isNull()

    @property
    def turns(self) -> int:
        """Quarter turns to the right, 0 to 3."""
        return self._turns

    def clear_picture(self) -> None:
        self._image, self._whole, self._turns = QImage(), QSize(), 0
        self._is_fitted = True
        self.pen.set_marks(())
        self._settle()

    def show_picture(self, image: QImage, whole: QSize) -> None:
        """Show these pixels of an original of size ``whole``; finer ones of the same picture keep zoom and place."""
        self._image = image
        self._whole = whole
        self.fit() if self._is_fitted else self._settle()

    def fit(self) -> None:
        """The whole picture, never larger than the original."""
        self._is_fitted = True
        self._zoom = self.fit_zoom
        self._settle()

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """``anchor``: the point of the viewport that stays where it is, by default its centre."""
        if not self.has_picture:
            return
        point = QPointF(self.viewport().rect().center()) if anchor is None else anchor
        before, size = self._place(), self._shown_size()
        share = QPointF((point.x() - before.x()) / size.width(), (point.y() - before.y()) / size.height())
        self._is_fitted = False
        self._zoom = max(min(zoom, MOST_ZOOM), self._least_zoom())
        self._settle()
        grown = self._shown_size()
        self.horizontalScrollBar().setValue(round(share.x() * grown.width() - point.x()))
        self.verticalScrollBar().setValue(round(share.y() * grown.height() - point.y()))

    def zoom_in(self) -> None:
        self.set_zoom(self._zoom * _STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self._zoom / _STEP)

    def turn(self, quarters: int) -> None:
        """Turn what is shown to the right; the original is not touched."""
        self._turns = (self._turns + quarters) % 4
        self.fit() if self._is_fitted else self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self.fit() if self._is_fitted else self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  Qt's spelling
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), color("hover"))
        if not self.has_picture:
            return
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, self._zoom * self._coarseness() < _SMOOTH_BELOW
        )
        size = self._shown_size()
        place = self._place()
        painter.translate(place.x() + size.width() / 2, place.y() + size.height() / 2)
        painter.rotate(90.0 * self._turns)
        upright = QTransform().rotate(90.0 * self._turns).mapRect(QRectF(0, 0, size.width(), size.height()))
        width, height = upright.width(), upright.height()
        painter.drawImage(QRectF(-width / 2, -height / 2, width, height), self._image)
        painter.translate(-width / 2, -height / 2)
        self.pen.paint(painter, upright.size())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's spelling
        self.set_zoom(self._zoom * _WHEEL_STEP ** event.angleDelta().y(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's spelling
        if event.button() is Qt.MouseButton.LeftButton and self.pen.tool is not None:
            self.pen.press(self._share(event.position()))
        elif event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's spelling
        self.pen.move(self._share(event.position()))
        if self._grip is not None:
            here = event.position().toPoint()
            moved, self._grip = here - self._grip, here
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  Qt's spelling
        self._grip = None
        self.pen.release()
        self._show_pen()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's spelling
        if self.pen.tool is not None:
            self.mousePressEvent(event)
        elif self._is_fitted:
            self.set_zoom(1.0, event.position())
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        if self.pen.press_key(event):
            return
        # The arrows, which scroll areas take, lead to the next picture while this one is seen whole.
        if self._is_fitted and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _show_pen(self) -> None:
        drawing, moving = Qt.CursorShape.CrossCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(moving if self.pen.tool is None else drawing)
        self.viewport().update()

    def _settle(self) -> None:
        """Bring the scroll bars in line with the zoom, and ask for finer pixels where these are too coarse."""
        size, room = self._shown_size(), self.viewport().size()
        for bar, length, seen in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setRange(0, max(0, round(length - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(max(1, seen // 10))
        self.viewport().update()
        self.zoom_changed.emit(self._zoom)
        if self.has_picture and self._zoom * self._coarseness() > 1.0:
            self.detail_wanted.emit()

    def _coarseness(self) -> float:
        """Pixels of the original for each pixel at hand."""
        return self._whole.width() / max(1, self._image.width())

    def _least_zoom(self) -> float:
        size = self._turned(self._whole)
        return min(1.0, 64 / max(1, size.width(), size.height()))

    def _shown_size(self) -> QSize:
        """In units of the viewport; never empty."""
        scale = self._zoom / self.devicePixelRatioF()
        size = self._turned(self._whole)
        return QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))

    def _place(self) -> QPointF:
        """Where the upper left corner lies in the viewport: centred, or scrolled."""
        size, room = self._shown_size(), self.viewport().size()
        x, y = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
        return QPointF(
            x if x > 0 else -self.horizontalScrollBar().value(),
            y if y > 0 else -self.verticalScrollBar().value(),
        )

    def _share(self, point: QPointF) -> QPointF:
        """A point of the viewport in shares of the upright picture, kept within it."""
        size, place = self._shown_size(), self._place()
        middle = QPointF(place.x() + size.width() / 2, place.y() + size.height() / 2)
        upright = QTransform().rotate(-90.0 * self._turns).map(point - middle)
        width, height = (size.height(), size.width()) if self._turns % 2 else (size.width(), size.height())
        return QPointF(
            min(max(upright.x() / width + 0.5, 0.0), 1.0), min(max(upright.y() / height + 0.5, 0.0), 1.0)
        )

    def _turned(self, size: QSize) -> QSize:
        return size.transposed() if self._turns % 2 else size
