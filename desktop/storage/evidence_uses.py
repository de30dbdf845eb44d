"""Where else the same files are used as evidence."""

import json
from collections.abc import Sequence

from desktop.storage.driver import Database
from desktop.storage.records import Row

_MOST = 200
_VISIT = """
SELECT e.id, e.owner_id AS visit_id, {mine} AS own_id, e.sha256,
       coalesce(nullif(u.short, ''), u.name) AS unit, s.name AS site,
       substr(coalesce(nullif(v.started_at, ''), v.planned_on), 1, 10) AS day
FROM {source}
JOIN visit v ON v.id = e.owner_id
LEFT JOIN unit u ON u.id = coalesce(nullif(v.header_unit_id, ''), v.unit_id)
LEFT JOIN site s ON s.id = coalesce(nullif(v.header_site_id, ''), v.site_id)
WHERE coalesce(e.is_dropped, 0) = 0 AND {condition}
ORDER BY e.id LIMIT :most
"""
_EARLIER = """
WITH place AS (
    SELECT coalesce(nullif(v.header_unit_id, ''), v.unit_id) AS unit_id,
           coalesce(nullif(v.header_site_id, ''), v.site_id) AS site_id
    FROM evidence e JOIN visit v ON v.id = e.owner_id WHERE e.id = :value
)
SELECT e.id, e.owner_id AS visit_id
FROM place p
JOIN visit v ON coalesce(nullif(v.header_unit_id, ''), v.unit_id) = nullif(p.unit_id, '')
             OR coalesce(nullif(v.header_site_id, ''), v.site_id) = nullif(p.site_id, '')
JOIN evidence e ON e.owner_id = v.id
WHERE e.id < :value AND coalesce(e.is_dropped, 0) = 0 AND e.mime LIKE 'image/%'
      AND coalesce(e.parent_id, '') = ''
ORDER BY coalesce(coalesce(nullif(v.header_site_id, ''), v.site_id) = nullif(p.site_id, ''), 0) DESC, e.id DESC
LIMIT :most
"""


def uses_elsewhere(db: Database, visit_id: str, sha256: str = "") -> list[Row]:
    """Evidence of other visits with the same bytes as evidence of this one, or as one file of it."""
    sql = _VISIT.format(
        mine="mine.id",
        source="evidence mine JOIN evidence e ON e.sha256 = mine.sha256 AND e.owner_id <> mine.owner_id",
        condition="mine.owner_id = :visit AND coalesce(mine.is_dropped, 0) = 0"
        " AND mine.sha256 = coalesce(nullif(:sha256, ''), mine.sha256)",
    )
    return list(db.query(sql, {"visit": visit_id, "sha256": sha256, "most": _MOST}))


def evidence_with_ids(db: Database, evidence_ids: Sequence[str]) -> list[Row]:
    """Evidence with the words for its visit; what was taken out of its visit is left out."""
    return _evidence(db, "e.id IN (SELECT value FROM json_each(:value))", json.dumps(list(evidence_ids)))


def evidence_with_files(db: Database, files: Sequence[str]) -> list[Row]:
    """All evidence that has one of these contents, named by their SHA-256."""
    return _evidence(db, "e.sha256 IN (SELECT value FROM json_each(:value))", json.dumps(list(files)))


def derived_evidence(db: Database, parent_id: str) -> list[Row]:
    """What was made from a piece of evidence; in the same visit, as derivatives are."""
    owner = "e.owner_id = (SELECT owner_id FROM evidence WHERE id = :value)"
    return _evidence(db, f"{owner} AND e.parent_id = :value", parent_id)


def later_photos(db: Database, before_id: str) -> list[Row]:
    """The photos of after the rectification that name this one as the one of before."""
    return _evidence(db, "e.before_id = :value", before_id)


def earlier_photos(db: Database, evidence_id: str) -> list[Row]:
    """Photos of the same unit or site taken in before this one: those of its site first, the newest first."""
    rows = db.query(_EARLIER, {"value": evidence_id, "most": _MOST})
    return list(rows)


def _evidence(db: Database, condition: str, value: str) -> list[Row]:
    sql = _VISIT.format(mine="e.id", source="evidence e", condition=condition)
    return list(db.query(sql, {"value": value, "most": _MOST}))
