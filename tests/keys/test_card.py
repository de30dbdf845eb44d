import re
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.keys.card import (
    MAX_CARD_BYTES,
    NAMESPACE,
    CardInvalidError,
    CardNameError,
    NodeCard,
    fingerprint,
    person_of_kept_card,
    read_card,
    write_card,
)
from desktop.keys.identity import NodeIdentity
from desktop.keys.sealing import new_identity, recipient_of

NODE = "0123456789abcdef" * 2
OFFICE = "fedcba9876543210" * 2
IDENTITY = NodeIdentity.from_text(NODE, "11" * 32, new_identity())
CARD = NodeCard(
    node=NODE,
    kind="field",
    name="外业一组　笔记本",
    office=OFFICE,
    sign_key=IDENTITY.public_key.hex(),
    receive=IDENTITY.recipient,
    escrow=recipient_of(new_identity()),
    person_id="0192f0c1-2345-7abc-8def-0123456789ab",
    person_name="张三",
    created="2026-11-20T01:30:05Z",
)
FILE = write_card(CARD, IDENTITY)
WEAK_KEY = "00" * 32
LOW_RECIPIENT = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"


def signed(**members) -> bytes:
    """A card with other members, correctly signed by the node's own key."""
    body = {"v": 1, **asdict(CARD), **members}
    body = {name: value for name, value in body.items() if value is not ...}
    signature = IDENTITY.sign(NAMESPACE, canonical.encode(body)).decode()
    return canonical.encode({**body, "signature": signature})


def test_a_card_that_was_written_is_read_again():
    assert read_card(FILE) == CARD


def test_an_office_is_its_own_office():
    office = replace(CARD, kind="office", office=NODE)

    assert read_card(write_card(office, IDENTITY)) == office


@given(st.integers(0, len(FILE) - 1), st.integers(0, 7))
def test_no_bit_of_a_card_can_be_changed(position, bit):
    changed = bytearray(FILE)
    changed[position] ^= 1 << bit

    with pytest.raises(CardInvalidError):
        read_card(bytes(changed))


@given(st.integers(0, len(FILE) - 1))
def test_no_cut_card_is_read(length):
    with pytest.raises(CardInvalidError):
        read_card(FILE[:length])


@given(st.binary(max_size=300))
def test_any_other_file_is_refused(data):
    with pytest.raises(CardInvalidError):
        read_card(data)


@pytest.mark.parametrize(
    "members",
    [
        {"v": 2},
        {"v": True},
        {"v": ...},
        {"node": NODE.upper()},
        {"node": NODE[:-1]},
        {"office": "our office"},
        {"office": NODE},
        {"kind": "office"},
        {"kind": "spy"},
        {"sign_key": IDENTITY.public_key.hex().upper()},
        {"sign_key": "22" * 32},
        {"sign_key": WEAK_KEY},
        {"receive": LOW_RECIPIENT},
        {"receive": "age1"},
        {"escrow": LOW_RECIPIENT},
        {"escrow": ""},
        {"name": 5},
        {"name": None},
        {"name": ...},
        {"name": "a\nb"},
        {"person_name": "三张\u202e"},
        {"created": "x" * 201},
        {"more": "x"},
    ],
)
def test_a_signed_card_with_other_contents_is_refused(members):
    with pytest.raises(CardInvalidError):
        read_card(signed(**members))


def test_a_card_signed_by_another_key_or_for_another_purpose_is_refused():
    other = NodeIdentity.new(NODE)
    body = {"v": 1, **asdict(CARD)}
    for signature in (
        other.sign(NAMESPACE, canonical.encode(body)),
        IDENTITY.sign("mingcha-trust@v1", canonical.encode(body)),
    ):
        with pytest.raises(CardInvalidError):
            read_card(canonical.encode({**body, "signature": signature.decode()}))


def test_a_second_way_of_writing_the_same_card_is_refused():
    again = FILE.replace(b'"v":1', b'"v":true')
    assert again != FILE

    with pytest.raises(CardInvalidError):
        read_card(again)


@pytest.mark.parametrize("signature", [5, None, "签名", ""])
def test_a_card_without_a_signature_is_refused(signature):
    with pytest.raises(CardInvalidError):
        read_card(canonical.encode({"v": 1, **asdict(CARD), "signature": signature}))


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", FILE + b"\n", b" " + FILE, b'"' + b"x" * MAX_CARD_BYTES + b'"', b"[" * 16_000],
)
def test_what_is_not_one_canonical_object_is_refused(data):
    for read in (read_card, person_of_kept_card):
        with pytest.raises(CardInvalidError):
            read(data)


def test_the_person_of_a_card_that_was_kept_is_told_without_proving_it_again():
    assert person_of_kept_card(FILE) == CARD.person_id
    assert person_of_kept_card(write_card(replace(CARD, person_id=""), IDENTITY)) == ""


@pytest.mark.parametrize("name", ["a\tb", "line\u2028end", "张三\u202e", "x" * 201])
def test_a_name_that_no_reader_would_accept_is_not_written(name):
    with pytest.raises(CardNameError):
        write_card(replace(CARD, name=name), IDENTITY)


# --- fingerprint ------------------------------------------------------------------------------------------


def test_the_fingerprint_of_format_1_never_changes():
    card = replace(
        CARD,
        sign_key="11" * 32,
        receive="age1-receive",
        escrow="age1-escrow",
    )

    assert fingerprint(card) == "59195 60467 20712 15871 25521 43011 93123 52866"


def test_the_fingerprint_is_eight_groups_of_five_digits():
    assert re.fullmatch(r"\d{5}( \d{5}){7}", fingerprint(CARD))


@pytest.mark.parametrize("name", list(asdict(CARD)))
def test_the_fingerprint_covers_every_field(name):
    assert fingerprint(replace(CARD, **{name: "x"})) != fingerprint(CARD)
