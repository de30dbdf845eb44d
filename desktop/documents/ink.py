"""Draws handwriting as lines, thicker where the pen was pressed."""

from itertools import groupby, pairwise

from reportlab.pdfgen.canvas import Canvas

from desktop.documents.picture import Ink
from desktop.domain.strokes import BOX_WIDTH, FULL_PRESSURE, Point

_THIN, _THICK = 0.5, 1.5
_STEPS = 5
"""Widths that are told apart: a line whose width does not change is drawn in one go."""


def draw_ink(canvas: Canvas, ink: Ink, left: float, lower: float) -> None:
    """``left`` and ``lower``: the corner of its box on the page."""
    scale = ink.width / BOX_WIDTH
    canvas.saveState()
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeGray(0)
    for stroke in ink.strokes:
        # A dot is a line that goes nowhere; its round ends show it.
        pairs = list(pairwise(stroke)) or [(stroke[0], stroke[0])]
        for width, run in groupby(pairs, key=lambda pair: _width(pair[1])):
            places = [
                (left + x * scale, lower + ink.height - y * scale) for x, y, *_more in _points(list(run))
            ]
            canvas.setLineWidth(width)
            path = canvas.beginPath()
            path.moveTo(*places[0])
            for place in places[1:]:
                path.lineTo(*place)
            canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


def _points(run: list[tuple[Point, Point]]) -> list[Point]:
    return [run[0][0], *(there for _here, there in run)]


def _width(point: Point) -> float:
    step = point[3] * _STEPS // (FULL_PRESSURE + 1)
    return _THIN + (_THICK - _THIN) * step / (_STEPS - 1)
