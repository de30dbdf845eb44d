"""Bits of a picture that tell whether another one may be the same scene. Runs inside the worker only.

A perceptual hash: the picture in 32 × 32 shades of grey, of its cosine transform the lowest 8 × 8 frequencies without
the mean, and of each its sign. Unlike bits that compare with a median, signs follow a turned picture exactly.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import cos, pi

from PIL import Image

from desktop.domain.canonical import Json
from desktop.media.thumbnail import upright

_SIDE, _KEPT = 32, 8
_DECODED_SIDE = 256
_LEAST_SWING = 2.0
"""A sheet of one colour has no scene: what is left of it are the errors of its compression."""


def likeness(data: bytes, _options: Mapping[str, Json]) -> tuple[Json, bytes]:
    """Return the bits as 16 hex digits, empty for a picture in which nothing is to be seen."""
    small = upright(data, _DECODED_SIDE, spare=1)[1]
    return likeness_of(small), b""


def likeness_of(picture: Image.Image) -> str:
    gray = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    shades = gray.tobytes()
    rows = [_frequencies(shades[start : start + _SIDE]) for start in range(0, len(shades), _SIDE)]
    columns = [_frequencies([row[across] for row in rows]) for across in range(_KEPT)]
    swings = [columns[across][down] for down in range(_KEPT) for across in range(_KEPT)][1:]
    if max(map(abs, swings)) < _LEAST_SWING:
        return ""
    return f"{sum(1 << place for place, swing in enumerate(swings, 1) if swing > 0):016x}"


def _frequencies(values: Sequence[float]) -> list[float]:
    """The lowest eight of a row or column, each scaled so that a full swing has the size of a shade."""
    return [
        sum(value * weight for value, weight in zip(values, weights, strict=True)) / _SIDE
        for weights in _waves()
    ]


@cache
def _waves() -> tuple[tuple[float, ...], ...]:
    return tuple(
        tuple(cos(pi * (2 * place + 1) * frequency / (2 * _SIDE)) for place in range(_SIDE))
        for frequency in range(_KEPT)
    )
