"""A copy of a picture with parts covered, to be given away. Runs inside the worker only.

The parts are painted over with one colour, never blurred: what is blurred can be guessed. Nothing but pixels goes
over into the copy; the thumbnail and the position in the metadata would give away what was covered.
"""

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

from desktop.domain.canonical import Json
from desktop.media.thumbnail import longest_side, upright

WHOLE = 1_000_000
"""Areas are given in millionths of width and height, from the upper left corner of the upright picture."""

_BLACK = (0, 0, 0)
_QUALITY = 90


def cover(data: bytes, options: Mapping[str, Json]) -> tuple[Json, bytes]:
    """Return [width, height] and a JPEG without metadata; ``areas``: [left, top, right, bottom] each."""
    small = upright(data, longest_side(options), spare=1)[1]
    copy = Image.new("RGB", small.size)
    copy.paste(small)
    pen = ImageDraw.Draw(copy)
    for area in _areas(options["areas"]):
        pen.rectangle(_pixels(area, copy.size), fill=_BLACK)
    target = io.BytesIO()
    copy.save(target, "JPEG", quality=_QUALITY, exif=b"", icc_profile=None)
    _check_bare(target)
    return [copy.width, copy.height], target.getvalue()


def _areas(value: Json) -> list[tuple[int, int, int, int]]:
    areas = []
    for row in value if isinstance(value, list) else [None]:
        match row:
            case [int(left), int(top), int(right), int(bottom)] if left <= right and top <= bottom:
                areas.append((left, top, right, bottom))
            case _:
                raise TypeError("not an area")
    return areas


def _pixels(area: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Rounded outwards, so that no edge of what was to be covered stays."""
    left, top, right, bottom = area
    width, height = size
    return (
        left * width // WHOLE,
        top * height // WHOLE,
        -(-right * width // WHOLE),
        -(-bottom * height // WHOLE),
    )


def _check_bare(target: io.BytesIO) -> None:
    with Image.open(io.BytesIO(target.getvalue()), formats=("JPEG",)) as copy:
        if copy.getexif() or {"exif", "icc_profile", "comment", "xmp"} & set(copy.info):
            raise RuntimeError("the copy carries metadata")
