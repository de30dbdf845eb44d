"""The fast path of a merge: prepared statements for entries that need no folding.

An entry is simple when it is the only new one of its record and either makes the record or was written by
somebody who had seen exactly what the tables show, undisputed and complete.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.authority import Authority, Origin, origin_of_birth
from desktop.domain.entry import Entry, Kind, SignedEntry
from desktop.domain.fold import Void
from desktop.domain.registry import RECORD_TYPES, PartType, RecordType
from desktop.storage.driver import Database
from desktop.storage.entries import disputed_records
from desktop.storage.folded import (
    column_values,
    ctx_text,
    insert_sql,
    list_text,
    part_value,
    update_sql,
    upsert_sql,
)

_Row = Sequence[object]


@dataclass(frozen=True)
class _State:
    origin: Origin
    ctx: str
    is_plain: bool


def apply(
    db: Database, candidates: Sequence[SignedEntry], authority: Authority, voids: Sequence[Void]
) -> frozenset[str]:
    """Bring the tables up to date for the simple ones among ``candidates``; returns their record ids."""
    counts = Counter(signed.entry.record_id for signed in candidates if signed.entry.kind is not Kind.LOG)
    alone = [s for s in candidates if s.entry.kind is Kind.WRITE and counts[s.entry.record_id] == 1]
    states = _states(db, [signed.entry.record_id or "" for signed in alone])
    disputed = disputed_records(db)
    writer = _Writer(db)
    for signed in alone:
        entry = signed.entry
        state = states.get(entry.record_id or "")
        record_type = RECORD_TYPES.get(entry.record_type or "")
        is_untouched = (
            entry.is_delete is None
            and entry.record_id not in disputed
            and not _is_forked(signed, authority)
            and not any(authority.ancestry.spans_cover(void.spans, entry) for void in voids)
        )
        if not is_untouched or record_type is None:
            continue
        if state is None and entry.is_birth and entry.home is not None:
            if authority.may_speak(signed, origin_of_birth(entry), [signed]):
                writer.make(signed)
        elif state and state.is_plain and state.ctx == ctx_text(entry.ctx) and not entry.is_birth:
            log = [] if record_type.has_owner else authority.log_of(entry.record_id or "")
            if _is_next(entry) and authority.may_speak(signed, state.origin, log):
                writer.change(signed)
    return writer.run()


class _Writer:
    """Collects rows by statement, so that each statement is prepared once for the whole batch."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._statements: dict[str, list[_Row]] = defaultdict(list)
        self._done: set[str] = set()

    def make(self, signed: SignedEntry) -> None:
        entry = signed.entry
        record_type = RECORD_TYPES[entry.record_type or ""]
        owner_id = entry.owner.record_id if entry.owner else None
        self._add(
            "INSERT INTO record (id, type, home, owner_id, ctx, heads, held, contested, missing, is_deleted,"
            " is_empty) VALUES (?, ?, ?, ?, ?, ?, '[]', '[]', 0, 0, 0)",
            (
                entry.record_id,
                record_type.name,
                entry.home,
                owner_id,
                ctx_text({entry.stream: ((entry.seq, entry.hash),)}),
                list_text([entry.hash]),
            ),
        )
        columns: list[str] = ["id"]
        row: list[object] = [entry.record_id]
        if record_type.has_owner:
            columns.append("owner_id")
            row.append(owner_id)
        for part, values in self._single_parts(signed, record_type):
            columns += record_type.columns[part.name].values()
            row += values
        self._add(insert_sql(record_type, columns), row)
        self._add_many_parts(signed, record_type)
        self._done.add(entry.record_id or "")

    def change(self, signed: SignedEntry) -> None:
        entry = signed.entry
        record_type = RECORD_TYPES[entry.record_type or ""]
        seen = {**entry.ctx, entry.stream: ((entry.seq, entry.hash),)}
        self._add(
            "UPDATE record SET ctx = ?, heads = ? WHERE id = ?",
            (ctx_text(seen), list_text([entry.hash]), entry.record_id),
        )
        for part, values in self._single_parts(signed, record_type):
            self._add(update_sql(record_type, part), [*values, entry.record_id])
        self._add_many_parts(signed, record_type)
        self._done.add(entry.record_id or "")

    def run(self) -> frozenset[str]:
        for statement, rows in self._statements.items():
            self._db.conn.executemany(statement, rows)
        return frozenset(self._done)

    def _add(self, statement: str, row: _Row) -> None:
        self._statements[statement].append(row)

    def _single_parts(
        self, signed: SignedEntry, record_type: RecordType
    ) -> list[tuple[PartType, list[str | int | None]]]:
        named = ((name, record_type.part(name)) for name in sorted(signed.entry.parts))
        return [
            (part, column_values(part, part_value(signed, name)))
            for name, part in named
            if part is not None and not part.is_many
        ]

    def _add_many_parts(self, signed: SignedEntry, record_type: RecordType) -> None:
        for name in signed.entry.parts:
            part = record_type.part(name)
            if part is not None and part.is_many:
                values = column_values(part, part_value(signed, name))
                key = name.removeprefix(part.name)
                self._add(upsert_sql(record_type, part), [signed.entry.record_id, key, *values])


def _states(db: Database, record_ids: Sequence[str]) -> Mapping[str, _State]:
    rows = db.execute(
        "SELECT r.id, r.type, r.home, r.owner_id, r.ctx, r.held = '[]' AND r.contested = '[]' AND r.missing = 0"
        " AND NOT r.is_deleted AND NOT r.is_empty FROM json_each(?) wanted JOIN record r ON r.id = wanted.value",
        [json.dumps(record_ids)],
    )
    # Who made a record only matters to judge another birth of it, which is never simple.
    return {
        record_id: _State(Origin(record_type, home, "", owner_id), ctx, bool(is_plain))
        for record_id, record_type, home, owner_id, ctx, is_plain in rows
    }


def _is_next(entry: Entry) -> bool:
    """Whether the entry stands behind all it claims to have seen of its own stream."""
    return all(head[0] < entry.seq for head in entry.ctx.get(entry.stream, ()))


def _is_forked(signed: SignedEntry, authority: Authority) -> bool:
    entry = signed.entry
    forked = authority.ancestry.forked
    return entry.stream in forked or any(stream in forked for stream in entry.ctx)
