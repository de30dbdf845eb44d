"""The log for the screen: what was done, searched, filtered and cut into pages by the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop.storage.driver import Database
from desktop.storage.records import Row

LOG_ROWS = 100

# A part comes from anywhere and may be no JSON; as a blob SQLite would take it for its own binary form.
_DETAILS = "CASE WHEN json_valid(CAST(p.bytes AS TEXT)) THEN CAST(p.bytes AS TEXT) ELSE '{}' END"
_REASON = "CASE WHEN json_valid(CAST(r.bytes AS TEXT)) THEN CAST(r.bytes AS TEXT) ->> '$.text' END"
_KINDS = "('log', 'open', 'enroll', 'revoke', 'void', 'unvoid', 'hold', 'accept')"
"""What was done. A resolve is followed by a log entry that says so, and a write is what was recorded."""

_ENTRIES = f"""
SELECT e.id, e.seq, e.record_id, s.node, json_extract(CAST(e.bytes AS TEXT), '$.by') AS by_id,
       json_extract(CAST(e.bytes AS TEXT), '$.hlc[0]') AS at_ms,
       coalesce({_DETAILS} ->> '$.event', e.kind) AS event, {_DETAILS} AS details,
       {_REASON} AS reason
FROM entry e JOIN stream s ON s.no = e.stream
LEFT JOIN part p ON p.entry_id = e.id AND p.name = 'event'
LEFT JOIN part r ON r.entry_id = e.id AND r.name = 'reason'
WHERE e.kind IN {_KINDS}
"""
_JOURNAL = f"""
SELECT j.id, j.at_ms, j.by_id, coalesce(who.name, '') AS by_name, j.node, coalesce(n.name, '') AS node_name,
       j.event, j.details, coalesce(j.reason, '') AS reason,
       coalesce(nullif(m.title, ''), m.cover_name, nullif(u.short, ''), u.name, v.name, k.file_name, q.file_name,
                j.details ->> '$.folder', j.details ->> '$.form', '') AS about,
       coalesce(other.name, someone.name, '') AS other
FROM ({_ENTRIES}) j
LEFT JOIN person who ON who.id = j.by_id
LEFT JOIN node n ON n.id = j.node
LEFT JOIN mission m ON m.id = j.record_id
LEFT JOIN visit w ON w.id = j.record_id
LEFT JOIN unit u ON u.id = coalesce(nullif(w.header_unit_id, ''), w.unit_id)
LEFT JOIN evidence v ON v.id = j.record_id
LEFT JOIN package k ON k.manifest_sha256 = j.details ->> '$.package'
LEFT JOIN quarantine q ON q.file_sha256 = j.details ->> '$.file'
LEFT JOIN node other ON other.id = coalesce(j.details ->> '$.node', j.details ->> '$.dest',
                                            CASE k.direction WHEN 'in' THEN k.sender END)
LEFT JOIN person someone ON someone.id = j.details ->> '$.person'
"""
_TEXTS = ("by_name", "node_name", "about", "other", "reason")


@dataclass(frozen=True)
class JournalQuery:
    """Empty filters let everything through.

    ``words``: each has to be found, in a text of the row or, by ``named``, in what its event is called.
    ``since_ms`` is the first moment, ``until_ms`` the first that is too late.
    """

    words: Sequence[str] = ()
    named: Mapping[str, Sequence[str]] = field(default_factory=dict)
    events: Sequence[str] = ()
    by_id: str = ""
    node: str = ""
    since_ms: int | None = None
    until_ms: int | None = None


def search_journal(
    db: Database, query: JournalQuery, offset: int = 0, limit: int = LOG_ROWS
) -> tuple[list[Row], int]:
    """(one page of rows, how many there are in all), newest first."""
    where, values = _where(query)
    found = f"FROM ({_JOURNAL}){where}"
    total = int(db.execute(f"SELECT count(*) {found}", values).fetchone()[0])
    rows = db.query(
        f"SELECT * {found} ORDER BY at_ms DESC, id DESC LIMIT ? OFFSET ?", [*values, limit, offset]
    )
    return list(rows), total


def authors_in_journal(db: Database) -> list[tuple[str, str]]:
    """(id, name) of everybody the log speaks of, by name."""
    rows = db.execute(
        f"SELECT DISTINCT j.by_id, p.name FROM ({_ENTRIES}) j JOIN person p ON p.id = j.by_id ORDER BY 2, 1"
    )
    return [(row[0], row[1]) for row in rows]


def events_about(db: Database, event: str, record_ids: Sequence[str]) -> list[Row]:
    """Every time this was noted about one of these records, oldest first: when, by whom, where, and why."""
    rows = db.query(
        f"SELECT j.at_ms, j.node, coalesce(who.name, '') AS by_name, coalesce(j.reason, '') AS reason"
        f" FROM ({_ENTRIES}) j LEFT JOIN person who ON who.id = j.by_id"
        " WHERE j.event = ? AND j.record_id IN (SELECT value FROM json_each(?)) ORDER BY j.at_ms, j.id",
        [event, json.dumps(list(record_ids))],
    )
    return list(rows)


def times_of_event(db: Database, node: str, event: str, key: str) -> dict[str, int]:
    """When a node last noted this event: {what ``key`` of the event says: milliseconds since 1970}."""
    rows = db.execute(
        f"SELECT details ->> ?, max(at_ms) FROM ({_ENTRIES}) WHERE node = ? AND event = ? GROUP BY 1",
        [f"$.{key}", node, event],
    )
    return {str(name): at_ms for name, at_ms in rows if name is not None}


def _where(query: JournalQuery) -> tuple[str, list[str | int]]:
    conditions: list[str] = []
    values: list[str | int] = []
    for word in query.words:
        alternatives = [f"{column} LIKE ? ESCAPE '\\'" for column in _TEXTS]
        values += [f"%{_literal(word)}%"] * len(_TEXTS)
        events = query.named.get(word, ())
        if events:
            alternatives.append(f"event IN ({', '.join('?' * len(events))})")
            values += events
        conditions.append(f"({' OR '.join(alternatives)})")
    if query.events:
        conditions.append(f"event IN ({', '.join('?' * len(query.events))})")
        values += query.events
    bounds = (
        ("by_id = ?", query.by_id or None),
        ("node = ?", query.node or None),
        ("at_ms >= ?", query.since_ms),
        ("at_ms < ?", query.until_ms),
    )
    for condition, value in bounds:
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values


def _literal(word: str) -> str:
    """A word in which % and _ mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
