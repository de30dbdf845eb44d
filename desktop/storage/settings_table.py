"""The settings of one workspace, each a small JSON value under a name."""

import json

from desktop.domain.canonical import Json
from desktop.storage.driver import Database


def read_setting(db: Database, key: str) -> Json:
    """The value, or None where it was never set."""
    row = db.execute("SELECT value FROM setting WHERE key = ?", [key]).fetchone()
    return json.loads(row[0]) if row else None


def read_text_setting(db: Database, key: str) -> str:
    """A setting that every workspace has from its first moment on."""
    value = read_setting(db, key)
    if not isinstance(value, str):
        raise LookupError(key)
    return value


def write_setting(db: Database, key: str, value: Json) -> None:
    db.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        [key, json.dumps(value, ensure_ascii=False)],
    )
