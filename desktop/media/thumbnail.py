"""Small pictures for lists and forms, and large ones to be looked at. Runs inside the worker only."""

import io
from collections.abc import Mapping

from PIL import Image

from desktop.domain.canonical import Json
from desktop.media.metadata import orientation_of
from desktop.media.pictures import load_pixels, open_picture

LIST_SIDE = 320
PRINT_SIDE = 1600
"""Longest sides in pixels: for lists on the screen, and for a photo of half a page in print."""

_QUALITY = 82
_WHITE = (255, 255, 255)

_UPRIGHT: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})


def thumbnail(data: bytes, options: Mapping[str, Json]) -> tuple[Json, bytes]:
    """Return [width, height] and a JPEG of the first frame, upright, without any metadata.

    ``longest_side`` in pixels; a smaller picture is not enlarged.
    """
    small = upright(data, longest_side(options), spare=2)[1]
    target = io.BytesIO()
    small.save(target, "JPEG", quality=_QUALITY, exif=b"", icc_profile=None)
    return [small.width, small.height], target.getvalue()


def view(data: bytes, options: Mapping[str, Json]) -> tuple[Json, bytes]:
    """Return [width, height of the picture, width, height of what is returned] and pixels of 3 bytes, row by row.

    The first frame, upright. Bare pixels need no decoder where they are shown.
    """
    whole, small = upright(data, longest_side(options), spare=1)
    return [*whole, small.width, small.height], small.tobytes()


def longest_side(options: Mapping[str, Json]) -> int:
    side = options["longest_side"]
    if not isinstance(side, int):
        raise TypeError("longest_side is not a whole number")
    return side


def upright(data: bytes, side: int, spare: int) -> tuple[tuple[int, int], Image.Image]:
    """The size of the first frame as it is meant to be seen, and its pixels, no longer than ``side``.

    ``spare``: how many times ``side`` a JPEG is decoded at, at least; twice is smoother, once takes less memory.
    """
    with open_picture(data) as picture:
        orientation = orientation_of(picture)
        width, height = picture.size
        # A JPEG is decoded at a half, a quarter or an eighth, whatever is still large enough.
        picture.draft(None, (spare * side, spare * side))
        load_pixels(picture)
        small = _as_rgb(picture, side)
    if orientation in _UPRIGHT:
        small = small.transpose(_UPRIGHT[orientation])
    whole = (height, width) if orientation in _ON_ITS_SIDE else (width, height)
    return whole, small


def _as_rgb(picture: Image.Image, side: int) -> Image.Image:
    """Reduce first, then convert what is left; transparent pixels become white."""
    if picture.mode in ("P", "PA", "1"):
        picture = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
    elif picture.mode.startswith("I") or picture.mode == "F":
        picture = _as_gray(picture)
    small = picture.copy()
    small.thumbnail((side, side), reducing_gap=2.0)
    if small.has_transparency_data:
        small = small.convert("RGBA")
        ground = Image.new("RGBA", small.size, (*_WHITE, 255))
        small = Image.alpha_composite(ground, small)
    return _bare(small.convert("RGB"))


def _as_gray(picture: Image.Image) -> Image.Image:
    """Scans of 16 and more bits: spread what is there over 256 steps, as a plain conversion would cut it off."""
    lowest, highest = picture.getextrema()
    if not isinstance(lowest, int | float) or not isinstance(highest, int | float) or highest <= lowest:
        return picture.convert("L")
    scale = 255 / (highest - lowest)
    return picture.convert("F").point(lambda value: value * scale - lowest * scale).convert("L")


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone: a copy would carry profiles and comments along."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare
