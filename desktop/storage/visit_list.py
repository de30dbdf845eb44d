"""Visits with the names of what they are about, as lists and scores need them."""

from desktop.storage.driver import Database
from desktop.storage.records import Row

_SQL = """
SELECT v.id, coalesce(v.header_mode, v.mode) AS mode, v.status, v.started_at, v.planned_on,
       coalesce(v.header_mission_id, v.mission_id) AS mission_id,
       coalesce(v.header_unit_id, v.unit_id) AS unit_id,
       coalesce(v.header_checklist_id, v.checklist_id) AS checklist_id,
       coalesce(nullif(m.title, ''), m.cover_name) AS mission, u.short AS unit, s.name AS site, c.name AS checklist,
       (SELECT count(*) FROM signature g WHERE g.visit_id = v.id) AS signed
FROM visit v
LEFT JOIN mission m ON m.id = coalesce(v.header_mission_id, v.mission_id)
LEFT JOIN unit u ON u.id = coalesce(v.header_unit_id, v.unit_id)
LEFT JOIN site s ON s.id = coalesce(nullif(v.header_site_id, ''), v.site_id)
LEFT JOIN checklist c ON c.id = coalesce(v.header_checklist_id, v.checklist_id)
ORDER BY coalesce(v.started_at, v.planned_on), v.id
"""


def visit_rows(db: Database) -> list[Row]:
    """Every visit, oldest first."""
    return list(db.query(_SQL))
