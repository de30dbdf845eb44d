import pytest

from desktop.storage.settings_table import read_setting, read_text_setting, write_setting
from tests.storage.databases import make_database


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def test_a_setting_is_any_small_json_value_and_the_last_one_counts(db):
    for value in ("文字", 5, [1, "x"], None, {"a": True}):
        write_setting(db, "key", value)
        assert read_setting(db, "key") == value
    assert read_setting(db, "other") is None


def test_a_setting_that_every_workspace_has_is_text(db):
    write_setting(db, "stream", "s")
    write_setting(db, "number", 5)

    assert read_text_setting(db, "stream") == "s"
    for key in ("number", "missing"):
        with pytest.raises(LookupError, match=key):
            read_text_setting(db, key)
