import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.keys import passphrase as passphrase_module
from desktop.keys.passphrase import (
    STANDARD_COST,
    KdfCost,
    PassphraseTooShortError,
    WrappedSecretDamagedError,
    WrongPassphraseError,
    check_passphrase,
    unwrap,
    wrap,
)

CHEAP = KdfCost(memory_kib=8, passes=1, lanes=1)
PHRASE = "明察秋毫 2026"
WRAPPED = wrap(b"secret", PHRASE, b"slot", CHEAP)


@given(st.binary(max_size=100), st.text(max_size=30), st.binary(max_size=30))
@settings(max_examples=40)
def test_the_right_pass_phrase_gives_the_secret_back(secret, passphrase, bound_to):
    assert unwrap(wrap(secret, passphrase, bound_to, CHEAP), passphrase, bound_to) == secret


def test_another_pass_phrase_or_place_does_not():
    with pytest.raises(WrongPassphraseError):
        unwrap(WRAPPED, PHRASE + " ", b"slot")
    with pytest.raises(WrongPassphraseError):
        unwrap(WRAPPED, PHRASE, b"another slot")


def test_both_ways_of_typing_an_accent_are_one_pass_phrase():
    assert unwrap(wrap(b"s", "cafe\u0301 noir", b"", CHEAP), "caf\u00e9 noir", b"") == b"s"


def test_a_broken_character_from_the_system_is_a_wrong_pass_phrase_and_no_crash():
    with pytest.raises(WrongPassphraseError):
        unwrap(WRAPPED, "\udcff", b"slot")


def test_our_own_cost_is_64_mib_and_three_passes_and_is_accepted_again():
    wrapped = wrap(b"secret", PHRASE, b"")

    assert KdfCost(64 * 1024, 3, 1) == STANDARD_COST
    assert (wrapped["memory_kib"], wrapped["passes"], wrapped["lanes"]) == (65_536, 3, 1)
    assert unwrap(wrapped, PHRASE, b"") == b"secret"


def test_equal_secrets_never_look_alike():
    again = wrap(b"secret", PHRASE, b"slot", CHEAP)

    assert all(again[name] != WRAPPED[name] for name in ("salt", "nonce", "wrapped"))


@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 256 * 1024 + 1},
        {"memory_kib": 2**40},
        {"memory_kib": 7},
        {"memory_kib": -1},
        {"memory_kib": "8"},
        {"memory_kib": True},
        {"memory_kib": None},
        {"passes": 0},
        {"passes": 7},
        {"lanes": 0},
        {"lanes": 5, "memory_kib": 1024},
        {"lanes": 2},
        {"kdf": "scrypt"},
        {"salt": base64.b64encode(bytes(8)).decode()},
        {"nonce": base64.b64encode(bytes(13)).decode()},
        {"salt": "no base64!"},
        {"salt": "盐盐盐盐"},
        {"wrapped": None},
        {"wrapped": 5},
    ],
)
def test_hostile_and_damaged_values_are_refused_before_they_cost_anything(change, monkeypatch):
    def never(*_args):
        raise AssertionError("Argon2 was run")

    monkeypatch.setattr(passphrase_module, "hash_secret_raw", never)

    with pytest.raises(WrappedSecretDamagedError):
        unwrap({**WRAPPED, **change}, PHRASE, b"slot")


@pytest.mark.parametrize("name", list(WRAPPED))
def test_nothing_of_the_value_may_be_missing(name):
    with pytest.raises(WrappedSecretDamagedError):
        unwrap({key: value for key, value in WRAPPED.items() if key != name}, PHRASE, b"slot")


@pytest.mark.parametrize("name", ["salt", "nonce", "wrapped"])
def test_a_changed_value_opens_nothing(name):
    raw = bytearray(base64.b64decode(WRAPPED[name]))
    raw[0] ^= 1

    with pytest.raises(WrongPassphraseError):
        unwrap({**WRAPPED, name: base64.b64encode(raw).decode()}, PHRASE, b"slot")


@pytest.mark.parametrize("passphrase", ["", "1234567", "       1       ", "e\u0301" * 7])
def test_a_new_pass_phrase_needs_eight_characters(passphrase):
    with pytest.raises(PassphraseTooShortError) as caught:
        check_passphrase(passphrase)

    assert "8" in caught.value.advice


@pytest.mark.parametrize("passphrase", ["12345678", "事事有着落件件有结果"])
def test_eight_characters_are_enough(passphrase):
    check_passphrase(passphrase)
