"""How alike two pictures are: 63 bits of each that survive another size, stronger compression and a turn.

Each bit says which way one of the lowest 63 frequencies of the picture swings (``desktop/media/likeness.py``), in the
place 8 × down + across. A picture that is turned or mirrored keeps its frequencies; only their ways and places
change, so that its bits can be told without the picture.
"""

from collections.abc import Iterator

MOST_DIFFERENT = 7
"""Pictures whose bits differ in so many places at most are called alike."""

BANDS, BAND_BITS = 4, 16
_BAND = (1 << BAND_BITS) - 1
_SIDE = 8


def _mask(is_odd_across: bool, is_odd_down: bool) -> int:
    """The bits whose sign turns when the picture is mirrored across, down, or both."""
    places = ((down, across) for down in range(_SIDE) for across in range(_SIDE))
    chosen = (
        _SIDE * down + across
        for down, across in places
        if ((across % 2) * is_odd_across + (down % 2) * is_odd_down) % 2
    )
    return sum(1 << place for place in chosen)


_MIRRORED = (0, _mask(True, False), _mask(False, True), _mask(True, True))


def distance(one: int, other: int) -> int:
    """In how many places the bits differ as they stand."""
    return (one ^ other).bit_count()


def views(bits: int) -> frozenset[int]:
    """The bits of the same picture in all eight ways in which it can be turned and mirrored."""
    return frozenset(kept ^ mask for kept in (bits, _transposed(bits)) for mask in _MIRRORED)


def least_distance(one: int, other: int) -> int:
    """In how many places the bits differ, whichever way either picture was turned."""
    return min(distance(view, other) for view in views(one))


def bands(bits: int) -> tuple[int, ...]:
    """The bits in four pieces."""
    return tuple(bits >> (BAND_BITS * number) & _BAND for number in range(BANDS))


def near_band(band: int) -> Iterator[int]:
    """The piece itself and those that differ from it in one bit.

    Of two pictures that differ in seven bits at most, one of the four pieces differs in one bit at most: whoever is
    looked for by these is found without comparing all pictures with each other.
    """
    yield band
    yield from (band ^ (1 << bit) for bit in range(BAND_BITS))


def _transposed(bits: int) -> int:
    """Down and across changed places."""
    found = 0
    for down in range(_SIDE):
        for across in range(_SIDE):
            if bits >> (_SIDE * down + across) & 1:
                found |= 1 << (_SIDE * across + down)
    return found
