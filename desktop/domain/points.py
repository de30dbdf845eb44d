"""Points: exact arithmetic, rounding once, and how figures are shown on paper and stored.

Everything between the input and the published figure is a Fraction. A quotient cut to 28 digits would already be
wrong: 1.005 ÷ 7 × 7 comes back as 1.00499… and is published as 1.00.
"""

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Exact = Fraction | Decimal | int

STORED_PER_POINT = 10_000
SHOWN_PLACES = 6
MAX_DIGITS = 15
MAX_PLACES = 10
_NUMBER = re.compile(rf"[+-]?[0-9]{{1,{MAX_DIGITS}}}(\.[0-9]{{1,{MAX_PLACES}}})?")


class Rounding(StrEnum):
    """How a published figure is rounded; HALF_EVEN is 四舍六入五留双 of GB/T 8170."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


def parse_number(value: object) -> Fraction:
    """Return a JSON number (int or Decimal) or its text exactly; raises ValueError for everything else.

    The size is bounded, because 1e999999999 is a short text and an endless integer.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**MAX_DIGITS:
            raise ValueError("out of range")
        return Fraction(value)
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -MAX_PLACES or value.adjusted() >= MAX_DIGITS:
            raise ValueError("out of range")
        return Fraction(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Fraction(value)
    raise ValueError("not a number")


def rounded(value: Fraction, places: int = 2, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """Round once; halves go away from zero, or to the even neighbour."""
    scaled = abs(value) * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    is_up = twice > scaled.denominator or (
        twice == scaled.denominator and (rounding is Rounding.HALF_UP or whole % 2 == 1)
    )
    whole += is_up
    return Decimal((int(value < 0 < whole), tuple(int(digit) for digit in str(whole)), -places))


def show(value: Exact) -> str:
    """Write a figure in its shortest form with at most SHOWN_PLACES places, with a true minus sign."""
    text = f"{rounded(Fraction(value), SHOWN_PLACES):f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def term(value: Exact) -> str:
    """``show`` for a figure that follows a sign of arithmetic: a negative one stands in brackets."""
    return f"({show(value)})" if value < 0 else show(value)


def equals(value: Exact) -> str:
    """Write ``=value``, or ``≈value`` where the figure shown is shortened."""
    exact = Fraction(value)
    sign = "=" if Fraction(rounded(exact, SHOWN_PLACES)) == exact else "≈"
    return f"{sign}{show(exact)}"


def published(value: Fraction, score: Decimal) -> str:
    """Write how an expression ends in its published figure: ``=27.40``, ``=90.625≈90.63`` or ``≈87.57``."""
    if value == Fraction(score):
        return f"={score}"
    whole = equals(value)
    return f"{whole}≈{score}" if whole.startswith("=") else f"≈{score}"


def quotient(a: Exact, b: Exact) -> tuple[str, str]:
    """Return the step ``a÷b=c`` and how the next step writes c.

    Where c does not end, the next step repeats a÷b, so that whoever checks it by hand gets the same figure.
    """
    whole = equals(Fraction(a) / Fraction(b))
    expression = f"{show(a)}÷{term(b)}"
    return f"{expression}{whole}", whole[1:] if whole.startswith("=") else expression


def to_stored(points: Decimal) -> int:
    """Return integers of 1/10000 point; raises ValueError for a figure that is finer."""
    stored = Fraction(points) * STORED_PER_POINT
    if stored.denominator != 1:
        raise ValueError("finer than 1/10000 point")
    return stored.numerator


def from_stored(stored: int) -> Decimal:
    """Return the points behind ``to_stored``, with at least two places."""
    points = rounded(Fraction(stored, STORED_PER_POINT), 4)
    return rounded(Fraction(points)) if stored % 100 == 0 else points
