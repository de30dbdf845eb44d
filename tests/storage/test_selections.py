"""Choosing what to send: entries by node and record, and what waits for whom."""

import pytest

from desktop.domain.entry import Owner
from desktop.storage.held_entries import evidence_without_object, held_by_node, objects_wanted_from
from desktop.storage.object_table import (
    want_objects,
)
from desktop.storage.records import find_record, find_row, json_value
from desktop.storage.selections import (
    entries_of_node,
    entries_of_records,
    facts_about_imports,
    in_package_order,
    load_chosen,
)
from desktop.storage.visit_list import children_of, records_of_entries, records_of_types, visits_held_by
from tests.domain.pen import ANNA, BERT, OFFICE, PHOTO, VISIT, Pen, custody, seen
from tests.storage.databases import make_database, merge

HASH = "a" * 64


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


@pytest.fixture(autouse=True)
def story(db):
    """The office assigns a visit to anna, who adds a photo; bert writes what he may not."""
    office, anna, bert = Pen(OFFICE), Pen(ANNA), Pen(BERT)
    visit = office.write(VISIT, "visit", custody(ANNA), home=OFFICE)
    photo = anna.write(
        PHOTO,
        "evidence",
        {"original": {"sha256": HASH, "size": 5}},
        home=OFFICE,
        owner=Owner(VISIT, seen(visit)),
    )
    stolen = bert.write(VISIT, "visit", {"answer/1": {"facts": "不是我的"}}, seen(visit))
    merge(db, visit, photo, stolen)
    return visit, photo, stolen


def test_entries_are_chosen_by_node_and_by_record_in_the_order_of_a_package(db, story):
    visit, photo, stolen = (signed.entry.hash for signed in story)

    by_node = entries_of_node(db, ANNA)
    by_record = entries_of_records(db, [VISIT, VISIT])
    together = in_package_order(by_node, by_record, by_node)

    assert [chosen.hash for chosen in by_node] == [photo]
    assert {chosen.hash for chosen in by_record} == {visit, stolen}
    assert together == sorted({*by_node, *by_record}, key=lambda c: (c.stream, c.seq, c.hash))
    assert facts_about_imports(db) == []


def test_chosen_entries_come_back_as_their_authors_made_them(db, story):
    chosen = in_package_order(entries_of_records(db, [VISIT, PHOTO]))

    loaded = {signed.entry.hash: signed for signed in load_chosen(db, chosen)}

    assert {digest: signed.data for digest, signed in loaded.items()} == {
        signed.entry.hash: signed.data for signed in story
    }
    assert loaded[story[1].entry.hash].parts == story[1].parts


def test_a_withheld_part_is_left_out_and_the_entry_stays(db, story):
    withheld = frozenset({("evidence", "original")})

    (photo,) = load_chosen(db, entries_of_node(db, ANNA), withheld)

    assert photo.parts["original"].data is None
    assert photo.data == story[1].data


def test_more_than_one_batch_is_read(db, monkeypatch):
    monkeypatch.setattr("desktop.storage.selections._BATCH", 2)
    pen = Pen(OFFICE)
    units = [f"01900000-0000-7000-9000-{n:012}" for n in range(5)]
    merge(db, *[pen.write(unit, "unit", {"facts": {"name": unit}}, home=OFFICE) for unit in units])

    loaded = list(load_chosen(db, entries_of_records(db, units)))

    assert [signed.entry.record_id for signed in loaded] == units


def test_held_entries_and_wanted_objects_are_named_by_their_author(db, story):
    _visit, _photo, stolen = story

    assert held_by_node(db, BERT) == (stolen.entry.hash,)
    assert held_by_node(db, ANNA) == ()
    assert evidence_without_object(db) == [(HASH, 5)]
    want_objects(db, evidence_without_object(db))
    assert evidence_without_object(db) == []
    assert (objects_wanted_from(db, ANNA), objects_wanted_from(db, BERT)) == ((HASH,), ())


def test_visits_their_children_and_types_are_found(db):
    assert visits_held_by(db, ANNA) == ([VISIT], [])
    assert visits_held_by(db, BERT) == ([], [])
    assert children_of(db, [VISIT]) == [PHOTO]
    assert records_of_types(db, ["evidence", "unit"]) == [PHOTO]
    chosen = entries_of_records(db, [VISIT, PHOTO])
    assert records_of_entries(db, [entry.id for entry in chosen], "visit") == [VISIT]


def test_a_record_tells_its_state_and_its_row(db):
    state = find_record(db, PHOTO)
    row = find_row(db, "evidence", PHOTO)

    assert (state.type, state.owner_id, state.is_deleted, state.is_empty) == (
        "evidence",
        VISIT,
        False,
        False,
    )
    assert (row["sha256"], json_value(row, "observations", [])) == (HASH, [])
    assert json_value(find_row(db, "visit", VISIT), "holders", None) == [ANNA]
    assert find_record(db, "nothing") is None
    assert find_row(db, "visit", "nothing") is None
