import pytest

from desktop.storage.backups import backup_failure
from desktop.storage.driver import DatabaseDiskError, OperationalError
from desktop.storage.settings_table import read_text_setting, write_setting
from tests.storage.databases import make_database


class DiskError(OperationalError):
    sqlite_errorname = "SQLITE_IOERR_WRITE"


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def fail_after_writing(db, name):
    with db.atomic():
        write_setting(db, "name", name)
        raise DiskError("disk I/O error")


def test_a_failing_disk_is_said_and_what_was_begun_is_taken_back(db):
    with db.atomic():
        write_setting(db, "name", "一")

    with pytest.raises(DatabaseDiskError, match="磁盘发生故障"):
        fail_after_writing(db, "二")

    assert read_text_setting(db, "name") == "一"


def test_any_other_fault_of_the_database_is_no_matter_of_the_disk(db):
    with pytest.raises(OperationalError), db.atomic():
        raise OperationalError("no such table")


def test_a_backup_on_a_failing_disk_says_so_in_the_language_of_the_user(tmp_path):
    problem = backup_failure(DiskError("disk I/O error"), 0, tmp_path).problem

    assert "介质有故障" in problem
    assert "disk" not in problem
