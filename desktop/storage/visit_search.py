"""Lists of visits and missions for the screen: searched, filtered and cut into pages by the database."""

from desktop.storage.driver import Database
from desktop.storage.interview_rows import IS_KEPT
from desktop.storage.paged_search import PAGE_ROWS, Found, search_page
from desktop.storage.records import Row

_VISITS = """
SELECT v.id, coalesce(v.header_mode, v.mode) AS mode, v.started_at, v.planned_on, v.leader, v.check_type, v.holders,
       v.is_from_paper,
       coalesce(nullif(m.title, ''), m.cover_name) AS mission, m.no AS mission_no,
       coalesce(v.header_mission_id, v.mission_id) AS mission_id,
       coalesce(nullif(u.short, ''), u.name) AS unit, s.name AS site, c.name AS checklist,
       coalesce(v.header_checklist_id, v.checklist_id) AS checklist_id,
       CASE WHEN r.contested <> '[]' THEN 'conflict'
            WHEN EXISTS (SELECT 1 FROM signature g WHERE g.visit_id = v.id AND g.role = '组长') THEN 'signed'
            WHEN coalesce(v.started_at, '') <> ''
                 OR EXISTS (SELECT 1 FROM answer a WHERE a.visit_id = v.id) THEN 'recorded'
            WHEN m.status = '已撤回' THEN 'withdrawn'
            ELSE 'planned' END AS state
FROM visit v
LEFT JOIN record r ON r.id = v.id
LEFT JOIN mission m ON m.id = coalesce(nullif(v.header_mission_id, ''), v.mission_id)
LEFT JOIN site s ON s.id = coalesce(nullif(v.header_site_id, ''), v.site_id)
LEFT JOIN unit u ON u.id = coalesce(nullif(v.header_unit_id, ''), nullif(v.unit_id, ''), s.unit_id)
LEFT JOIN checklist c ON c.id = coalesce(nullif(v.header_checklist_id, ''), v.checklist_id)
"""
_MISSIONS = """
SELECT m.id, m.no, coalesce(nullif(m.title, ''), m.cover_name) AS title, m.cover_name, m.mode, m.period_type,
       m.starts_on, m.ends_on, m.depart_at, coalesce(m.is_sealed, 0) AS is_sealed, m.status,
       (SELECT json_array_length(CAST(d.bytes AS TEXT), '$.visits') FROM draft d
        WHERE d.record_id = m.id AND d.part = 'objects') AS planned,
       (SELECT count(*) FROM visit v WHERE coalesce(nullif(v.header_mission_id, ''), v.mission_id) = m.id) AS visits,
       (SELECT count(*) FROM visit v WHERE coalesce(nullif(v.header_mission_id, ''), v.mission_id) = m.id
        AND (coalesce(v.started_at, '') <> '' OR EXISTS (SELECT 1 FROM answer a WHERE a.visit_id = v.id))) AS recorded
FROM mission m
"""
_VISIT_TEXTS = ("unit", "site", "checklist", "mission", "mission_no", "leader")
_MISSION_TEXTS = ("no", "title", "cover_name")


def search_visits(
    db: Database,
    text: str,
    *,
    mode: str = "",
    state: str = "",
    mission: str = "",
    offset: int = 0,
    is_open: bool = False,
    having: str = "",
) -> Found:
    """Newest first. Empty filters let everything through; ``text`` is looked for in names.

    ``is_open`` leaves out the visits whose checklist is still sealed, ``having`` those without a part of this kind
    (observation, interview), drafts included.
    """
    select = f"SELECT * FROM ({_VISITS}) WHERE checklist IS NOT NULL" if is_open else _VISITS
    if having:
        select = f"SELECT * FROM ({select}) WHERE id IN ({_recorded(having)} UNION {_drafted(having)})"
    filters = {"mode": mode, "state": state, "mission_id": mission}
    return search_page(
        db,
        select,
        _VISIT_TEXTS,
        text,
        filters,
        "coalesce(started_at, planned_on) DESC, id",
        (offset, PAGE_ROWS),
        {},
    )


def visits_for_paper(db: Database, node: str) -> list[Row]:
    """The visits a paper record may be of, newest first: nobody has begun them, or ``node`` has and is not done."""
    rows = db.query(
        f"SELECT id, unit, site, checklist, mission_id, coalesce(planned_on, started_at) AS day FROM ({_VISITS})"
        " WHERE checklist IS NOT NULL AND (state = 'planned' OR (state = 'recorded'"
        " AND EXISTS (SELECT 1 FROM json_each(holders) h WHERE h.value = ?))) ORDER BY day DESC, id",
        [node],
    )
    return list(rows)


def _recorded(kind: str) -> str:
    kept = f" WHERE {IS_KEPT}" if kind == "interview" else ""
    return f"SELECT visit_id FROM {kind}{kept}"


def _drafted(kind: str) -> str:
    return f"SELECT record_id FROM draft WHERE part LIKE '{kind}/%'"


def search_missions(db: Database, text: str, *, mode: str = "", status: str = "", offset: int = 0) -> Found:
    """Newest first; ``text`` is looked for in number, title and cover name."""
    filters = {"mode": mode, "status": status}
    return search_page(
        db, _MISSIONS, _MISSION_TEXTS, text, filters, "starts_on DESC, id", (offset, PAGE_ROWS), {}
    )


def visits_of_year(db: Database, year: int) -> list[Row]:
    """Month and mode of every visit that took place in a year, counted."""
    rows = db.query(
        "SELECT substr(started_at, 6, 2) AS month, coalesce(header_mode, mode) AS mode, count(*) AS visits"
        " FROM visit WHERE started_at LIKE ? || '-%' GROUP BY 1, 2 ORDER BY 1, 2",
        [str(year)],
    )
    return list(rows)


def years_of_visits(db: Database) -> list[int]:
    """The years in which there were visits or missions, newest first."""
    rows = db.execute(
        "SELECT DISTINCT substr(day, 1, 4)"
        " FROM (SELECT started_at AS day FROM visit UNION SELECT starts_on FROM mission)"
        " WHERE day GLOB '[0-9][0-9][0-9][0-9]-*' ORDER BY 1 DESC"
    )
    return [int(row[0]) for row in rows]


def vetoes_to_approve(db: Database) -> list[str]:
    """The visits where the team found a veto that nobody has decided on yet."""
    rows = db.execute(
        "SELECT DISTINCT a.visit_id FROM answer a JOIN visit v ON v.id = a.visit_id"
        " WHERE a.is_veto_hit = 1 AND coalesce(v.review_status, '') = '' ORDER BY 1"
    )
    return [row[0] for row in rows]
