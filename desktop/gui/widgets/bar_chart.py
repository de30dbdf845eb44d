"""A quiet bar chart, drawn by hand: stacked bars over a few thin lines, values on top, names below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.gui.theme import color
from desktop.i18n import _

_STEPS = (1, 2, 5)
_MOST_LINES = 5
_BAR_SHARE = 0.52
_WIDEST_BAR = 34.0
_HEAD_PX = 38
"""Room for the legend, and below it for the value on the highest bar."""


@dataclass(frozen=True)
class Bar:
    """``values``: from the bottom up, one for each colour of the chart."""

    name: str
    values: tuple[int, ...]


class BarChart(QWidget):
    """``tokens`` are the colours of the parts, from the bottom up; ``legend`` names them."""

    def __init__(self, tokens: Sequence[str]) -> None:
        super().__init__()
        self._tokens = tuple(tokens)
        self._bars: tuple[Bar, ...] = ()
        self._legend: tuple[str, ...] = ()
        self.setMinimumHeight(116)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: Sequence[Bar], legend: Sequence[str]) -> None:
        self._bars = tuple(bars)
        self._legend = tuple(legend)
        spoken = (f"{bar.name} {sum(bar.values)}" for bar in bars if sum(bar.values))
        self.setAccessibleDescription(_("; ").join(spoken))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(420, 220)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's spelling
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(12)
        painter.setFont(font)
        area = QRectF(self.rect()).adjusted(34, _HEAD_PX, -6, -24)
        most = max((sum(bar.values) for bar in self._bars), default=0)
        step = line_step(most)
        top = max(step, -(-most // step) * step)
        self._paint_lines(painter, area, step, top)
        slot = area.width() / max(1, len(self._bars))
        for number, bar in enumerate(self._bars):
            self._paint_bar(painter, area, area.left() + slot * number, slot, bar, top)
        self._paint_legend(painter, area)

    def _paint_lines(self, painter: QPainter, area: QRectF, step: int, top: int) -> None:
        for value in range(0, top + 1, step):
            y = area.bottom() - area.height() * value / top
            painter.setPen(color("border"))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(color("muted"))
            place = QRectF(0, y - 9, area.left() - 8, 18)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))

    def _paint_bar(
        self, painter: QPainter, area: QRectF, left: float, slot: float, bar: Bar, top: int
    ) -> None:
        width = min(_WIDEST_BAR, slot * _BAR_SHARE)
        x = left + (slot - width) / 2
        y = area.bottom()
        highest = max((i for i, value in enumerate(bar.values) if value), default=-1)
        painter.setPen(Qt.PenStyle.NoPen)
        for number, value in enumerate(bar.values):
            height = area.height() * value / top
            y -= height
            painter.setBrush(color(self._tokens[number]))
            painter.drawPath(_block(QRectF(x, y, width, height), is_top=number == highest))
        if sum(bar.values):
            painter.setPen(color("text"))
            painter.drawText(
                QRectF(left, y - 19, slot, 18), Qt.AlignmentFlag.AlignCenter, str(sum(bar.values))
            )
        painter.setPen(color("muted"))
        below = QRectF(left, area.bottom() + 4, slot, 20)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, bar.name)

    def _paint_legend(self, painter: QPainter, area: QRectF) -> None:
        x = area.right()
        for token, text in reversed(tuple(zip(self._tokens, self._legend, strict=False))):
            x -= painter.fontMetrics().horizontalAdvance(text)
            painter.setPen(color("muted"))
            painter.drawText(QPointF(x, 14), text)
            x -= 16
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(token))
            painter.drawRoundedRect(QRectF(x, 4, 10, 10), 2, 2)
            x -= 18


def line_step(most: int) -> int:
    """The distance of the lines: 1, 2 or 5 times a power of ten, so that few are needed."""
    power = 1
    while True:
        for step in _STEPS:
            if step * power * _MOST_LINES >= most:
                return step * power
        power *= 10


def _block(rect: QRectF, *, is_top: bool) -> QPainterPath:
    path = QPainterPath()
    radius = min(4.0, rect.height(), rect.width() / 2) if is_top else 0.0
    path.moveTo(rect.bottomLeft())
    path.lineTo(rect.left(), rect.top() + radius)
    path.quadTo(rect.topLeft(), QPointF(rect.left() + radius, rect.top()))
    path.lineTo(rect.right() - radius, rect.top())
    path.quadTo(rect.topRight(), QPointF(rect.right(), rect.top() + radius))
    path.lineTo(rect.bottomRight())
    path.closeSubpath()
    return path
