"""Handwriting on the screen: painted from its strokes, in the colour of text."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.strokes import BOX_HEIGHT, BOX_WIDTH, FULL_PRESSURE, Point, Stroke
from desktop.gui.theme import color

_THIN, _THICK = BOX_WIDTH / 400, BOX_WIDTH / 130
"""Widths of a line in units of the box."""


def box_in(room: QRectF) -> QRectF:
    """The largest box of the shape of a signature that fits into ``room``, in its middle."""
    scale = max(min(room.width() / BOX_WIDTH, room.height() / BOX_HEIGHT), 0.0)
    box = QRectF(0, 0, BOX_WIDTH * scale, BOX_HEIGHT * scale)
    box.moveCenter(room.center())
    return box


def paint_ink(painter: QPainter, box: QRectF, strokes: Sequence[Stroke]) -> None:
    scale = box.width() / BOX_WIDTH
    for stroke in strokes:
        places = [QPointF(box.x() + x * scale, box.y() + y * scale) for x, y, *_more in stroke]
        painter.setPen(_pen(stroke[0], scale))
        painter.drawPoint(places[0])
        for (here, there), point in zip(pairwise(places), stroke[1:], strict=True):
            painter.setPen(_pen(point, scale))
            painter.drawLine(here, there)


def _pen(point: Point, scale: float) -> QPen:
    width = (_THIN + (_THICK - _THIN) * point[3] / FULL_PRESSURE) * scale
    return QPen(
        color("text"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


class InkView(QWidget):
    """A signature to look at."""

    def __init__(self, strokes: Sequence[Stroke], name: str, size: QSize) -> None:
        super().__init__()
        self.strokes = tuple(strokes)
        self.setAccessibleName(name)
        self.setFixedSize(size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's spelling
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ink(painter, box_in(QRectF(self.rect())), self.strokes)
