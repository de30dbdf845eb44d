"""What waits: entries of a node that the office has not accepted, and objects its evidence speaks of."""

from desktop.storage.driver import Database


def held_by_node(db: Database, node: str) -> tuple[str, ...]:
    """The hashes of the held entries that ``node`` wrote, sorted."""
    rows = db.execute(
        "SELECT DISTINCT h.value FROM record r, json_each(r.held) h"
        " JOIN entry e ON e.record_id = r.id AND lower(hex(e.hash)) = h.value"
        " JOIN stream s ON s.no = e.stream WHERE r.held <> '[]' AND s.node = ? ORDER BY h.value",
        [node],
    )
    return tuple(row[0] for row in rows)


def objects_wanted_from(db: Database, node: str) -> tuple[str, ...]:
    """The objects that have not come and that evidence made by ``node`` names, sorted."""
    rows = db.execute(
        "SELECT DISTINCT o.sha256 FROM object o JOIN evidence v ON v.sha256 = o.sha256"
        " JOIN entry e ON e.record_id = v.id JOIN stream s ON s.no = e.stream"
        " WHERE o.state = 'wanted' AND s.node = ? ORDER BY o.sha256",
        [node],
    )
    return tuple(row[0] for row in rows)


def evidence_without_object(db: Database) -> list[tuple[str, int]]:
    """(sha256, size) of originals that records name and the ledger of objects does not know."""
    rows = db.execute(
        "SELECT DISTINCT v.sha256, coalesce(v.size, 0) FROM evidence v LEFT JOIN object o ON o.sha256 = v.sha256"
        " WHERE o.sha256 IS NULL AND length(v.sha256) = 64"
    )
    return [(row[0], row[1]) for row in rows]
