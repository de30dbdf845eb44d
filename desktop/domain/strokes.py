"""Handwriting as it is signed: strokes of whole numbers in one fixed box, whatever screen they were written on."""

import itertools
from collections.abc import Sequence
from math import isqrt

from desktop.domain.canonical import Json

BOX_WIDTH, BOX_HEIGHT = 4000, 1600
FULL_PRESSURE = 1000
MOST_STROKES, MOST_POINTS = 300, 3000
LONGEST_MS = 3_600_000
_LEAST_LENGTH = BOX_WIDTH // 20
"""Along its lines a signature is at least this long: a dot, or a slip of the pen, is none."""

Point = tuple[int, int, int, int]
"""x and y from the upper left corner, milliseconds since the first point, pressure up to FULL_PRESSURE."""
Stroke = tuple[Point, ...]


def is_signature(strokes: Sequence[Stroke]) -> bool:
    """Whether somebody wrote: neither nothing nor a dot."""
    return sum(map(_length, strokes)) >= _LEAST_LENGTH


def strokes_from_json(value: Json) -> tuple[Stroke, ...]:
    """Read strokes that somebody else wrote down; raises ValueError for what does not lie in the box and bounds."""
    if not isinstance(value, list) or len(value) > MOST_STROKES:
        raise ValueError("not strokes")
    strokes = tuple(_stroke(each) for each in value)
    if sum(map(len, strokes)) > MOST_POINTS:
        raise ValueError("too many points")
    return strokes


def strokes_as_json(strokes: Sequence[Stroke]) -> list[Json]:
    return [[list(point) for point in stroke] for stroke in strokes]


def _stroke(value: Json) -> Stroke:
    if not isinstance(value, list) or not value:
        raise ValueError("not a stroke")
    return tuple(_point(each) for each in value)


def _point(value: Json) -> Point:
    match value:
        case [int(x), int(y), int(ms), int(pressure)]:
            limits = ((x, BOX_WIDTH), (y, BOX_HEIGHT), (ms, LONGEST_MS), (pressure, FULL_PRESSURE))
            # True and False are whole numbers to the language, and none to a signature.
            if all(type(number) is int and 0 <= number <= most for number, most in limits):
                return x, y, ms, pressure
    raise ValueError("not a point")


def _length(stroke: Stroke) -> int:
    pairs = itertools.pairwise(stroke)
    return sum(isqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) for a, b in pairs)
