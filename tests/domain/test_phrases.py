import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.datafiles import RESOURCES
from desktop.domain.phrases import MAX_PHRASES, Expansion, Phrase, checked_phrases, expand
from desktop.errors import UserError

PHRASES = (Phrase("kg", "空岗"), Phrase("kg1", "空岗一"), Phrase("kg", "本人的空岗", is_own=True))


def test_the_code_before_the_cursor_gives_way_to_its_phrase_and_own_phrases_win():
    assert expand(PHRASES, "二楼kg") == Expansion(2, "本人的空岗")
    assert expand(PHRASES, "KG1") == Expansion(3, "空岗一")


@pytest.mark.parametrize("before", ["", "kg ", "xkg", "二楼", "kg。"])
def test_what_is_no_code_stays_as_it_is(before):
    assert expand(PHRASES, before) is None


@settings(max_examples=60)
@given(st.text(max_size=30))
def test_an_expansion_never_takes_more_than_was_typed(before):
    found = expand(PHRASES, before)

    assert found is None or before[len(before) - found.typed :].lower() in ("kg", "kg1")


def test_phrases_are_kept_in_the_order_of_their_codes():
    kept = checked_phrases([Phrase("zz", " 二 "), Phrase("AB1", "一")])

    assert kept == (Phrase("ab1", "一", is_own=True), Phrase("zz", "二", is_own=True))


@pytest.mark.parametrize(
    "phrases",
    [
        [Phrase("", "x")],
        [Phrase("1a", "x")],
        [Phrase("空", "x")],
        [Phrase("a", " ")],
        [Phrase("a", "x" * 501)],
        [Phrase("a", "x"), Phrase("A", "y")],
        [Phrase(f"a{n}", "x") for n in range(MAX_PHRASES + 1)],
    ],
)
def test_a_phrase_that_cannot_be_used_is_refused(phrases):
    with pytest.raises(UserError):
        checked_phrases(phrases)


def test_the_phrases_of_the_program_can_be_used():
    rows = json.loads((RESOURCES / "phrases.json").read_text(encoding="utf-8"))

    assert len(checked_phrases([Phrase(row["code"], row["text"]) for row in rows])) == len(rows) >= 20
