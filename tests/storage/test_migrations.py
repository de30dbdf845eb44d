import re

import pytest

from desktop.datafiles import SCHEMA
from desktop.storage import database
from desktop.storage.database import SCHEMA_VERSION, create_database, pragma
from desktop.storage.driver import connect
from desktop.storage.migrations import MIGRATIONS, is_older, upgrade
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
    db.execute("ALTER TABLE visit ADD COLUMN weather TEXT")
    db.execute("CREATE INDEX visit_weather ON visit (weather)")


def fill_weather(db):
    db.execute("UPDATE visit SET weather = '晴'")


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


def test_an_older_database_is_brought_to_the_newest_version_keeping_its_rows(db, monkeypatch):
    db.execute("INSERT INTO visit (id, mode) VALUES ('v', '暗访')")
    monkeypatch.setattr("desktop.storage.migrations.SCHEMA_VERSION", 3)
    assert is_older(db)

    upgrade(db, [add_weather, fill_weather])

    assert not is_older(db)
    assert pragma(db, "user_version") == 3
    assert db.execute("SELECT mode, weather FROM visit").fetchall() == [("暗访", "晴")]
    assert ("index", "visit_weather") in shape(db)


def test_only_what_is_missing_is_run(db):
    upgrade(db, [add_weather])

    upgrade(db, [add_weather, fill_weather])

    assert pragma(db, "user_version") == 3


def test_a_migration_that_fails_leaves_the_version_before_it(db):
    def break_off(db):
        db.execute("ALTER TABLE visit ADD COLUMN mood TEXT")
        raise OSError

    with pytest.raises(OSError):
        upgrade(db, [add_weather, break_off])

    assert pragma(db, "user_version") == 2
    assert "mood" not in shape(db)["table", "visit"]
    assert "weather" in shape(db)["table", "visit"]


def test_migration_parity_is_noticed_when_it_is_broken(db):
    before = shape(db)

    upgrade(db, [add_weather])

    assert shape(db) != before
