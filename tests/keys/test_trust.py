import base64
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.keys import trust as trust_module
from desktop.keys.card import NodeCard, write_card
from desktop.keys.identity import NodeIdentity, new_node_id, new_stream_id
from desktop.keys.sealing import new_identity, recipient_of
from desktop.keys.trust import (
    NAMESPACE,
    Revocation,
    TrustedNode,
    TrustList,
    TrustListInvalidError,
    is_newer,
    read_trust_list,
    sign_trust_list,
)

OFFICE = NodeIdentity.new(new_node_id())
ESCROW = recipient_of(new_identity())


def card_of(identity: NodeIdentity, kind: str = "field") -> bytes:
    card = NodeCard(
        node=identity.node,
        kind=kind,
        name="外业一组",
        office=OFFICE.node,
        sign_key=identity.public_key.hex(),
        receive=identity.recipient,
        escrow=ESCROW,
        person_id="0192f0c1-2345-7abc-8def-0123456789ab",
        person_name="张三",
        created="2026-11-20T01:30:05Z",
    )
    return write_card(card, identity)


LAPTOP, LOST = NodeIdentity.new(new_node_id()), NodeIdentity.new(new_node_id())
REVOCATION = Revocation(LOST.public_key.hex(), "笔记本电脑丢失", {new_stream_id(LOST.node): (7, "ab" * 32)})
TRUST = TrustList(
    office=OFFICE.node,
    serial=3,
    created="2026-11-20T01:30:05Z",
    nodes=(
        TrustedNode(card_of(OFFICE, "office")),
        TrustedNode(card_of(LAPTOP)),
        TrustedNode(card_of(LOST), REVOCATION),
    ),
)
DATA, SIGNATURE = sign_trust_list(TRUST, OFFICE)


def read_signed(value: object) -> TrustList:
    data = canonical.encode(value)
    return read_trust_list(data, OFFICE.sign(NAMESPACE, data), OFFICE.public_key)


def members(**changed: object) -> dict[str, object]:
    return {**canonical.decode_object(DATA), **changed}


def revoked(**changed: object) -> dict[str, object]:
    node = {
        "card": base64.b64encode(card_of(LOST)).decode(),
        "revoked": {**asdict(REVOCATION), "heads": {new_stream_id(LOST.node): [7, "ab" * 32]}, **changed},
    }
    return members(nodes=[node])


def test_a_list_that_the_office_signed_is_read_again():
    assert read_trust_list(DATA, SIGNATURE, OFFICE.public_key) == TRUST


def test_the_cards_tell_who_is_on_the_list():
    assert [node.node_card.node for node in TRUST.nodes] == [OFFICE.node, LAPTOP.node, LOST.node]


def test_a_list_of_another_key_is_refused():
    with pytest.raises(TrustListInvalidError):
        read_trust_list(DATA, SIGNATURE, LAPTOP.public_key)
    with pytest.raises(TrustListInvalidError):
        read_trust_list(DATA, LAPTOP.sign(NAMESPACE, DATA), OFFICE.public_key)


def test_a_signature_for_another_purpose_is_refused():
    with pytest.raises(TrustListInvalidError):
        read_trust_list(DATA, OFFICE.sign("mingcha-card@v1", DATA), OFFICE.public_key)


@given(st.integers(0, len(DATA) - 1), st.integers(0, 7))
def test_no_bit_of_a_list_can_be_changed(position, bit):
    changed = bytearray(DATA)
    changed[position] ^= 1 << bit

    with pytest.raises(TrustListInvalidError):
        read_trust_list(bytes(changed), SIGNATURE, OFFICE.public_key)


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        members(v=2),
        members(v=True),
        members(v="1"),
        members(office="our office"),
        members(office=5),
        members(serial=0),
        members(serial=True),
        members(serial="3"),
        members(created=None),
        members(nodes={}),
        members(nodes=[5]),
        members(nodes=[{"card": "no base64!", "revoked": None}]),
        members(nodes=[{"card": "名片", "revoked": None}]),
        members(nodes=[{"card": "AAAA", "revoked": None}]),
        members(nodes=[{"card": base64.b64encode(card_of(LAPTOP)).decode()}]),
        members(nodes=[{"card": base64.b64encode(card_of(LAPTOP)).decode(), "revoked": None}] * 2),
        members(nodes=[{"card": base64.b64encode(card_of(LAPTOP)).decode(), "revoked": True}]),
        revoked(sign_key="AB" * 32),
        revoked(sign_key=None),
        revoked(reason=None),
        revoked(heads=[]),
        revoked(heads={"no stream": [7, "ab" * 32]}),
        revoked(heads={new_stream_id(LOST.node): 7}),
        revoked(heads={new_stream_id(LOST.node): [0, "ab" * 32]}),
        revoked(heads={new_stream_id(LOST.node): [True, "ab" * 32]}),
        revoked(heads={new_stream_id(LOST.node): [7, "ab"]}),
        revoked(heads={new_stream_id(LOST.node): [7, "ab" * 32, 1]}),
    ],
)
def test_a_signed_list_in_another_form_is_refused(value):
    with pytest.raises(TrustListInvalidError):
        read_signed(value)


def test_members_of_a_later_version_of_the_same_form_are_skipped():
    assert read_signed(members(note="x")) == TRUST


def test_a_list_that_is_not_canonical_is_refused():
    data = DATA + b"\n"

    with pytest.raises(TrustListInvalidError):
        read_trust_list(data, OFFICE.sign(NAMESPACE, data), OFFICE.public_key)


def test_a_list_that_is_too_large_is_refused_unread(monkeypatch):
    monkeypatch.setattr(trust_module, "MAX_LIST_BYTES", len(DATA) - 1)

    with pytest.raises(TrustListInvalidError):
        read_trust_list(DATA, SIGNATURE, OFFICE.public_key)


def test_only_a_higher_serial_replaces_a_list():
    assert is_newer(1, None)
    assert is_newer(4, 3)
    assert not is_newer(3, 3)
    assert not is_newer(2, 3)


def test_a_node_is_trusted_until_it_is_revoked():
    trusted = replace(TRUST, nodes=TRUST.nodes[:2])

    data, signature = sign_trust_list(trusted, OFFICE)

    assert all(node.revocation is None for node in read_trust_list(data, signature, OFFICE.public_key).nodes)
