import pytest

from desktop.domain.marks import (
    ANNOTATED,
    COVERED,
    MOST_MARKS,
    WHOLE,
    Mark,
    MarkKind,
    bounded,
    derivation_kind,
    marks_as_json,
    marks_from_json,
)

ARROW = Mark(MarkKind.ARROW, 1, 2, 3, 4)
BOX = Mark(MarkKind.BOX, 30, 40, 10, 20)
WORDS = Mark(MarkKind.TEXT, 5, 6, 5, 6, "窗口空岗")
COVER = Mark(MarkKind.COVER, 0, 0, WHOLE, WHOLE)


def test_steps_come_back_as_they_were_drawn():
    marks = (ARROW, BOX, WORDS, COVER)

    assert marks_from_json(marks_as_json(marks)) == marks
    assert marks_as_json([ARROW]) == [{"do": "arrow", "at": [1, 2, 3, 4]}]


@pytest.mark.parametrize(
    "steps",
    [
        None,
        {},
        [],
        [None],
        [{"do": "blur", "at": [0, 0, 1, 1]}],
        [{"do": "box", "at": [0, 0, 1]}],
        [{"do": "box", "at": [0, 0, 1.5, 1]}],
        [{"do": "box", "at": [0, 0, 1, WHOLE + 1]}],
        [{"do": "box", "at": [0, 0, 0, 1]}],
        [{"do": "text", "at": [0, 0, 0, 0], "text": 7}],
        [{"do": "text", "at": [0, 0, 0, 0]}],
        [{"do": "text", "at": [0, 0, 0, 0], "text": "照片\u202egpj"}],
        [{"do": "text", "at": [0, 0, 0, 0], "text": "长" * 61}],
        [{"do": "arrow", "at": [0, 0, 1, 1], "text": "words"}],
        [{"do": "arrow", "at": [0, 0, 1, 1]}] * (MOST_MARKS + 1),
    ],
)
def test_steps_that_this_program_would_not_write_are_refused(steps):
    with pytest.raises(ValueError, match="not"):
        marks_from_json(steps)


def test_marks_are_kept_within_the_picture_and_their_words_on_one_line():
    mark = bounded(Mark(MarkKind.TEXT, -5, 7, WHOLE + 1, 7, "一\n二\u202e三"))

    assert mark == Mark(MarkKind.TEXT, 0, 7, WHOLE, 7, "一 二三")
    assert bounded(Mark(MarkKind.BOX, 0, 0, 1, 1, "no words")).text == ""


def test_what_would_not_be_seen_is_empty():
    empty = [
        Mark(MarkKind.BOX, 1, 1, 1, 9),
        Mark(MarkKind.ARROW, 1, 1, 1, 1),
        Mark(MarkKind.TEXT, 1, 1, 1, 1),
        Mark(MarkKind.COVER, 1, 1, 9, 1),
    ]

    assert all(mark.is_empty for mark in empty)
    assert not any(mark.is_empty for mark in (ARROW, BOX, WORDS, COVER))
    assert not Mark(MarkKind.ARROW, 1, 1, 1, 9).is_empty


def test_a_box_has_its_corners_in_order_wherever_it_was_begun():
    assert BOX.box == (10, 20, 30, 40)


def test_one_cover_makes_a_covering():
    assert derivation_kind([ARROW, WORDS]) == ANNOTATED
    assert derivation_kind([ARROW, COVER]) == COVERED
