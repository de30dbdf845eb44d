"""The entries of a log that tell something about time: jumps of a clock, and what came before what."""

from collections.abc import Iterator

from desktop.domain import canonical
from desktop.domain.canonical import Json, NotCanonicalError
from desktop.domain.entry import Entry, decode_entry
from desktop.storage.driver import Database

Event = dict[str, Json]
_TAIL = 300


def clock_events(db: Database, stream: str, first: int, last: int) -> list[tuple[int, Event]]:
    """(number, event) of each entry from ``first`` to ``last`` that notes a jump of the clock, in their order."""
    rows = db.execute(
        "SELECT e.seq, p.bytes FROM entry e JOIN stream s ON s.no = e.stream"
        " JOIN part p ON p.entry_id = e.id AND p.name = 'event'"
        " WHERE s.id = ? AND e.seq BETWEEN ? AND ? AND e.kind = 'log' AND e.record_id IS NULL"
        """ AND instr(p.bytes, CAST('"event":"clock_' AS BLOB)) > 0 ORDER BY e.seq""",
        [stream, first, last],
    )
    return [(seq, event) for seq, data in rows if (event := _event(data))]


def newest_entries(db: Database, stream: str) -> Iterator[tuple[Entry, Event]]:
    """The last few hundred entries of a stream with their events, newest first."""
    rows = db.execute(
        "SELECT e.bytes, p.bytes FROM entry e JOIN stream s ON s.no = e.stream"
        " LEFT JOIN part p ON p.entry_id = e.id AND p.name = 'event'"
        " WHERE s.id = ? ORDER BY e.seq DESC, e.hash DESC LIMIT ?",
        [stream, _TAIL],
    )
    for data, event in rows:
        yield decode_entry(data), _event(event)


def packages_merged_by(db: Database, node: str) -> set[str]:
    """The manifests of the packages that a node has taken in, as its log tells."""
    rows = db.execute(
        "SELECT p.bytes FROM entry e JOIN stream s ON s.no = e.stream"
        " JOIN part p ON p.entry_id = e.id AND p.name = 'event'"
        """ WHERE s.node = ? AND e.kind = 'log' AND instr(p.bytes, CAST('"event":"merged"' AS BLOB)) > 0""",
        [node],
    )
    return {str(_event(data).get("package")) for (data,) in rows}


def numbers_about(db: Database, record_id: str) -> list[tuple[str, str, int, int]]:
    """(stream, node, first number, last number) of what each stream wrote about a record and what hangs on it."""
    rows = db.execute(
        "SELECT s.id, s.node, min(e.seq), max(e.seq) FROM entry e JOIN stream s ON s.no = e.stream"
        " WHERE e.record_id = ? OR e.owner_id = ? GROUP BY s.id ORDER BY s.no",
        [record_id, record_id],
    )
    return [(stream, node, first, last) for stream, node, first, last in rows]


def _event(data: bytes | None) -> Event:
    """Empty where nothing came, or nothing that makes sense."""
    try:
        return canonical.decode_object(data or b"{}")
    except NotCanonicalError:
        return {}
