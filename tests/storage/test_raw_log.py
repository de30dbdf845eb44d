"""Reading the log as it is stored: for verification, for counting, for undoing."""

from dataclasses import replace

import pytest

from desktop.domain.ancestry import Span
from desktop.storage.chains import stored_entries
from desktop.storage.contents import count_contents, have_vector
from desktop.storage.stream_heads import count_later_entries, heads_of_node
from tests.domain.pen import ANNA, BERT, OFFICE, VISIT, Pen, custody, seen
from tests.storage.databases import make_database, merge


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def test_contents_are_counted_and_gaps_end_what_is_had(db):
    pen = Pen(ANNA)
    first = pen.visit({"answer/1": {"facts": "一"}, **custody(ANNA)}, home=OFFICE)
    second = pen.visit({"answer/1": {"facts": "二"}}, seen(first))
    third = pen.visit({"answer/2": {"facts": "三"}}, seen(second))
    merge(db, first, third)
    assert have_vector(db) == {first.entry.stream: 1}
    counts = count_contents(db)
    assert (counts.entries, counts.records["visit"], counts.forked_streams) == (2, 1, 0)

    merge(db, second)
    assert have_vector(db) == {first.entry.stream: 3}


def test_a_stream_whose_beginning_is_missing_is_not_had(db):
    pen = Pen(ANNA)
    pen.visit()
    merge(db, pen.write(VISIT, "visit", {"answer/1": {"facts": "一"}}, {}))

    assert have_vector(db) == {}


def test_raw_entries_come_by_stream_and_number_with_their_parts(db):
    entry = Pen(ANNA).visit({"answer/1": {"facts": "一"}})
    merge(db, entry)

    (stored,) = stored_entries(db)

    assert (stored.stream, stored.seq, stored.hash) == (
        entry.entry.stream,
        1,
        entry.entry.hash,
    )
    assert stored.data == entry.data
    assert stored.wrong_parts() == []
    named = next(iter(stored.parts))
    assert replace(stored, parts={"strange": stored.parts[named]}).wrong_parts() == ["strange"]
    changed = replace(stored.parts[named], data=b"{}")
    assert replace(stored, parts={named: changed}).wrong_parts() == [named]


def test_the_heads_of_a_node_are_the_ends_of_its_streams(db):
    pen = Pen(ANNA)
    merge(db, pen.visit())
    last = pen.write(VISIT, "visit", {"answer/1": {"facts": "一"}}, {})
    merge(db, last)

    assert heads_of_node(db, ANNA) == {last.entry.stream: (2, last.entry.hash)}
    assert heads_of_node(db, BERT) == {}


def test_what_others_wrote_on_top_is_counted(db):
    visit = Pen(ANNA).visit()
    merge(db, visit)
    span = Span(visit.entry.stream, 1, 1, visit.entry.hash)
    assert count_later_entries(db, [span]) == 0

    office = Pen(OFFICE)
    merge(db, office.write(VISIT, "visit", {"review": {"remark": "好"}}, seen(visit)))
    merge(db, Pen(BERT).write(VISIT, "visit", {"answer/1": {"facts": "一"}}, {}))

    assert count_later_entries(db, [span]) == 1
