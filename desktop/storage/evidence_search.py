"""The list of all evidence for the screen: searched, filtered and cut into pages by the database."""

from desktop.storage.driver import Database
from desktop.storage.paged_search import PAGE_ROWS, Found, search_page
from desktop.storage.records import Row

_MOST_CHOICES = 300
_USED = "coalesce(e.is_dropped, 0) = 0"
_EVIDENCE = f"""
SELECT e.id, e.owner_id AS visit_id, e.item, e.caption, e.name, e.place, e.proves,
       CASE WHEN e.mime LIKE 'image/%' THEN 'picture' WHEN e.mime LIKE 'video/%' THEN 'film'
            WHEN e.mime LIKE 'audio/%' THEN 'sound' ELSE 'document' END AS kind,
       CASE WHEN coalesce(e.parent_id, '') <> '' OR coalesce(e.derivation_kind, '') <> ''
            THEN 'yes' ELSE 'no' END AS derived,
       CASE WHEN coalesce(e.before_id, '') <> '' THEN 'yes' ELSE 'no' END AS paired,
       CASE WHEN EXISTS (SELECT 1 FROM evidence o WHERE o.sha256 = e.sha256 AND o.owner_id <> e.owner_id
                         AND coalesce(o.is_dropped, 0) = 0) THEN 'yes' ELSE 'no' END AS again
FROM evidence e
WHERE {_USED} AND EXISTS (SELECT 1 FROM visit v WHERE v.id = e.owner_id)
"""
_TEXTS = ("caption", "name", "place", "proves")


def search_evidence(
    db: Database,
    text: str,
    *,
    visit_id: str = "",
    item: str = "",
    kind: str = "",
    use: str = "",
    offset: int = 0,
) -> Found:
    """Newest first. ``use``: derived, paired, again (the same file in several visits), or empty for all."""
    filters = {"visit_id": visit_id, "item": item, "kind": kind, **({use: "yes"} if use else {})}
    return search_page(db, _EVIDENCE, _TEXTS, text, filters, "id DESC", (offset, PAGE_ROWS), {})


def visits_with_evidence(db: Database) -> list[Row]:
    """The newest of them, with the words for each."""
    rows = db.query(
        "SELECT v.id AS visit_id, coalesce(nullif(u.short, ''), u.name) AS unit, s.name AS site,"
        " substr(coalesce(nullif(v.started_at, ''), v.planned_on), 1, 10) AS day FROM visit v"
        " LEFT JOIN unit u ON u.id = coalesce(nullif(v.header_unit_id, ''), v.unit_id)"
        " LEFT JOIN site s ON s.id = coalesce(nullif(v.header_site_id, ''), v.site_id)"
        f" WHERE EXISTS (SELECT 1 FROM evidence e WHERE e.owner_id = v.id AND {_USED})"
        " ORDER BY day DESC, v.id DESC LIMIT ?",
        [_MOST_CHOICES],
    )
    return list(rows)


def items_with_evidence(db: Database) -> list[str]:
    rows = db.execute(
        f"SELECT DISTINCT e.item FROM evidence e WHERE {_USED} AND e.item <> '' LIMIT ?", [_MOST_CHOICES]
    )
    return sorted((str(row[0]) for row in rows), key=lambda item: (len(item), item))
