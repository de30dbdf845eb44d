import re

import pytest

from desktop.datafiles import SCHEMA
from desktop.domain.entry import PART_NAME
from desktop.domain.registry import (
    CUSTODY,
    FACT_PARTS,
    RECORD_TYPES,
    WITHHELD_ON_THE_ROAD,
    Column,
    Writer,
)
from desktop.storage.driver import connect

MANY_PARTS = [(record, part) for record in RECORD_TYPES.values() for part in record.parts if part.is_many]


FOLDED = SCHEMA.read_text(encoding="utf-8").split("-- 二、")[1].split("-- 三、")[0]
STATE_OF_RECORDS = {"record", "conflict"}


def tables_of_the_schema():
    """{table: {column: (type, whether it has to have a value)}} of the tables that parts are folded into."""
    db = connect(":memory:")
    db.executescript(SCHEMA.read_text(encoding="utf-8"))
    tables = {
        name: {row[1]: (row[2], bool(row[3])) for row in db.execute(f"PRAGMA table_info({name})")}
        for name in set(re.findall(r"CREATE TABLE (\w+)", FOLDED)) - STATE_OF_RECORDS
    }
    db.close()
    return tables


def tables_of_the_registry():
    tables = {}
    for record in RECORD_TYPES.values():
        keys = ["id", "owner_id"] if record.has_owner else ["id"]
        table = {key: ("TEXT", key == "id") for key in keys}
        for part in record.parts:
            if not part.is_many:
                named = record.columns[part.name]
                table |= {named[field]: (kind_of(column), False) for field, column in part.fields.items()}
        tables[record.name] = table
    for record, part in MANY_PARTS:
        keys = {f"{record.name}_id": ("TEXT", True), "key": ("TEXT", True)}
        tables[part.table] = keys | {field: (kind_of(column), False) for field, column in part.fields.items()}
    return tables


def kind_of(column):
    return "INTEGER" if column is Column.INTEGER else "TEXT"


def test_registry_and_schema_name_the_same_tables():
    assert tables_of_the_schema().keys() == tables_of_the_registry().keys()


@pytest.mark.parametrize("table", tables_of_the_registry())
def test_registry_and_schema_name_the_same_columns_of_the_same_types(table):
    assert tables_of_the_schema()[table] == tables_of_the_registry()[table]


def test_folded_tables_have_no_rule_that_a_newer_value_could_break():
    assert not re.findall(r"\b(?:CHECK|UNIQUE|REFERENCES|FOREIGN)\b", re.sub(r"--.*", "", FOLDED))


@pytest.mark.parametrize("record", RECORD_TYPES.values(), ids=RECORD_TYPES)
def test_columns_of_a_record_do_not_meet(record):
    columns = [column for names in record.columns.values() for column in names.values()]

    assert len(columns) == len(set(columns))
    assert not {"id", "owner_id", "key"} & set(columns)


@pytest.mark.parametrize("record", RECORD_TYPES.values(), ids=RECORD_TYPES)
def test_parts_can_be_named_in_entries_and_are_no_facts(record):
    for part in record.parts:
        assert PART_NAME.fullmatch(f"{part.name}1" if part.is_many else part.name)
        assert part.name not in FACT_PARTS
        assert (part.table is not None) == part.is_many


def test_a_part_is_found_by_its_name_or_its_kind():
    visit = RECORD_TYPES["visit"]

    assert visit.part("header").name == "header"
    assert visit.part("answer/7").name == "answer/"
    assert visit.part("answer") is None
    assert visit.part("header/7") is None
    assert visit.part("mood") is None


def test_a_field_that_an_earlier_part_uses_is_named_after_its_part():
    columns = RECORD_TYPES["visit"].columns

    assert columns["plan"]["unit_id"] == "unit_id"
    assert columns["header"]["unit_id"] == "header_unit_id"
    assert columns["review"]["status"] == "review_status"


def test_findings_belong_to_the_holders_and_the_rest_of_a_visit_to_the_office():
    writers = {part.name: part.writer for part in RECORD_TYPES["visit"].parts}

    assert {name for name, writer in writers.items() if writer is Writer.HOLDER} == {
        "header",
        "answer/",
        "observation/",
        "signature/",
        "interview/",
    }
    assert {name for name, writer in writers.items() if writer is Writer.HOME} == {"plan", CUSTODY, "review"}


def test_only_records_with_holders_have_findings():
    for record in RECORD_TYPES.values():
        has_findings = any(part.writer is Writer.HOLDER for part in record.parts)
        assert has_findings == (record.has_owner or record.part(CUSTODY) is not None)


def test_what_is_withheld_on_the_road_exists():
    assert all(RECORD_TYPES[record].part(part) for record, part in WITHHELD_ON_THE_ROAD)
