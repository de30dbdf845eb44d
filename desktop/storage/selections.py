"""Choosing entries to send: by stream or by record, in the order of a package's index, read in small batches."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.entry import Part, SignedEntry, decode_entry
from desktop.storage.driver import Database

_BATCH = 500

_WITHHELD = Part(b"", None)


@dataclass(frozen=True)
class ChosenEntry:
    """Where an entry stands; ``id`` is its row in this database."""

    stream: str
    seq: int
    hash: str
    id: int


_COLUMNS = "s.id, e.seq, lower(hex(e.hash)), e.id FROM entry e JOIN stream s ON s.no = e.stream"


def entries_of_node(db: Database, node: str) -> list[ChosenEntry]:
    """Everything a node wrote, in all its streams."""
    rows = db.execute(f"SELECT {_COLUMNS} WHERE s.node = ?", [node])
    return sorted((ChosenEntry(*row) for row in rows), key=_order)


def entries_of_records(db: Database, record_ids: Iterable[str]) -> list[ChosenEntry]:
    """Every entry of these records, whoever wrote it, without log entries."""
    rows = db.execute(
        f"SELECT {_COLUMNS} JOIN json_each(?) wanted ON wanted.value = e.record_id WHERE e.kind <> 'log'",
        [json.dumps(sorted(set(record_ids)))],
    )
    return sorted((ChosenEntry(*row) for row in rows), key=_order)


def facts_about_imports(db: Database) -> list[ChosenEntry]:
    """Every void and unvoid: they speak of entries of many records."""
    rows = db.execute(f"SELECT {_COLUMNS} WHERE e.kind IN ('void', 'unvoid')")
    return sorted((ChosenEntry(*row) for row in rows), key=_order)


def entries_listed(db: Database, listed: Iterable[tuple[str, int, str]]) -> list[ChosenEntry]:
    """The entries of an index as (stream, seq, hash); those that are not here are left out."""
    rows = db.execute(
        f"SELECT {_COLUMNS} JOIN json_each(?) wanted ON wanted.value ->> 0 = s.id"
        " AND wanted.value ->> 1 = e.seq AND unhex(wanted.value ->> 2) = e.hash",
        [json.dumps(list(listed))],
    )
    return sorted((ChosenEntry(*row) for row in rows), key=_order)


def in_package_order(*selections: Sequence[ChosenEntry]) -> list[ChosenEntry]:
    return sorted({chosen for selection in selections for chosen in selection}, key=_order)


def load_chosen(
    db: Database, chosen: Sequence[ChosenEntry], withheld: frozenset[tuple[str, str]] = frozenset()
) -> Iterator[SignedEntry]:
    """The entries themselves, in the order given; ``withheld`` names (record type, part) to leave out."""
    for start in range(0, len(chosen), _BATCH):
        batch = chosen[start : start + _BATCH]
        ids = json.dumps([entry.id for entry in batch])
        data = dict(
            db.execute(
                "SELECT e.id, e.bytes FROM entry e JOIN json_each(?) w ON w.value = e.id", [ids]
            ).fetchall()
        )
        parts: dict[int, dict[str, Part]] = {}
        rows = db.execute(
            "SELECT p.entry_id, p.name, p.salt, p.bytes FROM part p JOIN json_each(?) w ON w.value = p.entry_id",
            [ids],
        )
        for entry_id, name, salt, content in rows:
            parts.setdefault(entry_id, {})[name] = Part(salt, content)
        for entry in batch:
            decoded = decode_entry(data[entry.id])
            own = parts.get(entry.id, {})
            kept = {
                name: _WITHHELD if (decoded.record_type, name) in withheld else part
                for name, part in own.items()
            }
            yield SignedEntry(data[entry.id], decoded, kept)


def _order(entry: ChosenEntry) -> tuple[str, int, str]:
    return entry.stream, entry.seq, entry.hash
