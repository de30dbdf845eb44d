"""Merging into a database that is empty again afterwards, and comparing what it says with the oracle."""

import json
from contextlib import contextmanager

from tests.domain.pen import OFFICE, OTHER_OFFICE
from tests.storage.databases import merge, rows, state_of
from tests.storage.merge_oracle import Oracle
from tests.storage.merge_script import FIELD_OF

OFFICES = (OFFICE, OTHER_OFFICE)
COLUMN_OF = {
    "plan": "planned_on",
    "header": "remark",
    "review": "review_remark",
    "note": "caption",
    "original": "name",
    "metadata": "status",
}
PARTS_OF_TYPE = {"visit": ("plan", "header", "review"), "evidence": ("note", "original", "metadata")}


def shuffled(items, dice):
    items = list(items)
    dice.shuffle(items)
    return items


@contextmanager
def emptied(db):
    """The database with no entries; one transaction that is undone at the end."""
    db.execute("BEGIN")
    try:
        yield db
    finally:
        db.conn.rollback()


def after(db, packages, **options):
    """The state after merging these packages into an empty database."""
    with emptied(db):
        for package in packages:
            merge(db, *package, **options)
        return state_of(db)


def tables(state):
    """What people see: the folded tables without the bookkeeping of what was seen."""
    return {name: found for name, found in state.items() if name not in ("record", "digest")}


def records(db):
    """{id: row of the record table with its lists read}."""
    found = {row.pop("id"): row for row in rows(db, "record")}
    for row in found.values():
        row |= {name: json.loads(row[name]) for name in ("ctx", "heads", "held", "contested")}
    return found


def candidates(db):
    """{(record id, part): hashes of the entries that wrote the values}."""
    return {(row["record_id"], row["part"]): json.loads(row["candidates"]) for row in rows(db, "conflict")}


def shown(db, record_id, part):
    """The value a part shows in its table, in the one field that stories write; None where there is no row."""
    if part.startswith("answer/"):
        table, key, column = "answer", ("visit_id", part[7:]), "facts"
    else:
        table = "visit" if part in PARTS_OF_TYPE["visit"] else "evidence"
        key, column = ("id", None), COLUMN_OF[part]
    found = [r[column] for r in rows(db, table) if r[key[0]] == record_id and r.get("key") == key[1]]
    return found[0] if found else None


def by_order_of_writing(story, state):
    """The bookkeeping with entries named by the order they were written in, and what is shown without dispute."""
    places = {signed.entry.hash: i for i, signed in enumerate(story.entries)}
    contested = {tuple(row[:2]): sorted(places[d] for d in json.loads(row[2])) for row in state["conflict"]}
    held = {row[0]: sorted(places[d] for d in json.loads(row[6])) for row in state["record"]}
    return contested, held, {row[0]: row[8:] for row in state["record"]}


def check_against_oracle(db, copies, offices=OFFICES):
    oracle = Oracle(copies, offices)
    found, listed = records(db), candidates(db)
    assert set(found) == {e["rec"] for e in oracle.entries.values() if e["rec"] and e["kind"] != "log"}
    assert {record_id for record_id, _ in listed} <= set(found)
    for record_id, row in found.items():
        expected, contests, values = oracle.record(record_id)
        assert {**row, "contested": sorted(row["contested"])} == expected
        assert {part: hashes for (of, part), hashes in listed.items() if of == record_id} == contests
        is_shown = not expected["is_deleted"] and not expected["is_empty"]
        _check_values(db, record_id, expected["type"], values if is_shown else None)


def _check_values(db, record_id, record_type, values):
    """Compare a record's row, and the rows of its answers, with the values to be shown; None for no row."""
    if record_type not in PARTS_OF_TYPE:
        return
    own = [row for row in rows(db, record_type) if row["id"] == record_id]
    answers = {row["key"]: row["facts"] for row in rows(db, "answer") if row["visit_id"] == record_id}
    if values is None:
        assert (own, answers) == ([], {})
        return
    for part in PARTS_OF_TYPE[record_type]:
        assert own[0][COLUMN_OF[part]] == values.get(part, {}).get(FIELD_OF[part])
    if record_type == "visit":
        holders = values.get("custody", {}).get("holders")
        assert own[0]["holders"] == (None if holders is None else json.dumps(holders, separators=(",", ":")))
        assert answers == {
            name[7:]: v.get("facts") for name, v in values.items() if name.startswith("answer/")
        }
