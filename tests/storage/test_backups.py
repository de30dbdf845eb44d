import pytest

from desktop.storage.backups import (
    ROLLING_KEPT,
    ROLLING_PAUSE_MS,
    BackupFailedError,
    back_up_before_upgrade,
    verify_backup,
    write_backup,
    write_rolling_backup,
)
from desktop.storage.database import SCHEMA_VERSION, DatabaseDamagedError, open_database
from desktop.storage.drafts import Draft, all_drafts, save_draft
from desktop.storage.settings_table import read_setting, write_setting
from tests.storage.databases import KEY, make_database

HOUR_MS = ROLLING_PAUSE_MS
START_MS = 1_795_138_200_000


@pytest.fixture
def db(tmp_path):
    (tmp_path / "backups").mkdir()
    db = make_database(tmp_path / "workspace.db")
    write_setting(db, "key", "值")
    yield db
    db.close()


def roll(db, tmp_path, now_ms):
    return write_rolling_backup(db, KEY, tmp_path, now_ms)


def test_a_backup_is_encrypted_with_the_same_key_and_holds_the_same(db, tmp_path):
    target = tmp_path / "copy.db"
    write_backup(db, KEY, target)

    verify_backup(target, KEY)

    assert b"SQLite format" not in target.read_bytes()
    copy = open_database(target, KEY)
    assert read_setting(copy, "key") == "值"
    copy.close()
    with pytest.raises(DatabaseDamagedError):
        verify_backup(target, bytes(32))


def test_a_backup_is_one_file_that_can_be_carried_away(db, tmp_path):
    write_backup(db, KEY, tmp_path / "backups" / "copy.db")

    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["copy.db"]


def test_the_objects_of_an_unsealed_mission_are_left_out_and_other_drafts_are_not(db, tmp_path):
    save_draft(db, Draft("m", "mission", "objects", {"route": "环湖路"}, {}), 1)
    save_draft(db, Draft("v", "visit", "answer/1", {"facts": "空岗"}, {}), 1)

    write_backup(db, KEY, tmp_path / "copy.db")

    copy = open_database(tmp_path / "copy.db", KEY, read_only=True)
    assert [draft.record_id for draft in all_drafts(copy)] == ["v"]
    copy.close()
    assert len(all_drafts(db)) == 2


def test_what_a_crash_left_is_in_nobodys_way(db, tmp_path):
    (tmp_path / "copy.db.part").write_bytes(b"half")

    write_backup(db, KEY, tmp_path / "copy.db")

    verify_backup(tmp_path / "copy.db", KEY)


def test_a_backup_that_cannot_be_written_leaves_nothing(db, tmp_path):
    with pytest.raises(BackupFailedError, match="未能写入"):
        write_backup(db, KEY, tmp_path / "nowhere" / "copy.db")

    assert not (tmp_path / "nowhere").exists()


def test_a_backup_that_cannot_be_read_again_is_none(db, tmp_path, monkeypatch):
    def verify(path, _key):
        raise DatabaseDamagedError(path)

    monkeypatch.setattr("desktop.storage.backups.verify_backup", verify)

    with pytest.raises(BackupFailedError, match="无法读回"):
        write_backup(db, KEY, tmp_path / "copy.db")
    assert list(tmp_path.glob("copy*")) == []


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_a_flipped_byte_in_a_backup_is_found(db, tmp_path, place):
    target = tmp_path / "copy.db"
    write_backup(db, KEY, target)
    data = bytearray(target.read_bytes())
    data[int(len(data) * place)] ^= 1
    target.write_bytes(bytes(data))

    with pytest.raises(DatabaseDamagedError, match=r"copy\.db"):
        verify_backup(target, KEY)


def test_a_rolling_backup_is_written_at_most_once_an_hour(db, tmp_path):
    first = roll(db, tmp_path, START_MS)

    assert first.is_file()
    assert roll(db, tmp_path, START_MS + HOUR_MS - 1) is None
    assert roll(db, tmp_path, START_MS + HOUR_MS).is_file()


def test_a_clock_that_was_set_back_does_not_stop_the_backups(db, tmp_path):
    roll(db, tmp_path, START_MS)

    earlier = roll(db, tmp_path, START_MS - 48 * HOUR_MS)

    assert earlier.is_file()


def test_a_backup_of_the_same_second_is_not_written_twice(db, tmp_path):
    first = roll(db, tmp_path, START_MS)
    before = first.stat().st_mtime_ns
    write_setting(db, "last_backup_at", None)

    assert roll(db, tmp_path, START_MS) == first
    assert first.stat().st_mtime_ns == before


def test_only_the_newest_rolling_backups_are_kept(db, tmp_path):
    kept = [roll(db, tmp_path, START_MS + number * HOUR_MS) for number in range(ROLLING_KEPT + 2)]

    assert sorted((tmp_path / "backups").iterdir()) == kept[2:]


def test_the_database_before_an_upgrade_is_kept_as_it_was_the_first_time(db, tmp_path):
    back_up_before_upgrade(db, tmp_path, KEY)
    kept = tmp_path / "backups" / f"before-upgrade-from-{SCHEMA_VERSION}.db"
    before = kept.read_bytes()

    back_up_before_upgrade(db, tmp_path, KEY)

    assert kept.read_bytes() == before
