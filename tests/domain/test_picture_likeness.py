from random import Random

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.picture_likeness import (
    BAND_BITS,
    MOST_DIFFERENT,
    bands,
    distance,
    least_distance,
    near_band,
    views,
)

BITS = st.integers(0, (1 << 64) - 1).map(lambda bits: bits & ~1)


def test_distance_counts_the_places_that_differ():
    assert distance(0b1011, 0b0010) == 2


@given(BITS)
def test_a_picture_has_eight_views_and_each_of_them_has_the_same(bits):
    assert bits in views(bits)
    assert len(views(bits)) <= 8
    assert all(views(view) == views(bits) for view in views(bits))


@given(BITS, BITS)
def test_the_least_distance_is_the_same_from_both_sides(one, other):
    assert least_distance(one, other) == least_distance(other, one) <= distance(one, other)


@given(BITS, st.sets(st.integers(1, 63), max_size=MOST_DIFFERENT))
def test_of_two_that_are_alike_one_piece_differs_in_one_bit_at_most(bits, changed):
    other = bits ^ sum(1 << place for place in changed)

    assert any(theirs in set(near_band(ours)) for ours, theirs in zip(bands(bits), bands(other), strict=True))


def test_pictures_that_have_nothing_in_common_are_far_from_each_other():
    random = Random(7)
    first, *others = (random.getrandbits(64) & ~1 for _each in range(2000))

    assert min(least_distance(first, other) for other in others) > MOST_DIFFERENT


def test_four_pieces_make_up_the_bits():
    assert bands(0x0123456789ABCDEE) == (0xCDEE, 0x89AB, 0x4567, 0x0123)
    assert len(set(near_band(5))) == BAND_BITS + 1
