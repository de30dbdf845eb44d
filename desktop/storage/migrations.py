"""Bringing an older workspace database to the schema of today.

``db_schema.sql`` is what a new file gets; the functions here bring an old file to the same place, and a test
proves that both are equal. A released migration is never edited; no ``executescript`` (it commits midway).
"""

from collections.abc import Callable, Sequence

from desktop.storage.database import SCHEMA_VERSION, pragma
from desktop.storage.driver import Database

Migration = Callable[[Database], None]

MIGRATIONS: Sequence[Migration] = ()
"""``MIGRATIONS[n]`` brings a database of version n + 1 to version n + 2."""


def is_older(db: Database) -> bool:
    return pragma(db, "user_version") < SCHEMA_VERSION


def upgrade(db: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Run what is missing, each step in a transaction of its own. The caller has made a backup."""
    for version in range(pragma(db, "user_version"), len(migrations) + 1):
        with db.atomic():
            migrations[version - 1](db)
            db.execute(f"PRAGMA user_version = {version + 1}")
