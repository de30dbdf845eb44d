import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.padme import padded_size


@pytest.mark.parametrize(
    ("size", "padded"),
    [(0, 0), (1, 1), (2, 2), (9, 10), (1000, 1024), (10_000, 10_240), (1_000_000, 1_015_808), (2**32, 2**32)],
)
def test_published_examples(size, padded):
    assert padded_size(size) == padded


@given(st.integers(0, 2**40))
def test_size_grows_by_at_most_an_eighth_and_padding_again_changes_nothing(size):
    padded = padded_size(size)

    assert size <= padded <= size * 1.125
    assert padded_size(padded) == padded


@given(st.integers(0, 2**31))
def test_whole_blocks_stay_whole_blocks(blocks):
    assert padded_size(blocks * 512) % 512 == 0
