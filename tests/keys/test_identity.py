import pytest

from desktop.keys import sshsig
from desktop.keys.identity import NodeIdentity, new_node_id, new_stream_id
from desktop.keys.sealing import decrypt_bytes, encrypt_bytes

IDENTITY = NodeIdentity.new(new_node_id())


def test_what_was_kept_as_text_is_the_same_identity_again():
    again = NodeIdentity.from_text(IDENTITY.node, IDENTITY.signing_text, IDENTITY.receive)

    assert again.public_key == IDENTITY.public_key
    assert again.recipient == IDENTITY.recipient
    assert again.sign("test@v1", b"x") == IDENTITY.sign("test@v1", b"x")


def test_a_signature_holds_for_its_purpose_only():
    signature = IDENTITY.sign("test@v1", b"x")

    assert sshsig.verify(b"x", signature, "test@v1") == IDENTITY.public_key
    with pytest.raises(sshsig.SignatureInvalidError):
        sshsig.verify(b"x", signature, "other@v1")


def test_what_is_sealed_for_the_node_opens_with_its_receive_key():
    assert decrypt_bytes(encrypt_bytes(b"x", [IDENTITY.recipient]), [IDENTITY.receive]) == b"x"


def test_no_two_nodes_or_streams_are_alike():
    node = new_node_id()

    assert len(node) == 32
    assert new_node_id() != node
    assert NodeIdentity.new(node).public_key != NodeIdentity.new(node).public_key
    assert new_stream_id(node).startswith(f"{node}.")
    assert new_stream_id(node) != new_stream_id(node)


def test_the_secrets_are_not_shown():
    assert repr(IDENTITY) == f"NodeIdentity(node='{IDENTITY.node}')"
