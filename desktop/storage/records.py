"""Reading records: what the folded tables say about one of them, whatever its type."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.canonical import Json
from desktop.domain.entry import Ctx, decode_ctx
from desktop.storage.driver import Database

Row = Mapping[str, str | int | None]
"""A row of a folded table: {column: value}; JSON columns are text."""


@dataclass(frozen=True)
class RecordState:
    """Where a record stands. ``ctx`` is what somebody who edits it now has seen."""

    id: str
    type: str
    home: str | None
    owner_id: str | None
    ctx: Ctx
    held: tuple[str, ...]
    contested: tuple[str, ...]
    missing: int
    is_deleted: bool
    is_empty: bool


def find_record(db: Database, record_id: str) -> RecordState | None:
    row = db.execute(
        "SELECT id, type, home, owner_id, ctx, held, contested, missing, is_deleted, is_empty"
        " FROM record WHERE id = ?",
        [record_id],
    ).fetchone()
    if row is None:
        return None
    record_id, record_type, home, owner_id, ctx, held, contested, missing, is_deleted, is_empty = row
    return RecordState(
        record_id,
        record_type,
        home,
        owner_id,
        decode_ctx(json.loads(ctx)),
        tuple(json.loads(held)),
        tuple(json.loads(contested)),
        missing,
        bool(is_deleted),
        bool(is_empty),
    )


def find_row(db: Database, table: str, record_id: str) -> Row | None:
    """The row of a folded table (a name of the registry), or None."""
    return next(db.query(f"SELECT * FROM {table} WHERE id = ?", [record_id]), None)


def all_rows(db: Database, table: str, order: str = "id") -> list[Row]:
    """Every row of a folded table; ``table`` and ``order`` are names of the schema."""
    return list(db.query(f"SELECT * FROM {table} ORDER BY {order}"))


def many_rows(db: Database, table: str, owner_column: str, record_id: str) -> list[Row]:
    """The rows of a table of parts (answer, observation, signature) of one record."""
    return list(db.query(f"SELECT * FROM {table} WHERE {owner_column} = ? ORDER BY key", [record_id]))


def json_value(row: Row, column: str, default: Json) -> Json:
    """The value of a JSON column; ``default`` where it is empty."""
    value = row[column]
    return json.loads(value) if isinstance(value, str) else default
