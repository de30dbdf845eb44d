"""The folded tables: what pages and reports read. Everything here can be dropped and made again from the log."""

import json
from collections.abc import Iterable, Mapping, Sequence

from desktop.domain import canonical
from desktop.domain.canonical import Json
from desktop.domain.digest import RecordState
from desktop.domain.entry import Ctx, Head, SignedEntry
from desktop.domain.fold import Folded
from desktop.domain.registry import RECORD_TYPES, Column, PartType, RecordType
from desktop.storage.driver import Database


def ctx_text(ctx: Ctx) -> str:
    """The one text of a ctx, so that equal ones compare equal in SQL: its canonical JSON."""
    # Written out, because a merge does it for every record; streams and hashes are hexadecimal.
    streams = (f'"{stream}":[{_heads_text(ctx[stream])}]' for stream in sorted(ctx))
    return "{" + ",".join(streams) + "}"


def _heads_text(heads: Iterable[Head]) -> str:
    return ",".join(f'[{seq},"{digest}"]' for seq, digest in sorted(heads))


def list_text(names: Iterable[str]) -> str:
    """The canonical JSON of a list of hashes or part names: in neither is anything to be escaped."""
    return "[" + ",".join(f'"{name}"' for name in names) + "]"


def save_folded(db: Database, record_id: str, folded: Folded, log: Sequence[SignedEntry]) -> None:
    """Replace all that the tables say about one record."""
    # An earlier birth that arrives late may make it a record of another type.
    before = db.execute("SELECT type FROM record WHERE id = ?", [record_id]).fetchone()
    if before and before[0] != folded.type and before[0] in RECORD_TYPES:
        _clear(db, RECORD_TYPES[before[0]], record_id)
    _save_record(db, record_id, folded)
    db.execute("DELETE FROM conflict WHERE record_id = ?", [record_id])
    for contest in folded.contests:
        db.execute(
            "INSERT INTO conflict (record_id, part, candidates) VALUES (?, ?, ?)",
            [record_id, contest.part, list_text(contest.candidates)],
        )
    record_type = RECORD_TYPES.get(folded.type)
    if record_type is None:
        return
    _clear(db, record_type, record_id)
    if folded.is_empty or folded.is_deleted:
        return
    by_hash = {signed.entry.hash: signed for signed in log}
    _insert(db, record_type, record_id, folded.owner_id)
    for name, digest in folded.values.items():
        save_part(db, record_type, record_id, name, part_value(by_hash[digest], name))


def save_part(
    db: Database, record_type: RecordType, record_id: str, name: str, value: Mapping[str, Json]
) -> None:
    """Write one part into the table of its record; a part this version does not know is left in the log."""
    part = record_type.part(name)
    if part is None:
        return
    values = column_values(part, value)
    if part.is_many:
        db.execute(upsert_sql(record_type, part), [record_id, name.removeprefix(part.name), *values])
    else:
        db.execute(update_sql(record_type, part), [*values, record_id])


def insert_sql(record_type: RecordType, columns: Sequence[str]) -> str:
    """The statement for a new row of a record's table; names come from the registry, never from data."""
    return f"INSERT INTO {record_type.name} ({', '.join(columns)}) VALUES ({_marks(columns)})"


def update_sql(record_type: RecordType, part: PartType) -> str:
    assignments = ", ".join(f"{column} = ?" for column in record_type.columns[part.name].values())
    return f"UPDATE {record_type.name} SET {assignments} WHERE id = ?"


def upsert_sql(record_type: RecordType, part: PartType) -> str:
    columns = [f"{record_type.name}_id", "key", *part.fields]
    updates = ", ".join(f"{field} = excluded.{field}" for field in part.fields)
    return (
        f"INSERT INTO {part.table} ({', '.join(columns)}) VALUES ({_marks(columns)})"
        f" ON CONFLICT DO UPDATE SET {updates}"
    )


def column_values(part: PartType, value: Mapping[str, Json]) -> list[str | int | None]:
    """The values of a part's columns. What does not fit its column stays in the log and shows as empty.

    A newer program may give a field another shape; that must never stop a merge.
    """
    return [_column_value(column, value.get(field)) for field, column in part.fields.items()]


def part_value(signed: SignedEntry, name: str) -> Mapping[str, Json]:
    """The value of one part of an entry; empty where it was withheld or is no object."""
    part = signed.parts.get(name)
    return {} if part is None else part.value


def clear_tables(db: Database) -> None:
    """Empty every folded table."""
    for record_type in RECORD_TYPES.values():
        for table in (record_type.name, *(part.table for part in record_type.parts if part.table)):
            db.execute(f"DELETE FROM {table}")
    db.execute("DELETE FROM record")
    db.execute("DELETE FROM conflict")


def record_states(db: Database) -> Iterable[RecordState]:
    for record_id, heads, held, contested in db.execute("SELECT id, heads, held, contested FROM record"):
        yield record_id, json.loads(heads), json.loads(held), json.loads(contested)


def _save_record(db: Database, record_id: str, folded: Folded) -> None:
    db.execute(
        "INSERT INTO record (id, type, home, owner_id, ctx, heads, held, contested, missing, is_deleted, is_empty)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET type = excluded.type,"
        " home = excluded.home, owner_id = excluded.owner_id, ctx = excluded.ctx, heads = excluded.heads,"
        " held = excluded.held, contested = excluded.contested, missing = excluded.missing,"
        " is_deleted = excluded.is_deleted, is_empty = excluded.is_empty",
        [
            record_id,
            folded.type,
            folded.home,
            folded.owner_id,
            ctx_text(folded.ctx),
            list_text(folded.heads),
            list_text(folded.held),
            list_text(contest.part for contest in folded.contests),
            folded.missing,
            int(folded.is_deleted),
            int(folded.is_empty),
        ],
    )


def _clear(db: Database, record_type: RecordType, record_id: str) -> None:
    db.execute(f"DELETE FROM {record_type.name} WHERE id = ?", [record_id])
    for part in record_type.parts:
        if part.is_many:
            db.execute(f"DELETE FROM {part.table} WHERE {record_type.name}_id = ?", [record_id])


def _insert(db: Database, record_type: RecordType, record_id: str, owner_id: str | None) -> None:
    columns, row = ("id", "owner_id"), [record_id, owner_id]
    count = 2 if record_type.has_owner else 1
    db.execute(insert_sql(record_type, columns[:count]), row[:count])


def _column_value(column: Column, value: Json) -> str | int | None:
    if value is None:
        return None
    if column is Column.TEXT:
        return value if isinstance(value, str) else None
    if column is Column.INTEGER:
        return int(value) if isinstance(value, int) else None
    return canonical.encode(value).decode() if isinstance(value, list | dict) else None


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
