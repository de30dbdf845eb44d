"""Lists of units, people, targets and sites: searched, filtered and cut into pages by the database."""

import json
from collections.abc import Collection, Sequence

from desktop.storage.driver import Database
from desktop.storage.paged_search import PAGE_ROWS, Found, search_page
from desktop.storage.records import Row

_UNITS = """
SELECT u.id, u.sort_no, u.name, u.short, u.kind, u.uscc, u.is_enforcement, u.contact,
       coalesce(nullif(p.short, ''), p.name) AS parent,
       (SELECT g.name FROM unit_group g, json_each(g.unit_ids) j WHERE g.year = :year AND j.value = u.id) AS "group"
FROM unit u LEFT JOIN unit p ON p.id = u.parent_id
"""
_PEOPLE = """
SELECT o.id, o.person_id, o.sort_no, p.name, p.gender, o.title, o.role, o.from_date, o.to_date,
       u.id AS unit_id, coalesce(nullif(u.short, ''), u.name) AS unit, u.name AS unit_name, u.sort_no AS unit_no,
       (SELECT r.key FROM json_each(:roles) r WHERE r.value = o.role) AS role_no
FROM post o LEFT JOIN person p ON p.id = o.person_id LEFT JOIN unit u ON u.id = o.unit_id
UNION ALL
SELECT p.id, p.id, NULL, p.name, p.gender, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM person p WHERE NOT EXISTS (SELECT 1 FROM post o WHERE o.person_id = p.id)
  AND p.id NOT IN (SELECT value FROM json_each(:left_out))
"""
_TARGETS = """
SELECT t.id, t.year, t.sort_no, t.code, t.name, t.kind, t.measure_unit, t.target_value, t.adjusted_value, t.weight,
       u.id AS unit_id, coalesce(nullif(u.short, ''), u.name) AS unit, u.name AS unit_name, u.sort_no AS unit_no,
       c.name AS category
FROM target t LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN category c ON c.id = t.category_id
"""
_SITES = """
SELECT s.id, s.name, s.kind, s.address, s.contact, s.lat_udeg, s.lon_udeg,
       u.id AS unit_id, coalesce(nullif(u.short, ''), u.name) AS unit, u.name AS unit_name, u.sort_no AS unit_no
FROM site s LEFT JOIN unit u ON u.id = s.unit_id
"""
_FOUND_SITES = """
SELECT s.id, s.name, s.unit_id, min(json_extract(CAST(e.bytes AS TEXT), '$.hlc[0]')) AS at_ms, w.name AS by_name
FROM site s JOIN entry e ON e.record_id = s.id AND e.kind = 'write'
LEFT JOIN person w ON w.id = json_extract(CAST(e.bytes AS TEXT), '$.by')
WHERE NOT EXISTS (
  SELECT 1 FROM entry o JOIN stream t ON t.no = o.stream
  WHERE o.record_id = s.id AND t.node = ? AND o.kind <> 'log'
)
GROUP BY s.id ORDER BY at_ms, s.id
"""
_POST_ORDER = "sort_no IS NULL, sort_no, role_no IS NULL, role_no, from_date, name, id"
_UNIT_ORDER = "unit_no IS NULL, unit_no, unit_id"


def search_units(
    db: Database, text: str, *, year: int, kind: str = "", offset: int = 0, most: int = PAGE_ROWS
) -> Found:
    """In official order; ``group`` is that of the year."""
    texts = ("name", "short", "uscc", '"group"', "parent")
    return search_page(
        db,
        _UNITS,
        texts,
        text,
        {"kind": kind},
        "sort_no IS NULL, sort_no, id",
        (offset, most),
        {"year": year},
    )


def search_people(
    db: Database,
    text: str,
    *,
    roles: Sequence[str],
    left_out: Collection[str] = (),
    role: str = "",
    offset: int = 0,
    most: int = PAGE_ROWS,
) -> Found:
    """One row a post, by unit in official order and within it as it was ordered by hand, else by the order of
    ``roles``; last the people without a post, whose ``id`` is that of the person, except those ``left_out``."""
    order = f"{_UNIT_ORDER}, {_POST_ORDER}"
    texts = ("name", "unit", "unit_name", "title", "role")
    return search_page(
        db,
        _PEOPLE,
        texts,
        text,
        {"role": role},
        order,
        (offset, most),
        {"roles": json.dumps(list(roles)), "left_out": json.dumps(sorted(left_out))},
    )


def posts_beside(db: Database, post_id: str, roles: Sequence[str]) -> list[Row]:
    """The posts of the unit of this one, itself among them, in the order in which they are listed."""
    select = f"SELECT * FROM ({_PEOPLE}) WHERE unit_id = (SELECT unit_id FROM post WHERE id = :post)"
    values = {"post": post_id, "roles": json.dumps(list(roles)), "left_out": "[]"}
    return list(db.query(f"{select} ORDER BY {_POST_ORDER}", values))


def doubles_among(db: Database, person_ids: Collection[str]) -> frozenset[str]:
    """Those of these persons who have no post and the name of exactly one other person, who is none of them."""
    rows = db.query(
        """
        SELECT p.id FROM person p JOIN json_each(:ids) asked ON asked.value = p.id
        WHERE NOT EXISTS (SELECT 1 FROM post o WHERE o.person_id = p.id)
          AND (SELECT count(*) FROM person q WHERE q.name = p.name AND q.id <> p.id) = 1
          AND NOT EXISTS (
            SELECT 1 FROM person q JOIN json_each(:ids) other ON other.value = q.id
            WHERE q.name = p.name AND q.id <> p.id
          )
        """,
        {"ids": json.dumps(sorted(person_ids))},
    )
    return frozenset(str(row["id"]) for row in rows)


def search_targets(
    db: Database, text: str, *, kind: str = "", offset: int = 0, most: int = PAGE_ROWS
) -> Found:
    """The newest year first, within it by unit in official order."""
    order = f"year DESC, {_UNIT_ORDER}, sort_no IS NULL, sort_no, id"
    texts = ("name", "code", "unit", "unit_name", "category", "year")
    return search_page(db, _TARGETS, texts, text, {"kind": kind}, order, (offset, most), {})


def search_sites(db: Database, text: str, *, kind: str = "", offset: int = 0, most: int = PAGE_ROWS) -> Found:
    """By unit in official order."""
    texts = ("name", "unit", "unit_name", "address")
    return search_page(
        db, _SITES, texts, text, {"kind": kind}, f"{_UNIT_ORDER}, name, id", (offset, most), {}
    )


def sites_found_elsewhere(db: Database, node: str) -> list[Row]:
    """The sites to which this node never wrote: when and by whom they were found, oldest first."""
    return list(db.query(_FOUND_SITES, [node]))
