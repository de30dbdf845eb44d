"""A signature as a picture: drawn from its strokes, small, black on white. Runs inside the worker only."""

from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from desktop.domain.canonical import Json, decode
from desktop.domain.strokes import BOX_HEIGHT, BOX_WIDTH, FULL_PRESSURE, Stroke, strokes_from_json

_WIDTH, _HEIGHT = 500, 200
_FINER = 3
"""Drawn so many times larger and then reduced: the library draws lines without smooth edges."""
_THIN_PX, _THICK_PX = 2, 5


def draw_signature(data: bytes, _options: Mapping[str, Json]) -> tuple[Json, bytes]:
    """``data``: canonical JSON of the strokes. Returns the size and a PNG in grey."""
    page = Image.new("L", (_WIDTH * _FINER, _HEIGHT * _FINER), 255)
    pen = ImageDraw.Draw(page)
    for stroke in strokes_from_json(decode(data)):
        _draw(pen, stroke)
    out = BytesIO()
    page.resize((_WIDTH, _HEIGHT), Image.Resampling.BOX).save(out, "PNG", optimize=True)
    return [_WIDTH, _HEIGHT], out.getvalue()


def _draw(pen: ImageDraw.ImageDraw, stroke: Stroke) -> None:
    width_px, height_px = _WIDTH * _FINER - 1, _HEIGHT * _FINER - 1
    points = [(x * width_px // BOX_WIDTH, y * height_px // BOX_HEIGHT) for x, y, _ms, _pressure in stroke]
    widths = [_width(pressure) for *_place, pressure in stroke]
    for (here, there), width in zip(pairwise(points), widths[1:], strict=True):
        pen.line((here, there), fill=0, width=width)
    for (x, y), width in zip(points, widths, strict=True):
        # Round ends, so that no gap opens where a line turns.
        pen.ellipse((x - width // 2, y - width // 2, x + width // 2, y + width // 2), fill=0)


def _width(pressure: int) -> int:
    return (_THIN_PX * FULL_PRESSURE + (_THICK_PX - _THIN_PX) * pressure) * _FINER // FULL_PRESSURE
