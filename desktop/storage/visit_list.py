"""Visits with the names of what they are about, as lists and scores need them."""

import json
from collections.abc import Sequence

from desktop.storage.driver import Database
from desktop.storage.records import Row

_SQL = """
SELECT v.id, coalesce(v.header_mode, v.mode) AS mode, v.status, v.started_at, v.planned_on,
       coalesce(v.header_mission_id, v.mission_id) AS mission_id,
       coalesce(nullif(v.header_unit_id, ''), nullif(v.unit_id, ''), s.unit_id) AS unit_id,
       coalesce(v.header_checklist_id, v.checklist_id) AS checklist_id,
       coalesce(nullif(m.title, ''), m.cover_name) AS mission, u.short AS unit, s.name AS site, c.name AS checklist,
       (SELECT count(*) FROM signature g WHERE g.visit_id = v.id AND g.role = '组长') AS signed
FROM visit v
LEFT JOIN mission m ON m.id = coalesce(v.header_mission_id, v.mission_id)
LEFT JOIN site s ON s.id = coalesce(nullif(v.header_site_id, ''), v.site_id)
LEFT JOIN unit u ON u.id = coalesce(nullif(v.header_unit_id, ''), nullif(v.unit_id, ''), s.unit_id)
LEFT JOIN checklist c ON c.id = coalesce(v.header_checklist_id, v.checklist_id)
ORDER BY coalesce(v.started_at, v.planned_on), v.id
"""


def visit_rows(db: Database) -> list[Row]:
    """Every visit, oldest first."""
    return list(db.query(_SQL))


def visits_held_by(db: Database, node: str) -> tuple[list[str], list[str]]:
    """The visits a node holds, and the missions they belong to."""
    rows = db.execute(
        "SELECT DISTINCT v.id, v.mission_id FROM visit v, json_each(v.holders) h WHERE h.value = ? ORDER BY v.id",
        [node],
    ).fetchall()
    return [row[0] for row in rows], sorted({row[1] for row in rows if row[1]})


def holders_of_mission(db: Database, mission_id: str) -> list[str]:
    """The nodes that hold a visit of a mission."""
    rows = db.execute(
        "SELECT DISTINCT h.value FROM visit v, json_each(v.holders) h WHERE v.mission_id = ? ORDER BY 1",
        [mission_id],
    )
    return [row[0] for row in rows]


def visits_by_checklist(db: Database) -> dict[str, int]:
    """{checklist id: how many visits use it}."""
    rows = db.execute(
        "SELECT coalesce(nullif(header_checklist_id, ''), checklist_id) AS checklist, count(*) FROM visit GROUP BY 1"
    )
    return {str(checklist): count for checklist, count in rows if checklist}


def children_of(db: Database, record_ids: Sequence[str]) -> list[str]:
    """The evidence and other records that hang on these."""
    rows = db.execute(
        "SELECT r.id FROM json_each(?) wanted JOIN record r ON r.owner_id = wanted.value",
        [json.dumps(list(record_ids))],
    )
    return [row[0] for row in rows]


def records_of_types(db: Database, types: Sequence[str]) -> list[str]:
    rows = db.execute(
        "SELECT r.id FROM json_each(?) t JOIN record r ON r.type = t.value", [json.dumps(list(types))]
    )
    return [row[0] for row in rows]


def records_of_entries(db: Database, entry_ids: Sequence[int], record_type: str) -> list[str]:
    """The records of one type that these entries speak of."""
    rows = db.execute(
        "SELECT DISTINCT e.record_id FROM json_each(?) w JOIN entry e ON e.id = w.value WHERE e.record_type = ?",
        [json.dumps(list(entry_ids)), record_type],
    )
    return [row[0] for row in rows]
