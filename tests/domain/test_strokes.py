import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.canonical import decode, encode
from desktop.domain.strokes import (
    BOX_HEIGHT,
    BOX_WIDTH,
    FULL_PRESSURE,
    LONGEST_MS,
    MOST_POINTS,
    MOST_STROKES,
    is_signature,
    strokes_as_json,
    strokes_from_json,
)

LINE = ((100, 800, 0, 500), (900, 700, 120, 700))
POINTS = st.tuples(
    st.integers(0, BOX_WIDTH),
    st.integers(0, BOX_HEIGHT),
    st.integers(0, LONGEST_MS),
    st.integers(0, FULL_PRESSURE),
)
STROKES = st.lists(st.lists(POINTS, min_size=1, max_size=20).map(tuple), max_size=10).map(tuple)


@given(STROKES)
def test_strokes_are_read_back_as_they_were_written(strokes):
    assert strokes_from_json(decode(encode(strokes_as_json(strokes)))) == strokes


@pytest.mark.parametrize("strokes", [(), (((5, 5, 0, 1000),),), (((5, 5, 0, 1000), (9, 9, 4, 1000)),) * 9])
def test_099_nothing_a_dot_and_a_slip_of_the_pen_are_no_signature(strokes):
    assert not is_signature(strokes)


def test_a_line_is_a_signature():
    assert is_signature((LINE,))


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"strokes": []},
        [[]],
        ["line"],
        [[[1, 2, 3]]],
        [[[1, 2, 3, "4"]]],
        [[[True, 2, 3, 4]]],
        [[[-1, 2, 3, 4]]],
        [[[BOX_WIDTH + 1, 2, 3, 4]]],
        [[[1, BOX_HEIGHT + 1, 3, 4]]],
        [[[1, 2, LONGEST_MS + 1, 4]]],
        [[[1, 2, 3, FULL_PRESSURE + 1]]],
        [[[1, 2, 3, 4]]] * (MOST_STROKES + 1),
        [[[1, 2, 3, 4]] * (MOST_POINTS + 1)],
    ],
)
def test_what_does_not_lie_in_the_box_and_the_bounds_is_refused(value):
    with pytest.raises(ValueError, match=r"point|stroke"):
        strokes_from_json(value)
