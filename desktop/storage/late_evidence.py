"""Evidence that came with a correction: its birth gives a reason, and the births of all other evidence give none."""

from desktop.domain.signing import LEADER
from desktop.storage.driver import Database
from desktop.storage.records import Row

# As in the search of the log: what came from elsewhere may be no JSON.
_REASON = "CASE WHEN json_valid(CAST(r.bytes AS TEXT)) THEN CAST(r.bytes AS TEXT) ->> '$.text' END"


def birth_with_reason(db: Database, evidence_id: str) -> Row | None:
    """When, by whom and why; None for evidence that was taken in while its visit was recorded.

    A birth that is held tells nothing: it counts for nothing.
    """
    rows = db.query(
        "SELECT json_extract(CAST(e.bytes AS TEXT), '$.hlc[0]') AS at_ms, coalesce(who.name, '') AS by_name,"
        f" coalesce({_REASON}, '') AS reason"
        " FROM entry e JOIN part r ON r.entry_id = e.id AND r.name = 'reason'"
        " JOIN record known ON known.id = e.record_id"
        " LEFT JOIN person who ON who.id = json_extract(CAST(e.bytes AS TEXT), '$.by')"
        " WHERE e.record_id = ? AND e.kind = 'write'"
        " AND json_extract(CAST(e.bytes AS TEXT), '$.home') IS NOT NULL"
        " AND lower(hex(e.hash)) NOT IN (SELECT value FROM json_each(known.held))"
        " ORDER BY e.id LIMIT 1",
        [evidence_id],
    )
    return next(iter(rows), None)


def is_left_out_by_leader(db: Database, visit_id: str, sha256: str) -> bool:
    """Whether the leader has signed the visit, and none of his signatures names this file."""
    row = db.execute(
        "SELECT count(*), coalesce(sum(EXISTS"
        " (SELECT 1 FROM json_each(coalesce(s.evidence, '[]')) named WHERE named.value = ?)), 0)"
        " FROM signature s WHERE s.visit_id = ? AND s.role = ?",
        [sha256, visit_id, LEADER],
    ).fetchone()
    return int(row[0]) > 0 and int(row[1]) == 0
