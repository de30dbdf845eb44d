import hashlib

from desktop.keys.keytree import KEY_BYTES, KeyTree, new_workspace_key
from desktop.keys.sealing import decrypt_bytes, encrypt_bytes

TREE = KeyTree(bytes(range(32)))
DIGEST = hashlib.sha256(b"photo").hexdigest()


def test_the_keys_of_format_1_never_change():
    """Every workspace made so far opens with these."""
    assert TREE.database_key().hex() == "e714b48142e48c88fa0502ce54c2449794a841b0be3ca939ab5e768352f12e9b"
    assert TREE.object_name(DIGEST) == "fd15da231ce9b81875903fd2667bbd96203b660e9ddbe6a7c1bbb2c1c5b8376f"
    assert (
        TREE.store_identity() == "AGE-SECRET-KEY-1ECFAHM98LRK789ZV9RHR7DF2P0GN6S9Q0MA506NYMLAXNCG5AUFQVJDJRU"
    )


def test_all_keys_differ_and_hang_on_the_workspace_key():
    other = KeyTree(new_workspace_key())

    keys = [
        key
        for tree in (TREE, other)
        for key in (tree.database_key(), tree.store_identity(), tree.object_name(DIGEST))
    ]

    assert len(set(keys)) == len(keys)
    assert all(len(key) == KEY_BYTES for key in keys if isinstance(key, bytes))


def test_the_store_identity_opens_what_was_sealed_for_the_store():
    sealed = encrypt_bytes(b"photo", [TREE.store_recipient()])

    assert decrypt_bytes(sealed, [TREE.store_identity()]) == b"photo"


def test_an_object_name_does_not_show_the_hash_of_the_object():
    assert len(TREE.object_name(DIGEST)) == 64
    assert TREE.object_name(DIGEST) != DIGEST


def test_new_workspace_keys_are_random():
    assert len(new_workspace_key()) == KEY_BYTES
    assert new_workspace_key() != new_workspace_key()


def test_the_workspace_key_is_not_shown():
    assert "workspace_key" not in repr(TREE)
