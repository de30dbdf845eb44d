"""How far the entries of this node have travelled: what was never sent, what was sent and not confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.storage.driver import Database

_UP_TO = "SELECT coalesce(max(sent.last), 0) FROM sent JOIN package p USING (manifest_sha256) "


@dataclass(frozen=True)
class Travelled:
    """The last entry of ``stream`` that stands in a package to one node, and in one that it confirmed."""

    stream: str
    sent: int
    confirmed: int


def travelled(db: Database, node: str, dest: str) -> list[Travelled]:
    """For each stream of ``node``. Packages are cumulative, so the highest number tells it all.

    A package that the receiver has set aside again counts as sent only.
    """
    streams = [row[0] for row in db.execute("SELECT id FROM stream WHERE node = ? ORDER BY no", [node])]
    sent = _UP_TO + "WHERE sent.stream = ? AND p.dest = ? AND p.direction = 'out'"
    confirmed = (
        _UP_TO + "JOIN receipt r USING (manifest_sha256)"
        " WHERE sent.stream = ? AND r.node = ? AND p.direction = 'out' AND r.state = 'applied'"
    )
    return [
        Travelled(
            stream,
            int(db.execute(sent, [stream, dest]).fetchone()[0]),
            int(db.execute(confirmed, [stream, dest]).fetchone()[0]),
        )
        for stream in streams
    ]


def visits_written_after(db: Database, stream: str, seq: int) -> set[str]:
    """The visits that entries of ``stream`` after number ``seq`` speak of, evidence and the like included."""
    rows = db.execute(
        "SELECT DISTINCT coalesce(e.owner_id, e.record_id) FROM entry e JOIN stream s ON s.no = e.stream"
        " JOIN visit v ON v.id = coalesce(e.owner_id, e.record_id)"
        " WHERE s.id = ? AND e.seq > ? AND e.kind <> 'log'",
        [stream, seq],
    )
    return {row[0] for row in rows}


def evidence_written_after(db: Database, stream: str, seq: int) -> set[str]:
    """The pieces of evidence that entries of ``stream`` after number ``seq`` speak of, dropped ones left out."""
    rows = db.execute(
        "SELECT DISTINCT e.record_id FROM entry e JOIN stream s ON s.no = e.stream"
        " JOIN evidence v ON v.id = e.record_id"
        " WHERE s.id = ? AND e.seq > ? AND e.kind = 'write' AND coalesce(v.is_dropped, 0) = 0",
        [stream, seq],
    )
    return {row[0] for row in rows}


def answers_written_after(db: Database, stream: str, seq: int) -> set[tuple[str, str]]:
    """(visit, part) of every answer in entries of ``stream`` after number ``seq``."""
    rows = db.execute(
        "SELECT DISTINCT e.record_id, p.name FROM entry e JOIN stream s ON s.no = e.stream"
        " JOIN part p ON p.entry_id = e.id"
        " WHERE s.id = ? AND e.seq > ? AND e.kind = 'write' AND p.name GLOB 'answer/*'",
        [stream, seq],
    )
    return {(row[0], row[1]) for row in rows}


def bytes_of_entries(db: Database, node: str) -> int:
    """How many bytes the entries of a node and their parts hold, as they lie in the database."""
    entries = db.execute(
        "SELECT coalesce(sum(length(e.bytes)), 0) FROM entry e JOIN stream s ON s.no = e.stream WHERE s.node = ?",
        [node],
    ).fetchone()[0]
    parts = db.execute(
        "SELECT coalesce(sum(length(p.bytes) + length(p.salt)), 0) FROM part p JOIN entry e ON e.id = p.entry_id"
        " JOIN stream s ON s.no = e.stream WHERE s.node = ?",
        [node],
    ).fetchone()[0]
    return int(entries) + int(parts)


def count_written_after(db: Database, node: str, last: Mapping[str, int]) -> int:
    """How many entries of ``node`` other than log entries come after these numbers of its streams."""
    rows = db.execute(
        "SELECT s.id, e.seq FROM entry e JOIN stream s ON s.no = e.stream WHERE s.node = ? AND e.kind <> 'log'",
        [node],
    )
    return sum(seq > last.get(stream, 0) for stream, seq in rows)
