"""S24 名次: 1, 2, 2, 4; the largest figure comes first."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Figures = Sequence[Fraction] | Sequence[Decimal]


def ranks(figures: Figures) -> tuple[int, ...]:
    return tuple(rank_of(figures, index) for index in range(len(figures)))


def rank_of(figures: Figures, index: int) -> int:
    return 1 + sum(figure > figures[index] for figure in figures)


def average_rank(figures: Figures, index: int) -> Fraction:
    """Return the mean of the places that those with an equal figure fill together."""
    equal = sum(figure == figures[index] for figure in figures)
    return rank_of(figures, index) + Fraction(equal - 1, 2)
