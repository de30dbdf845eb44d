"""Text on a terminal: widths are cells, a Chinese character takes two."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.cli.columns import in_columns, width, wrapped


def test_a_chinese_character_takes_two_cells_and_a_combining_mark_none():
    assert width("明察 OK") == 7
    assert width("e\u0301") == 1


def test_columns_begin_below_each_other():
    lines = in_columns([["名次", "单位", "分"], ["1", "澄湖区", "95.00"]]).splitlines()

    assert [width(line[: line.index(word)]) for line, word in zip(lines, ["分", "95"], strict=True)] == [
        14,
        14,
    ]


def test_control_characters_of_foreign_names_do_not_reach_the_terminal():
    assert in_columns([["a\x1b[31mb\u202e.jpg", "x\ny"]]) == "a[31mb.jpg  x y"


def test_nothing_has_no_columns():
    assert in_columns([]) == ""


def test_chinese_is_broken_between_characters_but_never_before_punctuation():
    assert wrapped("工作库已恢复，此后继续。", 12) == ["工作库已恢", "复，此后继", "续。"]


def test_a_word_is_not_broken():
    assert wrapped("未指定时取 MINGCHA_PASSPHRASE。", 20) == ["未指定时取", "MINGCHA_PASSPHRASE。"]


@given(st.text(st.sampled_from("明察ab ，。“”（）-_/"), max_size=60), st.integers(8, 30))
def test_wrapping_loses_nothing_but_blanks_and_keeps_to_the_width(text, cells):
    lines = wrapped(text, cells)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= cells for line in lines if len(line.split()) > 1)
