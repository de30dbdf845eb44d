import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.domain.entry import encode_ctx
from desktop.domain.registry import RECORD_TYPES
from desktop.storage.folded import column_values, ctx_text, list_text, part_value, record_states
from tests.domain.pen import ANNA, BERT, OFFICE, PHOTO, SITE, VISIT, Pen, custody, seen
from tests.storage.databases import TABLES, make_database, merge, rows

HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
STREAMS = st.binary(min_size=24, max_size=24).map(lambda data: f"{data.hex()[:32]}.{data.hex()[32:]}")
HEADS = st.tuples(st.integers(1, canonical.MAX_INTEGER), HASHES)
ANSWER = RECORD_TYPES["visit"].part("answer/1")
PATHS = pytest.mark.parametrize("use_fast_path", [True, False])


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "w.db")
    yield db
    db.close()


def one(db, table):
    (row,) = rows(db, table)
    return {name: value for name, value in row.items() if value is not None}


def test_values_lie_in_the_columns_of_their_part():
    value = {
        "facts": "好",
        "is_applicable": True,
        "deduct_e4": 5000,
        "inputs": {"b": 1, "a": ["x"]},
        "new": 1,
    }

    assert column_values(ANSWER, value) == ["好", 1, 5000, None, None, '{"a":["x"],"b":1}', None]


@pytest.mark.parametrize("value", [5, True, [], {}, None])
def test_what_is_no_text_does_not_stand_in_a_column_of_text(value):
    assert column_values(ANSWER, {"facts": value})[0] is None


@pytest.mark.parametrize("value", ["5", [], {}, None])
def test_what_is_no_integer_does_not_stand_in_a_column_of_integers(value):
    assert column_values(ANSWER, {"deduct_e4": value})[2] is None


@pytest.mark.parametrize("value", ["[]", 5, False, None])
def test_what_is_no_list_does_not_stand_in_a_column_of_lists(value):
    assert column_values(ANSWER, {"evidence_ids": value})[6] is None


def test_equal_ctx_have_equal_texts():
    one, two = Pen(ANNA).visit(), Pen(BERT).visit()

    assert ctx_text(seen(one, two)) == ctx_text(seen(two, one))
    assert list_text(["a", "b"]) == '["a","b"]'


@given(st.dictionaries(STREAMS, st.lists(HEADS, min_size=1, max_size=3)))
def test_the_text_of_a_ctx_is_its_canonical_json(ctx):
    assert ctx_text(ctx).encode() == canonical.encode(encode_ctx(ctx))


def test_the_text_of_a_list_is_its_canonical_json():
    for names in ([], ["ab" * 32], ["answer/7", "header", "del"]):
        assert list_text(names).encode() == canonical.encode(names)


def test_a_part_that_did_not_come_is_empty():
    assert part_value(Pen(ANNA).visit(), "header") == {}


@PATHS
def test_a_visit_lies_in_its_tables(db, use_fast_path):
    office = Pen(OFFICE)
    birth = office.visit({"plan": {"mode": "暗访", "unit_id": "u"}, **custody(ANNA)}, home=OFFICE)
    parts = {
        "header": {"unit_id": "v", "remark": "备注"},
        "answer/1": {"facts": "好"},
        "observation/x": {"fact": "见"},
        "signature/y": {"signer": "甲", "covers": {"header": "h"}},
        "mood": {"unknown": 1},
    }
    finding = Pen(ANNA).visit(parts, seen(birth))
    changed = Pen(BERT).visit({"answer/1": {"facts": "坏"}}, seen(birth, finding))
    again = Pen(ANNA, "1" * 16).visit({"answer/1": {"facts": "更好"}}, seen(birth, finding))

    for signed in (birth, finding, again):
        merge(db, signed, use_fast_path=use_fast_path)

    assert one(db, "visit") == {
        "id": VISIT,
        "mode": "暗访",
        "unit_id": "u",
        "n": 1,
        "holders": json.dumps([ANNA]),
        "header_unit_id": "v",
        "remark": "备注",
    }
    assert one(db, "answer") == {"visit_id": VISIT, "key": "1", "facts": "更好"}
    assert one(db, "observation") == {"visit_id": VISIT, "key": "x", "fact": "见"}
    assert one(db, "signature") == {"visit_id": VISIT, "key": "y", "signer": "甲", "covers": '{"header":"h"}'}
    assert one(db, "record")["heads"] == json.dumps([again.entry.hash])
    assert changed.entry.hash not in one(db, "record")["held"]


@PATHS
def test_a_child_names_its_owner(db, use_fast_path):
    birth = Pen(ANNA).visit(custody(ANNA), home=OFFICE)
    photo = Pen(ANNA, "1" * 16).photo({"note": {"caption": "门"}}, owner_ctx=seen(birth), home=OFFICE)

    merge(db, birth, photo, use_fast_path=use_fast_path)

    assert one(db, "evidence") == {"id": PHOTO, "owner_id": VISIT, "caption": "门"}
    assert [row["owner_id"] for row in rows(db, "record")] == [None, VISIT]


def test_a_deleted_record_has_no_row_and_comes_back(db):
    office = Pen(OFFICE)
    birth = office.visit(
        {"plan": {"mode": "暗访"}, **custody(OFFICE), "answer/1": {"facts": "好"}}, home=OFFICE
    )
    delete = office.visit({}, seen(birth), is_delete=True)
    restore = office.visit({}, seen(delete), is_delete=False)

    merge(db, birth)
    merge(db, delete)
    gone = rows(db, "visit"), rows(db, "answer"), one(db, "record")["is_deleted"]
    merge(db, restore)

    assert gone == ([], [], 1)
    assert one(db, "answer")["facts"] == "好"


def test_a_record_of_a_newer_type_is_known_but_has_no_table(db):
    merge(db, Pen(OFFICE).write(SITE, "case", {"facts": {"no": "1"}}, home=OFFICE))

    assert one(db, "record")["type"] == "case"
    assert not any(rows(db, table) for table in TABLES if table != "record")


def test_a_record_that_turns_out_to_be_something_else_leaves_its_old_table(db):
    births = [
        Pen(OFFICE, "1" * 16).write(SITE, "unit", {"facts": {"name": "甲"}}, home=OFFICE),
        Pen(OFFICE, "2" * 16).write(SITE, "site", {"facts": {"name": "乙"}}, home=OFFICE),
    ]
    later, first = sorted(births, key=lambda signed: signed.entry.hash, reverse=True)

    merge(db, later)
    before = len(rows(db, later.entry.record_type))
    merge(db, first)

    assert before == 1
    assert rows(db, later.entry.record_type) == []
    assert len(rows(db, first.entry.record_type)) == 1


def test_states_for_the_digest_name_heads_held_and_contested(db):
    birth = Pen(OFFICE).visit(custody(ANNA), home=OFFICE)
    foreign = Pen(BERT).visit({"answer/1": {}}, seen(birth))
    merge(db, birth, foreign)

    assert list(record_states(db)) == [(VISIT, [birth.entry.hash], [foreign.entry.hash], [])]
