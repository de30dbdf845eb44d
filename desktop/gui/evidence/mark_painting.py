"""Painting marks over a picture as they will be on the copy, in the same proportions."""

from collections.abc import Iterable
from math import hypot

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QApplication

from desktop.domain.marks import (
    BLACK,
    HEAD_STROKES,
    RED,
    STROKE_SHARE,
    TEXT_SHARE,
    WHITE,
    WHOLE,
    Mark,
    MarkKind,
)

_RED, _WHITE, _BLACK = QColor(*RED), QColor(*WHITE), QColor(*BLACK)


def paint_marks(painter: QPainter, marks: Iterable[Mark], size: QSizeF) -> None:
    """``size``: of the upright picture as it is shown, its upper left corner at the origin."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for mark in marks:
        match mark.kind:
            case MarkKind.COVER:
                painter.fillRect(_box(mark, size), _BLACK)
            case MarkKind.BOX:
                _paint_box(painter, mark, size)
            case MarkKind.ARROW:
                _paint_arrow(painter, mark, size)
            case MarkKind.TEXT:
                _paint_text(painter, mark, size)
    painter.restore()


def paint_cursor(painter: QPainter, x: int, y: int, size: QSizeF) -> None:
    """Where the keyboard draws."""
    middle, arm = _point(x, y, size), max(8.0, _longest(size) / 60)
    for colour, width in ((_WHITE, 3.0), (_RED, 1.0)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(middle - QPointF(arm, 0), middle + QPointF(arm, 0))
        painter.drawLine(middle - QPointF(0, arm), middle + QPointF(0, arm))


def _paint_box(painter: QPainter, mark: Mark, size: QSizeF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_WHITE, 2.0), (_RED, 1.0)):
        pen = QPen(colour, width * _stroke(size))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(_box(mark, size))


def _paint_arrow(painter: QPainter, mark: Mark, size: QSizeF) -> None:
    tail, tip, stroke = _point(mark.x1, mark.y1, size), _point(mark.x2, mark.y2, size), _stroke(size)
    way = tip - tail
    length = hypot(way.x(), way.y()) or 1.0
    along = way / length
    for colour, extra in ((_WHITE, stroke / 2), (_RED, 0.0)):
        pen = QPen(colour, stroke + 2 * extra)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(tail, tip - along * HEAD_STROKES * stroke)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour))
        painter.drawPolygon(_head(tip + along * 1.5 * extra, along, HEAD_STROKES * stroke + 2.5 * extra))


def _head(tip: QPointF, along: QPointF, length: float) -> QPolygonF:
    back, aside = tip - along * length, QPointF(-along.y(), along.x()) * length * 0.45
    return QPolygonF([tip, back + aside, back - aside])


def _paint_text(painter: QPainter, mark: Mark, size: QSizeF) -> None:
    font = QFont(QApplication.font())
    font.setBold(True)
    font.setPixelSize(max(6, round(_longest(size) / TEXT_SHARE)))
    start = _point(mark.x1, mark.y1, size)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(QPointF(0, font.pixelSize() * 1.1), font, mark.text)
    room = size.width() - path.boundingRect().width()
    path.translate(max(0.0, min(start.x(), room)), min(start.y(), size.height() - font.pixelSize() * 1.5))
    painter.strokePath(path, QPen(_WHITE, font.pixelSize() / 5))
    painter.fillPath(path, QBrush(_RED))


def _box(mark: Mark, size: QSizeF) -> QRectF:
    left, top, right, bottom = mark.box
    return QRectF(_point(left, top, size), _point(right, bottom, size))


def _point(x: int, y: int, size: QSizeF) -> QPointF:
    return QPointF(x * size.width() / WHOLE, y * size.height() / WHOLE)


def _stroke(size: QSizeF) -> float:
    return max(1.0, _longest(size) / STROKE_SHARE)


def _longest(size: QSizeF) -> float:
    return max(size.width(), size.height())
