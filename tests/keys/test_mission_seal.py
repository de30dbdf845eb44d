import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.keys import mission_seal
from desktop.keys.mission_seal import PAD_BYTES, seal_secret, unseal_secret, unseal_with_escrow
from desktop.keys.passphrase import (
    KdfCost,
    PassphraseTooShortError,
    WrappedSecretDamagedError,
    WrongPassphraseError,
    wrap,
)
from desktop.keys.recovery import WrongRecoveryKeyError
from desktop.keys.sealing import encrypt_bytes, new_identity, peek_envelope, recipient_of

CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
ESCROW = new_identity()
MISSION = "0192f0c1-2345-7abc-8def-0123456789ab"
PHRASE = "月黑风高夜 0412"
SECRET = '{"route":["城东农贸市场"]}'.encode()


def seal(secret: bytes = SECRET) -> dict[str, object]:
    return seal_secret(secret, PHRASE, recipient_of(ESCROW), MISSION, CHEAP)


SEALED = seal()


@given(st.binary(max_size=10_000))
@settings(max_examples=40)
def test_the_leader_and_the_recovery_key_open_a_sealed_mission(secret):
    sealed = seal(secret)

    assert unseal_secret(sealed, PHRASE, MISSION) == secret
    assert unseal_with_escrow(sealed, ESCROW) == secret


def test_a_sealed_mission_survives_being_a_part():
    value = canonical.decode_object(canonical.encode(SEALED))

    assert unseal_secret(value, PHRASE, MISSION) == SECRET


def test_the_seal_names_only_two_recipients_and_shows_nothing_of_the_secret():
    outside = base64.b64decode(SEALED["age"])

    assert peek_envelope(outside).recipient_count == 2
    assert "route" not in str(SEALED)
    assert SECRET not in outside


@pytest.mark.parametrize(
    ("size", "pages"), [(0, 1), (1, 1), (PAD_BYTES - 4, 1), (PAD_BYTES - 3, 2), (2 * PAD_BYTES, 3)]
)
def test_the_size_is_a_multiple_of_four_kib(size, pages):
    def padded_bytes(sealed):
        # The header varies by what pyrage adds to it; the payload is nonce, text and one tag.
        outside = base64.b64decode(sealed["age"])
        return len(outside) - outside.index(b"\n", outside.index(b"\n--- ") + 1) - 1 - 16 - 16

    assert padded_bytes(seal(bytes(size))) == pages * PAD_BYTES


def test_another_pass_phrase_or_mission_opens_nothing():
    with pytest.raises(WrongPassphraseError):
        unseal_secret(SEALED, "another phrase", MISSION)
    with pytest.raises(WrongPassphraseError):
        unseal_secret(SEALED, PHRASE, MISSION[:-1] + "c")


def test_the_recovery_key_of_another_office_opens_nothing():
    with pytest.raises(WrongRecoveryKeyError):
        unseal_with_escrow(SEALED, new_identity())


def test_a_short_pass_phrase_is_refused():
    with pytest.raises(PassphraseTooShortError):
        seal_secret(SECRET, "1234567", recipient_of(ESCROW), MISSION, CHEAP)


def test_the_default_cost_is_the_strong_one():
    key = seal_secret(SECRET, PHRASE, recipient_of(ESCROW), MISSION)["key"]

    assert (key["memory_kib"], key["passes"]) == (64 * 1024, 3)


def damaged_age(data: bytes) -> dict[str, object]:
    return {**SEALED, "age": base64.b64encode(data).decode()}


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"age": SEALED["age"]},
        {**SEALED, "key": "x"},
        {**SEALED, "key": {}},
        {**SEALED, "age": None},
        {**SEALED, "age": "no base64!"},
        {**SEALED, "age": "密封密封"},
        damaged_age(b"SQLite format 3\0"),
        damaged_age(base64.b64decode(SEALED["age"])[:-1]),
        {**SEALED, "age": seal()["age"]},
        {
            **SEALED,
            "key": wrap(b"no age key \xff", PHRASE, mission_seal._bound_to(MISSION), CHEAP),
        },
    ],
)
def test_a_damaged_seal_is_reported(value):
    with pytest.raises(WrappedSecretDamagedError):
        unseal_secret(value, PHRASE, MISSION)


@pytest.mark.parametrize("inside", [b"", b"\0\0\0", b"\0\0\0\2x", b"\xff" * 100])
def test_a_frame_that_promises_more_than_there_is_is_reported(inside):
    value = damaged_age(encrypt_bytes(inside, [recipient_of(ESCROW)]))

    with pytest.raises(WrappedSecretDamagedError):
        unseal_with_escrow(value, ESCROW)


@pytest.mark.parametrize("age", [None, "no base64!", base64.b64encode(b"x").decode()])
def test_a_damaged_seal_is_reported_to_the_recovery_key_too(age):
    with pytest.raises(WrappedSecretDamagedError):
        unseal_with_escrow({**SEALED, "age": age}, ESCROW)
