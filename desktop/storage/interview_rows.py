"""Interviews of a visit: those that stand in it, and those that were removed.

One that was removed has the empty object as its value; what it said stays in the entries before.
"""

from desktop.domain.registry import RECORD_TYPES
from desktop.storage.driver import Database
from desktop.storage.records import Row

_PART = RECORD_TYPES["visit"].part("interview/")
IS_KEPT = f"coalesce({', '.join(_PART.fields if _PART else ())}) IS NOT NULL"
"""Whether a row of the table says anything."""


def kept_interviews(db: Database, visit_id: str) -> list[Row]:
    return list(
        db.query(f"SELECT * FROM interview WHERE visit_id = ? AND {IS_KEPT} ORDER BY key", [visit_id])
    )


def removed_interviews(db: Database, visit_id: str) -> list[str]:
    """The keys of those that were removed."""
    rows = db.query(
        f"SELECT key FROM interview WHERE visit_id = ? AND NOT ({IS_KEPT}) ORDER BY key", [visit_id]
    )
    return [str(row["key"]) for row in rows]
