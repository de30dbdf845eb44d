"""The pad on which one signs: with a pen and its pressure, a finger, or the mouse."""

from collections.abc import Callable
from time import monotonic_ns

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.domain.strokes import (
    BOX_HEIGHT,
    BOX_WIDTH,
    FULL_PRESSURE,
    LONGEST_MS,
    MOST_POINTS,
    MOST_STROKES,
    Point,
    Stroke,
)
from desktop.gui.signing.ink import box_in, paint_ink
from desktop.gui.theme import color

_LIKE_A_MOUSE = FULL_PRESSURE // 2
"""The pressure of what cannot tell its own."""
_NEAREST = BOX_WIDTH // 400
"""Points nearer than this to the one before say nothing new."""
_PRESS, _MOVE, _RELEASE = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease
_LINE_AT = 0.78


def now_ms() -> int:
    return monotonic_ns() // 1_000_000


class SignaturePad(QWidget):
    """``changed``: a stroke has come or gone. Backspace takes the last one back, Delete all of them.

    Whatever the size of the pad, its strokes are whole numbers in the one box of ``domain.strokes``.
    """

    changed = Signal()

    def __init__(self, clock_ms: Callable[[], int] = now_ms) -> None:
        super().__init__()
        self._clock_ms = clock_ms
        self._began_ms = 0
        self._strokes: list[list[Point]] = []
        self._is_down = False
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(QSize(300, 130))

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return tuple(map(tuple, self._strokes))

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._say_changed()

    def clear(self) -> None:
        self._strokes = []
        self._say_changed()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802  Qt's spelling
        pressure = round(event.pressure() * FULL_PRESSURE)
        if event.type() == _PRESS:
            self._begin(event.position(), pressure)
        elif event.type() == _MOVE:
            self._go_on(event.position(), pressure)
        else:
            self._end()
        # Accepted, or the same strokes come once more as those of a mouse.
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's spelling
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), _LIKE_A_MOUSE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's spelling
        self._go_on(event.position(), _LIKE_A_MOUSE)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  Qt's spelling
        self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        if event.key() == Qt.Key.Key_Backspace:
            self.undo()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's spelling
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box()
        painter.setPen(QPen(color("primary" if self.hasFocus() else "border_strong"), 1))
        painter.setBrush(color("surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QPen(color("border"), 1, Qt.PenStyle.DashLine))
        line = box.y() + box.height() * _LINE_AT
        painter.drawLine(QPointF(box.x() + 16, line), QPointF(box.right() - 16, line))
        paint_ink(painter, box, self.strokes)

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger writes; a hand that rests on the screen does not."""
        if event.type() == QEvent.Type.TouchCancel:
            self._end()
        for point in event.points()[:1]:
            pressure = round(point.pressure() * FULL_PRESSURE) or _LIKE_A_MOUSE
            match point.state():
                case QEventPoint.State.Pressed:
                    self._begin(point.position(), pressure)
                case QEventPoint.State.Released:
                    self._end()
                case _:
                    self._go_on(point.position(), pressure)

    def _begin(self, place: QPointF, pressure: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self._strokes:
            self._began_ms = self._clock_ms()
        if not self._is_full():
            self._is_down = True
            self._strokes.append([self._point(place, pressure)])
            self.update()

    def _go_on(self, place: QPointF, pressure: int) -> None:
        if not self._is_down or self._is_full():
            return
        point = self._point(place, pressure)
        last = self._strokes[-1][-1]
        if max(abs(point[0] - last[0]), abs(point[1] - last[1])) >= _NEAREST:
            self._strokes[-1].append(point)
            self.update()

    def _end(self) -> None:
        if self._is_down:
            self._is_down = False
            self._say_changed()

    def _is_full(self) -> bool:
        return len(self._strokes) > MOST_STROKES - 1 or sum(map(len, self._strokes)) >= MOST_POINTS

    def _point(self, place: QPointF, pressure: int) -> Point:
        box = self._box()
        x = round((place.x() - box.x()) * BOX_WIDTH / box.width())
        y = round((place.y() - box.y()) * BOX_HEIGHT / box.height())
        numbers = (
            (x, BOX_WIDTH),
            (y, BOX_HEIGHT),
            (self._clock_ms() - self._began_ms, LONGEST_MS),
            (pressure, FULL_PRESSURE),
        )
        x, y, ms, pressure = (min(max(number, 0), most) for number, most in numbers)
        return x, y, ms, pressure

    def _box(self) -> QRectF:
        return box_in(QRectF(self.rect()))

    def _say_changed(self) -> None:
        self.update()
        self.changed.emit()
