import pytest

from desktop.storage.object_table import (
    find_object,
    have_object,
    objects_in_state,
    set_object_state,
    want_objects,
)
from tests.storage.databases import make_database

HASH = "a" * 64


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def test_an_object_that_comes_is_no_longer_wanted(db):
    want_objects(db, [(HASH, 5)])
    want_objects(db, [(HASH, 7)])
    assert [(row.sha256, row.size) for row in objects_in_state(db, "wanted")] == [(HASH, 5)]

    have_object(db, HASH, 6, "c" * 64)

    row = find_object(db, HASH)
    assert (row.size, row.state, row.cipher_sha256) == (6, "have", "c" * 64)
    assert objects_in_state(db, "wanted", "corrupt") == []


def test_what_is_here_is_not_wanted_because_a_record_names_it(db):
    have_object(db, HASH, 6, "c" * 64)

    want_objects(db, [(HASH, 6)])

    assert find_object(db, HASH).state == "have"


def test_states_are_changed_one_by_one(db):
    have_object(db, HASH, 6, "c" * 64)
    set_object_state(db, HASH, "corrupt")

    assert [row.sha256 for row in objects_in_state(db, "have", "corrupt")] == [HASH]
    assert find_object(db, "b" * 64) is None
