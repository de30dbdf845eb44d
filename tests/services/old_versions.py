"""Workspaces as older versions of the program left them, made from one of today."""

import re
from pathlib import Path

from desktop.domain.registry import RECORD_TYPES

OLD_SCHEMAS = {
    version: Path(__file__).parents[1] / "data" / f"schema_{version}" / "db_schema.sql" for version in (1, 2)
}
"""The schema as it was in each version; never made again."""

NEW_IN_2 = ("interview", "volume", "waiting_package", "picture_hash")
CHANGED_IN_2 = ("signature", "evidence", "post")
CHANGED_IN_3 = ("mission",)


def folded_rows(workspace):
    """Every row of the tables that are folded from the log."""
    tables = {
        name
        for record in RECORD_TYPES.values()
        for name in (record.name, *(part.table for part in record.parts if part.table))
    }
    return {
        name: workspace.db.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()  # noqa: S608  of the registry
        for name in sorted({*tables, "record", "conflict"})
    }


def make_version_1(workspace):
    """Give the database the shape of version 1 with the rows it would have there."""
    db, schema = workspace.db, OLD_SCHEMAS[1].read_text(encoding="utf-8")
    with db.atomic():
        for name in NEW_IN_2:
            db.execute(f"DROP TABLE {name}")
        for name in (*CHANGED_IN_2, *CHANGED_IN_3):
            db.execute(f"ALTER TABLE {name} RENAME TO newer")
            db.execute(re.search(rf"CREATE TABLE {name} \(.*?\) STRICT", schema, re.DOTALL)[0])
            columns = ", ".join(row[1] for row in db.execute(f"PRAGMA table_info({name})"))
            db.execute(f"INSERT INTO {name} SELECT {columns} FROM newer")  # noqa: S608  columns of the schema
            db.execute("DROP TABLE newer")
        db.execute("CREATE INDEX evidence_owner ON evidence (owner_id)")
        db.execute("CREATE INDEX post_person ON post (person_id)")
        db.execute("CREATE INDEX post_unit ON post (unit_id)")
        db.execute("PRAGMA user_version = 1")
