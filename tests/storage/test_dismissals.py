import pytest

from desktop.storage.dismissals import Dismissal, dismissals, save_dismissal
from desktop.storage.settings_table import write_setting
from tests.storage.databases import make_database

GIVEN = Dismissal("看过", "person-1", 7, "damaged")


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def test_a_dismissal_is_kept_until_the_file_is_taken_up(db):
    assert dismissals(db) == {}

    save_dismissal(db, "a" * 64, GIVEN)
    save_dismissal(db, "b" * 64, GIVEN)
    save_dismissal(db, "a" * 64, None)

    assert dismissals(db) == {"b" * 64: GIVEN}


def test_what_a_newer_program_has_noted_in_another_form_is_left_out(db):
    write_setting(db, "dismissed_in_quarantine", {"a" * 64: {"why": "看过"}})

    assert dismissals(db) == {}
