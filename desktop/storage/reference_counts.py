"""How often a record is named by others, before it is deleted."""

from collections.abc import Mapping

from desktop.storage.driver import Database

_UNIT = """
SELECT 'unit', count(*) FROM unit WHERE parent_id = :id UNION ALL
SELECT 'post', count(*) FROM post WHERE unit_id = :id UNION ALL
SELECT 'target', count(*) FROM target WHERE unit_id = :id UNION ALL
SELECT 'site', count(*) FROM site WHERE unit_id = :id UNION ALL
SELECT 'visit', count(*) FROM visit WHERE unit_id = :id OR header_unit_id = :id
"""
_SITE = "SELECT 'visit', count(*) FROM visit WHERE site_id = :id OR header_site_id = :id"
_PERSON = """
SELECT 'post', count(*) FROM post WHERE person_id = :id UNION ALL
SELECT 'login', count(*) FROM login WHERE person_id = :id UNION ALL
SELECT 'node', count(*) FROM node WHERE instr(CAST(card AS TEXT), :id) > 0 AND status <> 'own'
"""
_SQL: Mapping[str, str] = {"unit": _UNIT, "site": _SITE, "person": _PERSON}


def count_references(db: Database, record_type: str, record_id: str) -> dict[str, int]:
    """{what: how many} of everything that names the record; what names it nowhere is left out."""
    sql = _SQL.get(record_type)
    rows = db.execute(sql, {"id": record_id}) if sql else ()
    return {name: count for name, count in rows if count}
