import shutil

import pytest

from desktop.storage.damaged_pages import damaged_pages
from desktop.storage.database import create_database, open_database
from desktop.storage.driver import DatabaseError
from desktop.storage.settings_table import write_setting
from tests.storage.databases import KEY

PAGE_BYTES = 4096


@pytest.fixture
def cut_off(tmp_path):
    """A database whose newest pages lie in the write-ahead log only, as after a power cut."""
    path = tmp_path / "workspace.db"
    db = create_database(path, KEY)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with db.atomic():
        write_setting(db, "name", "欧阳㛃")
    left = tmp_path / "left" / path.name
    left.parent.mkdir()
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), left.with_name(name))
    db.close()
    return left


def spoil(path, page):
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE_BYTES + 100)
        file.write(bytes(64))


def page_in_log(path):
    return int.from_bytes(path.with_name(f"{path.name}-wal").read_bytes()[32:36])


def said_of(path):
    db = open_database(path, KEY, read_only=True)
    said = damaged_pages(db)
    db.close()
    return said


def test_sound_pages_say_nothing(cut_off):
    assert said_of(cut_off) == []


def test_every_fault_is_a_line_of_its_own():
    class _Damaged:
        def execute(self, sql):
            is_cipher = "cipher" in sql
            return (
                [] if is_cipher else [("*** in database main ***\nPage 2: never used\nPage 3: never used",)]
            )

    assert damaged_pages(_Damaged()) == ["Page 2: never used", "Page 3: never used"]


def test_a_database_that_cannot_be_asked_is_damaged(tmp_path):
    db = create_database(tmp_path / "other.db", KEY)

    class _Broken:
        def execute(self, _sql):
            raise DatabaseError("malformed")

    db.close()
    assert damaged_pages(_Broken()) == ["malformed"]


def test_a_page_that_a_power_cut_left_half_written_is_read_from_the_log_and_is_no_damage(cut_off):
    spoil(cut_off, page_in_log(cut_off))

    assert said_of(cut_off) == []


def test_a_page_that_the_file_was_to_grow_by_is_read_from_the_log_and_is_no_damage(tmp_path):
    path = tmp_path / "workspace.db"
    db = create_database(path, KEY)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with db.atomic():
        write_setting(db, "long", "x" * 8 * PAGE_BYTES)
    with path.open("ab") as file:
        file.write(bytes(3072))

    said = damaged_pages(db)

    db.close()
    assert said == []


def test_the_next_writer_writes_such_a_page_anew(cut_off):
    spoil(cut_off, page_in_log(cut_off))
    open_database(cut_off, KEY).close()

    assert not cut_off.with_name(f"{cut_off.name}-wal").exists()
    assert said_of(cut_off) == []


def test_a_rotten_page_is_found_beside_a_log_that_does_not_have_it(cut_off):
    page = next(number for number in (3, 4) if number != page_in_log(cut_off))
    spoil(cut_off, page)

    assert any(f"page {page}" in line for line in said_of(cut_off))
