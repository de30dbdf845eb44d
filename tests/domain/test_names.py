import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.names import display_name

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("现场照片1.jpg", "现场照片1.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\0b", "ab"),
        ("one\r\ntwo\tthree", "one  two three"),
        ("one\u2028two", "one two"),
        ("\ufeffBOM", "BOM"),
        ("old\udcd6name", "old\\udcd6name"),
        ("㛃𬭎䶮", "㛃𬭎䶮"),
        ("\x07\x1b", ""),
    ],
)
def test_a_foreign_name_is_shown_on_one_line_without_invisible_marks(name, shown):
    assert display_name(name) == shown


def test_a_long_name_is_cut_with_an_ellipsis():
    assert display_name("长" * 121) == "长" * 119 + "…"
    assert display_name("长" * 120) == "长" * 120
    assert display_name("abcdef", 3) == "ab…"
    assert display_name("a" + "\u200b" * 10**6 + "b", 10) == "a…"


@given(ANY_TEXT, st.integers(1, 60))
def test_what_is_shown_is_safe_whatever_came(name, limit):
    shown = display_name(name, limit)

    assert len(shown) <= limit
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    shown.encode("utf-8")
