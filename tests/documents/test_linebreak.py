import itertools

from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.linebreak import NO_END, NO_START, WORD_JOINER, break_lines

MARKS = "，。、；：！？）》”…—（《“￥%"
TEXTS = st.text(alphabet=st.sampled_from("督查室天气abcXYZ0129.- \n" + MARKS), max_size=120)
WIDTHS = st.integers(min_value=1, max_value=40)


def measure(char):
    """Full-width characters are two wide, the others one, a joiner nothing."""
    if char == WORD_JOINER:
        return 0
    return 2 if char >= "\u2e80" or (char in NO_START | NO_END and char > "\x7f") else 1


def width(text):
    return sum(map(measure, text))


def lines(text, room):
    return [line.text for line in break_lines(text, room, measure)]


@given(TEXTS, WIDTHS)
def test_nothing_is_lost_but_line_ends(text, room):
    assert "".join(lines(text, room)) == text.replace("\n", "")


@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_its_room_unless_it_is_one_character(text, room):
    for line in lines(text, room):
        shown = line.rstrip(" ")
        assert width(shown) <= room or len(shown) == 1


@given(TEXTS, WIDTHS)
def test_no_line_begins_with_a_closing_mark_where_another_break_was_possible(text, room):
    for paragraph in text.split("\n"):
        broken = lines(paragraph, room)
        for upper, lower in itertools.pairwise(broken):
            if lower[0] in NO_START or upper[-1] in NO_END:
                assert not any(breaks_well(upper + lower[0], at) for at in range(1, len(upper) + 1))


def breaks_well(text, at):
    return text[at] not in NO_START and text[at - 1] not in NO_END and text[at] != " "


@given(TEXTS, WIDTHS)
def test_only_the_end_of_a_paragraph_is_its_last_line(text, room):
    broken = break_lines(text, room, measure)

    assert sum(line.is_last for line in broken) == len(text.splitlines())


def test_punctuation_does_not_begin_a_line():
    assert lines("督查督查，督查", 8) == ["督查督", "查，督查"]


def test_opening_mark_does_not_end_a_line():
    assert lines("督查督《督查》", 8) == ["督查督", "《督查》"]


def test_double_marks_are_not_parted():
    assert lines("督查督——查", 8) == ["督查", "督——查"]


def test_words_and_numbers_stay_whole():
    assert lines("督查ABC-2026督查", 10) == ["督查", "ABC-2026督", "查"]


def test_word_longer_than_the_line_is_broken_where_the_line_ends():
    assert lines("督查abcdefghijklmnop", 10) == ["督查abcdef", "ghijklmnop"]


def test_unit_of_time_stays_with_its_number():
    assert lines("至11时05分", 9) == ["至11时", "05分"]


def test_spaces_hang_past_the_edge():
    assert lines("abcd efgh", 4) == ["abcd ", "efgh"]


def test_word_joiner_keeps_a_box_with_its_label():
    option = WORD_JOINER.join("□明查")

    assert lines(f"督查{option}", 8) == ["督查", option]


def test_empty_lines_are_kept():
    assert lines("督\n\n查", 8) == ["督", "", "查"]
    assert lines("", 8) == []


def test_line_of_marks_alone_is_broken_at_the_edge():
    assert lines("。。。。。", 4) == ["。。", "。。", "。"]


def test_thousands_of_a_number_are_not_parted():
    assert lines("共有1,234,567字节", 12) == ["共有", "1,234,567字", "节"]
