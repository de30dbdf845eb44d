"""The ends of the streams of a node, as far as they are here."""

from collections.abc import Sequence

from desktop.domain.ancestry import Span
from desktop.domain.entry import Head, decode_entry
from desktop.storage.driver import Database
from desktop.storage.entries import records_in_spans


def heads_of_node(db: Database, node: str) -> dict[str, tuple[int, str]]:
    """{stream: (seq, hash)} of the last entry of each stream of a node."""
    rows = db.execute(
        "SELECT s.id, e.seq, lower(hex(e.hash)) FROM stream s JOIN entry e ON e.stream = s.no"
        " WHERE s.node = ? ORDER BY s.id, e.seq, e.hash",
        [node],
    )
    return {stream: (seq, digest) for stream, seq, digest in rows}


def stream_ends(db: Database) -> dict[str, Head]:
    """{stream: (seq, hash)} of the last entry of every stream; of two that claim its number one stands for both."""
    rows = db.execute(
        "SELECT s.id, e.seq, lower(hex(max(e.hash))) FROM stream s JOIN entry e ON e.stream = s.no"
        " WHERE e.seq = (SELECT max(seq) FROM entry WHERE stream = s.no) GROUP BY s.id, e.seq"
    )
    return {stream: (seq, digest) for stream, seq, digest in rows}


def has_entry(db: Database, stream: str, seq: int, digest: str = "") -> bool:
    """Whether the log has this entry; without ``digest`` any one with its number."""
    row = db.execute(
        "SELECT 1 FROM stream s JOIN entry e ON e.stream = s.no WHERE s.id = ? AND e.seq = ?"
        " AND (? = '' OR lower(hex(e.hash)) = ?)",
        [stream, seq, digest, digest],
    ).fetchone()
    return row is not None


def introduced_ends(db: Database) -> list[tuple[str, int, str]]:
    """(stream, seq, hash) of the last entry of every range that an import first brought."""
    return [(row[0], row[1], row[2]) for row in db.execute("SELECT stream, last, tip FROM introduced")]


def count_later_entries(db: Database, spans: Sequence[Span]) -> int:
    """How many entries of other streams speak of the records these ranges speak of, and came after them."""
    records = records_in_spans(db, spans)
    streams = {span.stream for span in spans}
    count = 0
    for record_id in records:
        rows = db.execute(
            "SELECT s.id, e.bytes FROM entry e JOIN stream s ON s.no = e.stream"
            " WHERE e.record_id = ? AND e.kind <> 'log'",
            [record_id],
        )
        for stream, data in rows:
            count += stream not in streams and any(s in streams for s in decode_entry(data).ctx)
    return count
