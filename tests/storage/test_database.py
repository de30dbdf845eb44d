import subprocess
import sys

import pytest

from desktop.i18n import use_language
from desktop.storage.database import (
    SCHEMA_VERSION,
    DatabaseDamagedError,
    DatabaseMissingError,
    DatabaseTooNewError,
    create_database,
    open_database,
    pragma,
)
from desktop.storage.driver import DatabaseError, IntegrityError, connect
from tests.domain.pen import ANNA, OFFICE, Pen
from tests.storage.databases import KEY, make_database, merge

OTHER_KEY = bytes(32)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "工作 库#1.db"


@pytest.fixture
def entries(path):
    """A database with one visit in it."""
    db = make_database(path)
    merge(db, Pen(OFFICE).visit({"plan": {"mode": "暗访"}}, home=OFFICE))
    yield db
    db.close()


def test_what_was_written_is_there_when_it_is_opened_again(path):
    db = create_database(path, KEY)
    with db.atomic():
        db.execute("INSERT INTO setting VALUES ('language', '\"zh\"')")
    db.close()

    again = open_database(path, KEY)

    assert again.execute("SELECT value FROM setting").fetchone() == ('"zh"',)
    again.close()


def test_the_file_shows_nothing_without_the_key(path, entries):
    data = path.read_bytes() + path.with_name(path.name + "-wal").read_bytes()

    assert b"SQLite format" not in data
    assert "暗访".encode() not in data
    assert OFFICE.encode() not in data


def test_another_key_opens_nothing(path):
    create_database(path, KEY).close()

    with pytest.raises(DatabaseDamagedError) as caught:
        open_database(path, OTHER_KEY)
    assert "损坏" in str(caught.value)
    assert KEY.hex() not in repr(caught.value)


def test_a_file_that_is_not_there_is_not_made(path):
    with pytest.raises(DatabaseMissingError):
        open_database(path, KEY)
    assert not path.exists()


def test_nothing_is_written_over(path):
    create_database(path, KEY).close()

    with pytest.raises(FileExistsError):
        create_database(path, KEY)


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0", b"x" * 4096])
def test_other_files_are_refused(path, data):
    path.write_bytes(data)

    with pytest.raises(DatabaseDamagedError):
        open_database(path, KEY)


def test_a_damaged_file_is_refused(path):
    create_database(path, KEY).close()
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)

    with pytest.raises(DatabaseDamagedError):
        open_database(path, KEY)


def test_a_newer_database_is_refused_and_not_changed(path):
    db = create_database(path, KEY)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    before = path.read_bytes()

    with pytest.raises(DatabaseTooNewError) as caught:
        open_database(path, KEY)
    assert caught.value.found == SCHEMA_VERSION + 1
    assert path.read_bytes() == before


def test_the_refusals_are_in_the_language_of_the_user(path):
    assert "升级" in str(DatabaseTooNewError(9))
    use_language("en")
    assert "newer version" in str(DatabaseTooNewError(9))
    assert path.name in str(DatabaseDamagedError(path))


def test_a_writer_synchronises_every_transaction_and_wipes_what_it_deletes(path):
    db = create_database(path, KEY)

    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert {name: pragma(db, name) for name in ("synchronous", "secure_delete", "foreign_keys")} == {
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }
    assert pragma(db, "recursive_triggers") == 1
    assert pragma(db, "trusted_schema") == 0
    assert pragma(db, "temp_store") == 2
    assert pragma(db, "cache_size") == -64000
    db.close()


def test_settings_hold_for_an_opened_database_too(path):
    create_database(path, KEY).close()

    for read_only in (False, True):
        db = open_database(path, KEY, read_only=read_only)
        assert (pragma(db, "recursive_triggers"), pragma(db, "foreign_keys")) == (1, 1)
        db.close()


def test_a_driver_that_ignores_the_safety_settings_is_not_used(path, monkeypatch):
    create_database(path, KEY).close()
    monkeypatch.setattr("desktop.storage.database._EVERY_PRAGMA", ())

    with pytest.raises(AssertionError, match="safety settings"):
        open_database(path, KEY)


