"""A copy of a picture with marks drawn onto it: arrows, boxes, words, and covers. Runs inside the worker only.

Covers are painted in one colour, never blurred: what is blurred can be guessed. Nothing but pixels goes over into the
copy; the thumbnail and the position in the metadata would give away what was covered.
"""

import io
from collections.abc import Mapping
from math import hypot

from PIL import Image, ImageDraw, ImageFont

from desktop.datafiles import RESOURCES
from desktop.domain.canonical import Json
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
    marks_from_json,
)
from desktop.media.thumbnail import longest_side, upright

_QUALITY = 90
_FONTS = ("NotoSansSC-Bold.ttf", "LXGWWenKai-Regular.ttf")
_UNKNOWN = "\U0010ffff"
"""No font has it: what is drawn for it is what is drawn for every sign that a font lacks."""

Point = tuple[float, float]


def mark(data: bytes, options: Mapping[str, Json]) -> tuple[Json, bytes]:
    """Return [width, height] and a JPEG without metadata; ``marks`` are drawn in their order."""
    small = upright(data, longest_side(options), spare=1)[1]
    copy = Image.new("RGB", small.size)
    copy.paste(small)
    pen = ImageDraw.Draw(copy)
    for each in marks_from_json(options["marks"]):
        _draw(pen, each, copy.size)
    target = io.BytesIO()
    copy.save(target, "JPEG", quality=_QUALITY, exif=b"", icc_profile=None)
    _check_bare(target)
    return [copy.width, copy.height], target.getvalue()


def _draw(pen: ImageDraw.ImageDraw, each: Mark, size: tuple[int, int]) -> None:
    stroke = max(2, max(size) // STROKE_SHARE)
    match each.kind:
        case MarkKind.COVER:
            pen.rectangle(_outward(each, size), fill=BLACK)
        case MarkKind.BOX:
            box = _outward(each, size)
            # A white rim keeps red visible on red.
            rim = max(1, stroke // 2)
            pen.rectangle(_grown(box, rim), outline=WHITE, width=stroke + 2 * rim)
            pen.rectangle(box, outline=RED, width=stroke)
        case MarkKind.ARROW:
            _draw_arrow(pen, each, size, stroke)
        case MarkKind.TEXT:
            _draw_text(pen, each, size)


def _draw_arrow(pen: ImageDraw.ImageDraw, each: Mark, size: tuple[int, int], stroke: int) -> None:
    tail, tip = _point(each.x1, each.y1, size), _point(each.x2, each.y2, size)
    length = hypot(tip[0] - tail[0], tip[1] - tail[1]) or 1.0
    along = ((tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length)
    rim = max(1, stroke // 2)
    for colour, extra in ((WHITE, rim), (RED, 0)):
        head = HEAD_STROKES * stroke + 2.5 * extra
        neck = (tip[0] - along[0] * HEAD_STROKES * stroke, tip[1] - along[1] * HEAD_STROKES * stroke)
        pen.line((tail, neck), fill=colour, width=stroke + 2 * extra)
        pen.polygon(
            _head((tip[0] + along[0] * 1.5 * extra, tip[1] + along[1] * 1.5 * extra), along, head), colour
        )


def _head(tip: Point, along: Point, length: float) -> list[Point]:
    back = (tip[0] - along[0] * length, tip[1] - along[1] * length)
    aside = (-along[1] * length * 0.45, along[0] * length * 0.45)
    return [tip, (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1])]


def _draw_text(pen: ImageDraw.ImageDraw, each: Mark, size: tuple[int, int]) -> None:
    """Whole letters: a text that would leave the picture is moved in, and made smaller if it is wider than that."""
    height = max(12, max(size) // TEXT_SHARE)
    font = _font_for(each.text, height)
    while height > 8 and font.getlength(each.text) > size[0] * 0.98:
        height -= max(1, height // 10)
        font = _font_for(each.text, height)
    x, y = _point(each.x1, each.y1, size)
    x = max(0.0, min(x, size[0] - font.getlength(each.text) - height / 6))
    y = max(0.0, min(y, size[1] - height * 1.5))
    pen.text((x, y), each.text, fill=RED, font=font, stroke_width=max(1, height // 10), stroke_fill=WHITE)


def _font_for(text: str, height: int) -> ImageFont.FreeTypeFont:
    """The first font that has all of the signs; where none has, the last one."""
    for name in _FONTS:
        font = ImageFont.truetype(RESOURCES / "fonts" / name, height)
        lacking = bytes(font.getmask(_UNKNOWN))
        if all(sign.isspace() or bytes(font.getmask(sign)) != lacking for sign in set(text)):
            break
    return font


def _point(x: int, y: int, size: tuple[int, int]) -> Point:
    return x * size[0] / WHOLE, y * size[1] / WHOLE


def _outward(each: Mark, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Rounded outwards, so that no edge of what was to be covered stays."""
    left, top, right, bottom = each.box
    width, height = size
    return (
        left * width // WHOLE,
        top * height // WHOLE,
        -(-right * width // WHOLE),
        -(-bottom * height // WHOLE),
    )


def _grown(box: tuple[int, int, int, int], by: int) -> tuple[int, int, int, int]:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _check_bare(target: io.BytesIO) -> None:
    with Image.open(io.BytesIO(target.getvalue()), formats=("JPEG",)) as copy:
        if copy.getexif() or {"exif", "icc_profile", "comment", "xmp"} & set(copy.info):
            raise RuntimeError("the copy carries metadata")
