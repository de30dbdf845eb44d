import pytest

from desktop.storage.opened_secrets import read_opened_secret, save_opened_secret
from tests.storage.databases import make_database


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def test_an_opened_secret_is_kept_as_it_was_first_opened(db):
    assert read_opened_secret(db, "m") is None

    save_opened_secret(db, "m", b"first", 1)
    save_opened_secret(db, "m", b"second", 2)

    assert read_opened_secret(db, "m") == b"first"