def test_a_reader_reads_beside_the_writer_and_cannot_write(path, entries):
    reader = open_database(path, KEY, read_only=True)

    assert reader.execute("SELECT count(*) FROM visit").fetchone() == (1,)
    with pytest.raises(DatabaseError, match="readonly"):
        reader.execute("DELETE FROM visit")
    reader.close()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE entry SET bytes = x'00'", "never changed"),
        ("UPDATE entry SET kind = 'log' WHERE id = 1", "never changed"),
        ("DELETE FROM entry", "never deleted"),
        ("UPDATE part SET bytes = x'00'", "never changed"),
        ("UPDATE part SET bytes = NULL", "never changed"),
        ("UPDATE part SET name = 'x' WHERE bytes IS NOT NULL", "never changed"),
        ("DELETE FROM part", "never deleted"),
        ("REPLACE INTO entry SELECT * FROM entry", "never deleted"),
        ("INSERT OR REPLACE INTO part SELECT * FROM part", "never deleted"),
        ("UPDATE OR REPLACE entry SET seq = seq", "never changed"),
    ],
)
def test_the_log_only_grows(entries, statement, says):
    before = entries.execute("SELECT * FROM entry").fetchall()

    with pytest.raises(IntegrityError, match=says):
        entries.execute(statement)
    assert entries.execute("SELECT * FROM entry").fetchall() == before


def test_a_withheld_part_may_be_completed_once(entries):
    entries.execute("INSERT INTO part VALUES (1, 'late', x'', NULL)")

    entries.execute("UPDATE part SET salt = x'01', bytes = x'7b7d' WHERE name = 'late'")

    with pytest.raises(IntegrityError, match="never changed"):
        entries.execute("UPDATE part SET bytes = x'00' WHERE name = 'late'")


def test_tables_are_strict_and_local_ones_have_their_rules(entries):
    with pytest.raises(IntegrityError, match="TEXT value in INTEGER"):
        entries.execute("INSERT INTO visit (id, n) VALUES ('x', 'many')")
    with pytest.raises(IntegrityError, match="CHECK"):
        entries.execute("INSERT INTO setting VALUES ('x', 'no json')")
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        entries.execute("INSERT INTO introduced VALUES ('x', 's', 1, 1, 't')")


def test_every_table_is_strict(entries):
    strict = entries.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    )

    assert {name for name, is_strict in strict if not is_strict} == {"sqlite_schema"}


def test_the_plain_driver_is_that_of_the_cipher():
    db = connect(":memory:")

    assert db.execute("PRAGMA cipher_version").fetchone()
    db.close()


@pytest.mark.parametrize("first", ["pandas", "sqlite3"])
def test_opening_costs_no_pandas_and_leaves_other_imports_alone(first):
    code = (
        f"import sys, {first}\nbefore = sys.modules[{first!r}]\nimport desktop.storage.driver as driver\n"
        f"assert sys.modules[{first!r}] is before\nassert 'pysqlite3' not in sys.modules\n"
        "assert driver.Database(memory=True).conn.__class__.__module__.startswith('sqlcipher3')\n"
        "import numpy, pandas"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert result.returncode == 0, result.stderr


def test_a_new_database_is_sound(path):
    db = create_database(path, KEY)

    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()


def test_searching_rare_kinds_and_forks_never_reads_the_whole_log(entries):
    merge(entries, Pen(ANNA).visit())
    queries = []
    entries.conn.set_trace_callback(queries.append)
    merge(entries, Pen(ANNA, "1" * 16).visit())
    entries.conn.set_trace_callback(None)

    scans = [
        (sql, row[3])
        for sql in queries
        if sql.lstrip().startswith(("SELECT", "WITH"))
        for row in entries.execute(f"EXPLAIN QUERY PLAN {sql}")
        if row[3] in ("SCAN e", "SCAN entry", "SCAN record", "SCAN r", "SCAN part")
    ]

    assert scans == []
