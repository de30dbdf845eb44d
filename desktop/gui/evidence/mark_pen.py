"""Drawing marks onto a picture, with the mouse or with the keyboard alone."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from desktop.domain.marks import MOST_LETTERS, MOST_MARKS, WHOLE, Mark, MarkKind, bounded
from desktop.gui.evidence.mark_painting import paint_cursor, paint_marks

_STEP, _LEAP = WHOLE // 100, WHOLE // 20
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MarkPen(QObject):
    """``changed``: other marks, another tool, or a cursor elsewhere. ``left``: Esc, while nothing is being drawn.

    Places come in shares (0 to 1) of the upright picture. By keyboard the arrows move a cursor, with Shift in leaps;
    Enter or Space begins a mark there and ends it.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._tool: MarkKind | None = None
        self._text = ""
        self._marks: tuple[Mark, ...] = ()
        self._is_drawing = False
        self._cursor: tuple[int, int] | None = None

    @property
    def tool(self) -> MarkKind | None:
        """None: the mouse moves the picture."""
        return self._tool

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What has been drawn, in its order."""
        return self._marks

    def take_tool(self, tool: MarkKind | None) -> None:
        self._end()
        self._tool = tool
        if tool is None:
            self._cursor = None
        self.changed.emit()

    def set_text(self, text: str) -> None:
        """What the tool for words writes."""
        self._text = text

    def set_marks(self, marks: Sequence[Mark]) -> None:
        self._is_drawing = False
        self._marks = tuple(marks)
        self.changed.emit()

    def undo(self) -> None:
        self.set_marks(self._marks[:-1])

    def press(self, place: QPointF) -> None:
        if self._tool is None or len(self._marks) >= MOST_MARKS:
            return
        x, y = _whole(place)
        self._cursor = None
        self._begin(x, y)

    def move(self, place: QPointF) -> None:
        if self._is_drawing:
            self._draw_to(*_whole(place))

    def release(self) -> None:
        self._end()

    def press_key(self, event: QKeyEvent) -> bool:
        """Whether the key was meant for the pen."""
        if self._tool is None:
            return False
        way = _WAYS.get(Qt.Key(event.key()))
        if way is not None:
            self._go(way, _LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._press_at_cursor()
        elif event.key() == Qt.Key.Key_Escape:
            self._give_up()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.undo()
        else:
            return False
        return True

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        """Over the upright picture of this size, its upper left corner at the origin."""
        paint_marks(painter, self._marks, size)
        if self._cursor is not None:
            paint_cursor(painter, *self._cursor, size)

    def _go(self, way: tuple[int, int], step: int) -> None:
        x, y = self._cursor or (WHOLE // 2, WHOLE // 2)
        x, y = (min(max(old + step * by, 0), WHOLE) for old, by in zip((x, y), way, strict=True))
        self._cursor = (x, y)
        if self._is_drawing:
            self._draw_to(x, y)
        self.changed.emit()

    def _press_at_cursor(self) -> None:
        if self._is_drawing:
            self._end()
        elif len(self._marks) < MOST_MARKS:
            self._cursor = self._cursor or (WHOLE // 2, WHOLE // 2)
            self._begin(*self._cursor)

    def _give_up(self) -> None:
        if self._is_drawing:
            self.undo()
        else:
            self.left.emit()

    def _begin(self, x: int, y: int) -> None:
        if self._tool is None:
            return
        mark = bounded(Mark(self._tool, x, y, x, y, self._text[:MOST_LETTERS]))
        self._marks = (*self._marks, mark)
        self._is_drawing = True
        if self._tool is MarkKind.TEXT:
            self._end()
        self.changed.emit()

    def _draw_to(self, x: int, y: int) -> None:
        self._marks = (*self._marks[:-1], replace(self._marks[-1], x2=x, y2=y))
        self.changed.emit()

    def _end(self) -> None:
        """A press without a stroke draws nothing."""
        self._is_drawing = False
        kept = tuple(mark for mark in self._marks if not mark.is_empty)
        if kept != self._marks:
            self._marks = kept
            self.changed.emit()


def _whole(place: QPointF) -> tuple[int, int]:
    return round(place.x() * WHOLE), round(place.y() * WHOLE)
