"""Reading the entry log, and adding to it. Nothing in it is ever changed or removed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain import canonical
from desktop.domain.ancestry import Ancestry, Span
from desktop.domain.entry import Entry, Kind, Part, SignedEntry, decode_entry
from desktop.domain.fold import Void, read_spans
from desktop.storage.driver import Database

_ENTRY_BATCH = 500
_WITHHELD = Part(b"", None)


@dataclass(frozen=True)
class Added:
    """What became of a batch.

    ``completed``: known entries of which a part that was withheld before has come. ``forked``: streams in which
    a number turned out to stand for two entries, for the first time.
    """

    new: tuple[SignedEntry, ...]
    known: int
    completed: tuple[SignedEntry, ...]
    forked: frozenset[str]


def add_entries(db: Database, incoming: Iterable[SignedEntry]) -> Added:
    """Add what is not known yet, in one pass; the caller holds the transaction."""
    batch = _without_repeats(incoming)
    numbers = _stream_numbers(db, {signed.entry.stream: signed.entry.node for signed in batch})
    known = _known(db, batch, numbers)
    new = [signed for i, signed in enumerate(batch) if i not in known]
    next_id = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM entry").fetchone()[0])
    db.conn.executemany(
        "INSERT INTO entry (id, stream, seq, hash, prev, kind, record_id, record_type, owner_id, bytes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(next_id + i, numbers[signed.entry.stream], signed) for i, signed in enumerate(new)],
    )
    db.conn.executemany(
        "INSERT INTO part (entry_id, name, salt, bytes) VALUES (?, ?, ?, ?)",
        [
            (next_id + i, name, part.salt, part.data)
            for i, signed in enumerate(new)
            for name, part in _all_parts(signed)
        ],
    )
    completed = [s for i, s in enumerate(batch) if i in known and _complete(db, known[i], s)]
    return Added(tuple(new), len(known), tuple(completed), _mark_forks(db))


def load_logs(db: Database, record_ids: Iterable[str]) -> dict[str, list[SignedEntry]]:
    """Every entry of each of the records, in the order of their arrival (which means nothing)."""
    logs: dict[str, list[SignedEntry]] = {}
    wanted = sorted(set(record_ids))
    for start in range(0, len(wanted), _ENTRY_BATCH):
        chunk = wanted[start : start + _ENTRY_BATCH]
        marks = ",".join("?" * len(chunk))
        for signed in _read(db, f"e.record_id IN ({marks}) AND e.kind <> 'log'", chunk):
            logs.setdefault(signed.entry.record_id or "", []).append(signed)
    return logs


def logs_of_unknown(db: Database, new: Iterable[SignedEntry]) -> dict[str, list[SignedEntry]]:
    """The logs of the records of which nothing was there before ``new`` was added: they need not be read again."""
    logs: dict[str, list[SignedEntry]] = {}
    for signed in new:
        if signed.entry.record_id and signed.entry.kind is not Kind.LOG:
            logs.setdefault(signed.entry.record_id, []).append(signed)
    rows = db.execute(
        "SELECT e.record_id, count(*) FROM json_each(?) wanted JOIN entry e ON e.record_id = wanted.value"
        " WHERE e.kind <> 'log' GROUP BY e.record_id",
        [json.dumps(list(logs))],
    )
    return {record_id: logs[record_id] for record_id, count in rows if count == len(logs[record_id])}


def load_log(db: Database, record_id: str) -> list[SignedEntry]:
    return load_logs(db, [record_id]).get(record_id, [])


def load_history(db: Database, record_id: str) -> list[SignedEntry]:
    """Every entry about one record, those of the log among them; within a stream by number."""
    return list(_read(db, "e.record_id = ?", [record_id], order="e.stream, e.seq, e.hash"))


def load_facts(db: Database, *kinds: Kind) -> list[SignedEntry]:
    """Every entry of these kinds, which are rare ones: neither ``write`` nor ``log``."""
    marks = ",".join("?" * len(kinds))
    # The second term is that of the index: without it the whole log would be read.
    where = f"e.kind IN ({marks}) AND e.kind NOT IN ('write', 'log')"
    return list(_read(db, where, [kind.value for kind in kinds]))


def load_stream(db: Database, stream: str, after: int = 0) -> Iterator[SignedEntry]:
    """The entries of one stream after number ``after``, in the order of their numbers."""
    return _read(db, "s.id = ? AND e.seq > ?", [stream, after], order="e.seq, e.hash")


def stream_end(db: Database, stream: str) -> Entry | None:
    """The last entry of a stream; None where it has none yet."""
    row = db.execute(
        "SELECT e.bytes FROM entry e JOIN stream s ON s.no = e.stream WHERE s.id = ?"
        " ORDER BY e.seq DESC, e.hash DESC LIMIT 1",
        [stream],
    ).fetchone()
    return decode_entry(row[0]) if row else None


def load_ancestry(db: Database) -> Ancestry:
    """The chains of the streams that forked; every other stream needs none."""
    forked: dict[str, dict[str, tuple[int, str | None]]] = {}
    rows = db.execute(
        "SELECT s.id, e.hash, e.seq, e.prev FROM stream s CROSS JOIN entry e ON e.stream = s.no WHERE s.is_forked"
    )
    for stream, digest, seq, prev in rows:
        forked.setdefault(stream, {})[digest.hex()] = (seq, prev.hex() if prev else None)
    return Ancestry(forked)


def active_voids(db: Database) -> list[Void]:
    """The undone imports in force: voids that no ``unvoid`` of the same node names."""
    facts = load_facts(db, Kind.VOID, Kind.UNVOID)
    lifted = {
        (fact.entry.node, named)
        for fact in facts
        if fact.entry.kind is Kind.UNVOID
        for named in voids_lifted_by(fact)
    }
    return [
        Void(fact.entry.node, read_spans(fact))
        for fact in facts
        if fact.entry.kind is Kind.VOID and (fact.entry.node, fact.entry.hash) not in lifted
    ]


def records_in_spans(db: Database, spans: Sequence[Span]) -> set[str]:
    """The records that entries of these ranges speak of (on every branch of a forked stream)."""
    return {
        row[0]
        for span in spans
        for row in db.execute(
            "SELECT DISTINCT e.record_id FROM entry e JOIN stream s ON s.no = e.stream"
            " WHERE s.id = ? AND e.seq BETWEEN ? AND ? AND e.record_id IS NOT NULL",
            [span.stream, span.first, span.last],
        )
    }


def disputed_records(db: Database) -> set[str]:
    """The records in which the home office ever held or accepted an entry."""
    rows = db.execute(
        "SELECT record_id FROM entry WHERE kind IN ('hold', 'accept') AND kind NOT IN ('write', 'log')"
    )
    return {row[0] for row in rows}


def foreign_hashes(db: Database, own_node: str) -> Iterator[str]:
    """The hashes of every entry that another node made."""
    rows = db.execute(
        "SELECT e.hash FROM entry e JOIN stream s ON s.no = e.stream WHERE s.node <> ?", [own_node]
    )
    return (row[0].hex() for row in rows)


def _read(db: Database, where: str, values: Sequence[object], order: str = "e.id") -> Iterator[SignedEntry]:
    # ``where`` and ``order`` are texts of this module; what comes from outside travels in ``values``.
    sql = f"SELECT e.id, e.bytes FROM entry e JOIN stream s ON s.no = e.stream WHERE {where} ORDER BY {order}"
    rows = db.execute(sql, values).fetchall()
    for start in range(0, len(rows), _ENTRY_BATCH):
        batch = rows[start : start + _ENTRY_BATCH]
        parts = _parts_of(db, [entry_id for entry_id, _data in batch])
        for entry_id, data in batch:
            yield SignedEntry(data, decode_entry(data), parts.get(entry_id, {}))


def _parts_of(db: Database, entry_ids: Sequence[int]) -> dict[int, dict[str, Part]]:
    parts: dict[int, dict[str, Part]] = {}
    rows = db.execute(
        f"SELECT entry_id, name, salt, bytes FROM part WHERE entry_id IN ({','.join('?' * len(entry_ids))})",
        entry_ids,
    )
    for entry_id, name, salt, content in rows:
        parts.setdefault(entry_id, {})[name] = Part(salt, content)
    return parts


def voids_lifted_by(fact: SignedEntry) -> list[str]:
    """The hash of the void that an ``unvoid`` names, as a list of one; empty where it names none."""
    part = fact.parts.get("spans")
    named = part.value.get("void") if part is not None and part.data is not None else None
    return [named] if isinstance(named, str) else []


def _without_repeats(incoming: Iterable[SignedEntry]) -> list[SignedEntry]:
    seen: dict[str, SignedEntry] = {}
    for signed in incoming:
        earlier = seen.get(signed.entry.hash)
        seen[signed.entry.hash] = signed if earlier is None else _with_parts_of(earlier, signed)
    return list(seen.values())


def _with_parts_of(signed: SignedEntry, twin: SignedEntry) -> SignedEntry:
    """The same entry with the parts that either of two packages brought."""
    brought = {name: part for name, part in twin.parts.items() if part.data is not None}
    return SignedEntry(signed.data, signed.entry, {**signed.parts, **brought})


def _all_parts(signed: SignedEntry) -> list[tuple[str, Part]]:
    """Every part the entry names; one that did not come is kept as withheld, to be completed some day."""
    return [(name, signed.parts.get(name, _WITHHELD)) for name in signed.entry.parts]


def _stream_numbers(db: Database, streams: dict[str, str]) -> dict[str, int]:
    db.conn.executemany("INSERT INTO stream (id, node) VALUES (?, ?) ON CONFLICT DO NOTHING", streams.items())
    numbers = {}
    for stream in streams:
        numbers[stream] = int(db.execute("SELECT no FROM stream WHERE id = ?", [stream]).fetchone()[0])
    return numbers


def _known(db: Database, batch: Sequence[SignedEntry], numbers: dict[str, int]) -> dict[int, int]:
    """{position in the batch: entry id} of what is in the log already."""
    db.execute(
        "CREATE TEMP TABLE IF NOT EXISTS incoming (n INTEGER PRIMARY KEY, stream INTEGER, seq INTEGER, hash BLOB)"
    )
    db.execute("DELETE FROM incoming")
    db.conn.executemany(
        "INSERT INTO incoming VALUES (?, ?, ?, ?)",
        [(i, numbers[s.entry.stream], s.entry.seq, bytes.fromhex(s.entry.hash)) for i, s in enumerate(batch)],
    )
    rows = db.execute(
        "SELECT i.n, e.id FROM incoming i JOIN entry e ON e.stream = i.stream AND e.seq = i.seq AND e.hash = i.hash"
    )
    return dict(rows.fetchall())


def _mark_forks(db: Database) -> frozenset[str]:
    rows = db.execute(
        "SELECT DISTINCT s.id FROM incoming i JOIN stream s ON s.no = i.stream AND NOT s.is_forked"
        " JOIN entry e ON e.stream = i.stream AND e.seq = i.seq AND e.hash <> i.hash"
    ).fetchall()
    db.conn.executemany("UPDATE stream SET is_forked = 1 WHERE id = ?", rows)
    return frozenset(row[0] for row in rows)


def _row(entry_id: int, stream: int, signed: SignedEntry) -> tuple[object, ...]:
    entry = signed.entry
    return (
        entry_id,
        stream,
        entry.seq,
        bytes.fromhex(entry.hash),
        bytes.fromhex(entry.prev) if entry.prev else None,
        entry.kind.value,
        entry.record_id,
        entry.record_type,
        entry.owner.record_id if entry.owner else None,
        signed.data,
    )


def _complete(db: Database, entry_id: int, signed: SignedEntry) -> bool:
    """Fill in parts that were withheld before and have come now."""
    filled = 0
    for name, part in signed.parts.items():
        if part.data is not None:
            filled += db.execute(
                "UPDATE part SET salt = ?, bytes = ? WHERE entry_id = ? AND name = ? AND bytes IS NULL",
                [part.salt, part.data, entry_id, name],
            ).rowcount
    return filled > 0


def entry_event(signed: SignedEntry) -> Mapping[str, canonical.Json]:
    """What a log entry tells: its ``event`` part, empty where that was withheld."""
    part = signed.parts.get("event")
    return part.value if part is not None and part.data is not None else {}


def stream_number(db: Database, stream: str) -> int:
    """The place of a stream in the order in which this database came to know them; 0 for one it does not know."""
    row = db.execute("SELECT no FROM stream WHERE id = ?", [stream]).fetchone()
    return int(row[0]) if row else 0
