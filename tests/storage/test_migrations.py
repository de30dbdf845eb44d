import re

import pytest

from desktop.datafiles import SCHEMA
from desktop.storage import database
from desktop.storage.database import SCHEMA_VERSION, create_database, pragma
from desktop.storage.driver import Database, connect
from desktop.storage.migrations import MIGRATIONS, is_older, upgrade
from tests.services.old_versions import OLD_SCHEMAS
from tests.storage.databases import KEY


@pytest.fixture
def db(tmp_path):
    db = create_database(tmp_path / "w.db", KEY)
    yield db
    db.close()


def shape(db):
    """Every table, index and trigger as it was written, without comments and spaces."""
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(kind, name): re.sub(r"\s+", "", re.sub(r"--.*", "", sql)).lower() for kind, name, sql in rows}


def add_weather(db):
    db.execute("ALTER TABLE stream ADD COLUMN weather TEXT")
    db.execute("CREATE INDEX stream_weather ON stream (weather)")


def fill_weather(db):
    db.execute("UPDATE stream SET weather = '晴'")


def steps(*added):
    """The released migrations and some more."""
    return [*MIGRATIONS, *added]


def test_schema_and_migrations_name_the_same_version(db):
    assert len(MIGRATIONS) + 1 == SCHEMA_VERSION == pragma(db, "user_version")
    assert f"PRAGMA user_version = {SCHEMA_VERSION};" in SCHEMA.read_text(encoding="utf-8")
    assert pragma(db, "application_id") == database.APPLICATION_ID


def test_the_schema_of_today_is_what_a_new_file_gets(db):
    plain = connect(":memory:")
    plain.executescript(SCHEMA.read_text(encoding="utf-8"))

    assert shape(db) == shape(plain)
    plain.close()


def test_a_database_of_today_is_not_upgraded(db):
    before = shape(db)

    upgrade(db)

    assert not is_older(db)
    assert shape(db) == before


@pytest.mark.parametrize("version", OLD_SCHEMAS)
def test_every_older_schema_is_brought_to_that_of_today(tmp_path, version):
    old = connect(str(tmp_path / "old.db"))
    old.executescript(OLD_SCHEMAS[version].read_text(encoding="utf-8"))
    old.close()
    db = Database(connect(str(tmp_path / "old.db")))
    assert is_older(db)

    upgrade(db)

    today = connect(":memory:")
    today.executescript(SCHEMA.read_text(encoding="utf-8"))
    assert shape(db) == shape(today)
    assert pragma(db, "user_version") == SCHEMA_VERSION
    today.close()
    db.close()


def test_an_older_database_is_brought_to_the_newest_version_keeping_its_rows(db, monkeypatch):
    db.execute("INSERT INTO stream (no, id, node) VALUES (1, 's', 'n')")
    monkeypatch.setattr("desktop.storage.migrations.SCHEMA_VERSION", SCHEMA_VERSION + 2)
    assert is_older(db)

    upgrade(db, steps(add_weather, fill_weather))

    assert not is_older(db)
    assert pragma(db, "user_version") == SCHEMA_VERSION + 2
    assert db.execute("SELECT id, weather FROM stream").fetchall() == [("s", "晴")]
    assert ("index", "stream_weather") in shape(db)


def test_only_what_is_missing_is_run(db):
    upgrade(db, steps(add_weather))

    upgrade(db, steps(add_weather, fill_weather))

    assert pragma(db, "user_version") == SCHEMA_VERSION + 2


def test_a_migration_that_fails_leaves_the_database_as_it_was(db):
    def break_off(db):
        db.execute("ALTER TABLE stream ADD COLUMN mood TEXT")
        raise OSError

    before = shape(db)

    with pytest.raises(OSError):
        upgrade(db, steps(add_weather, break_off))

    assert pragma(db, "user_version") == SCHEMA_VERSION
    assert shape(db) == before


def test_migration_parity_is_noticed_when_it_is_broken(db):
    before = shape(db)

    upgrade(db, steps(add_weather))

    assert shape(db) != before
