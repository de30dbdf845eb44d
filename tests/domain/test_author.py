import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.author import FURTHEST_AHEAD_MS, Author, Statement, followed, ticked
from desktop.domain.canonical import NotCanonicalError
from desktop.domain.entry import Kind, Owner, decode_entry, part_hash
from tests.domain.pen import ANNA, OFFICE, PHOTO, VISIT, Pen

READINGS = st.tuples(st.integers(0, 2**41), st.integers(0, 9))


def test_entries_of_one_author_form_a_chain():
    pen = Pen(ANNA)

    first, second = pen.visit(home=OFFICE), pen.visit()

    assert (first.entry.seq, first.entry.prev) == (1, None)
    assert (second.entry.seq, second.entry.prev) == (2, first.entry.hash)
    assert pen.author.head == (2, second.entry.hash)


def test_an_author_goes_on_where_the_stream_ended():
    author = Author(f"{ANNA}.{'0' * 16}", (7, "f" * 64), (5000, 2), "p", "组长", lambda: 4000)

    signed = author.write(Statement(Kind.LOG))

    assert (signed.entry.seq, signed.entry.prev, signed.entry.hlc) == (8, "f" * 64, (5000, 3))
    assert (signed.entry.node, signed.entry.by, signed.entry.role) == (ANNA, "p", "组长")


def test_what_is_written_is_what_is_read_from_its_bytes():
    signed = Pen(ANNA).write(
        PHOTO,
        "evidence",
        {"note": {"caption": "消防通道"}},
        {f"{OFFICE}.{'0' * 16}": ((1, "e" * 64), (1, "f" * 64))},
        home=OFFICE,
        owner=Owner(VISIT, {}),
        is_delete=False,
    )

    assert decode_entry(signed.data) == signed.entry
    assert decode_entry(signed.data).hash == signed.entry.hash
    assert signed.parts["note"].value == {"caption": "消防通道"}


def test_equal_contents_have_different_hashes():
    pen = Pen(ANNA)

    one, two = (pen.visit({"header": {"remark": "无"}}) for _ in range(2))

    assert one.parts["header"].data == two.parts["header"].data
    assert one.entry.parts["header"] != two.entry.parts["header"]
    assert one.entry.parts["header"] == part_hash(one.parts["header"].salt, one.parts["header"].data)


def test_a_value_without_canonical_form_is_not_written_and_leaves_the_chain_alone():
    pen = Pen(ANNA)

    with pytest.raises(NotCanonicalError):
        pen.visit({"header": {"score": 0.5}})
    assert pen.author.head is None


@given(READINGS, st.integers(0, 2**41))
def test_the_clock_of_entries_never_stands_or_goes_back(last, now_ms):
    assert ticked(last, now_ms) > last
    assert ticked(last, now_ms)[0] >= now_ms


def test_the_clock_follows_a_foreign_one_unless_it_is_more_than_a_day_ahead():
    now_ms = 1_000_000

    assert followed((now_ms, 3), (now_ms + 500, 0), now_ms) == (now_ms + 500, 0)
    assert followed((now_ms, 3), (now_ms - 500, 9), now_ms) == (now_ms, 3)
    assert followed((now_ms, 3), (now_ms + FURTHEST_AHEAD_MS, 0), now_ms)[0] == now_ms + FURTHEST_AHEAD_MS
    assert followed((now_ms, 3), (now_ms + FURTHEST_AHEAD_MS + 1, 0), now_ms) == (now_ms, 3)
