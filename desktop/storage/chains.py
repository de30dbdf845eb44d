"""Reading the log raw, for verification: nothing is assumed about what is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop.domain.entry import Entry, Part, decode_entry
from desktop.storage.driver import Database


@dataclass(frozen=True)
class StoredEntry:
    """A row of the log as it is. Hashes in hex."""

    stream: str
    seq: int
    hash: str
    prev: str
    data: bytes
    parts: Mapping[str, Part]

    @cached_property
    def entry(self) -> Entry:
        """What the bytes say; raises NotCanonicalError for those of a kind this version cannot read."""
        return decode_entry(self.data)

    def wrong_parts(self) -> list[str]:
        """The parts whose content is not what the entry names, or that it does not name at all."""
        named = self.entry.parts
        return [
            name
            for name, part in self.parts.items()
            if name not in named or (part.data is not None and part.hash != named[name])
        ]


def stored_entries(db: Database) -> Iterator[StoredEntry]:
    """Every entry with its parts, by stream and number."""
    rows = db.execute(
        "SELECT e.id, s.id, e.seq, lower(hex(e.hash)), lower(hex(e.prev)), e.bytes"
        " FROM entry e JOIN stream s ON s.no = e.stream ORDER BY s.id, e.seq, e.hash"
    )
    for entry_id, stream, seq, digest, prev, data in rows:
        parts = db.execute("SELECT name, salt, bytes FROM part WHERE entry_id = ?", [entry_id])
        yield StoredEntry(
            stream, seq, digest, prev, data, {name: Part(salt, content) for name, salt, content in parts}
        )


def count_entries(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM entry").fetchone()[0])
