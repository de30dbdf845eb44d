from dataclasses import replace

import pytest

from desktop.storage.driver import IntegrityError
from desktop.storage.nodes import (
    NodeRow,
    SecretRow,
    all_nodes,
    find_node,
    person_of_login,
    read_secret,
    read_trust_list,
    save_login,
    save_node,
    save_secret,
    save_trust_list,
)
from tests.domain.pen import OFFICE
from tests.storage.databases import make_database


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def test_a_node_is_replaced_whole(db):
    node = NodeRow("9" * 32, "field", "外业", b"card", "12345", "enrolled")
    save_node(db, node)
    revoked = replace(node, name="改名", status="revoked", revoked={"reason": "遗失"})

    save_node(db, revoked)

    assert find_node(db, node.id) == revoked
    assert find_node(db, "8" * 32) is None


def test_the_own_node_comes_first_then_by_name(db):
    save_node(db, NodeRow("9" * 32, "field", "zzz", b"", "", "own"))

    names = [node.name for node in all_nodes(db)]

    assert names[0] == "zzz"
    assert names[1:] == sorted(names[1:])


def test_the_secret_keys_are_never_shown(db):
    save_secret(db, SecretRow("n", "signing-secret", "receive-secret"))
    save_secret(db, SecretRow("n", "new-signing-secret", "receive-secret"))

    secret = read_secret(db)

    assert secret.signing == "new-signing-secret"
    assert "secret" not in repr(secret)


def test_a_login_belongs_to_one_person_for_ever(db):
    save_login(db, "1", "p")

    assert (person_of_login(db, "1"), person_of_login(db, "2")) == ("p", None)
    with pytest.raises(IntegrityError):
        save_login(db, "1", "other")


def test_the_newest_trust_list_of_each_office_is_kept(db):
    assert read_trust_list(db, OFFICE) is None
    save_trust_list(db, OFFICE, 1, b"one", b"s1")
    save_trust_list(db, OFFICE, 2, b"two", b"s2")

    assert read_trust_list(db, OFFICE) == (2, b"two", b"s2")
