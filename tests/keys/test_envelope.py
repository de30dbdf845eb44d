import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.keys.envelope import (
    MAX_HEADER_BYTES,
    Envelope,
    SealBrokenError,
    UnknownEnvelopeError,
    peek_envelope,
)
from desktop.keys.sealing import decrypt_bytes, decrypt_stream, encrypt_bytes, new_identity, recipient_of

IDENTITY = new_identity()
RECIPIENT = recipient_of(IDENTITY)
SEALED = encrypt_bytes(b"x" * 10, [RECIPIENT, recipient_of(new_identity())])
VERSION = b"age-encryption.org/v1\n"
SHARE = b"A" * 43
STANZA = b"-> X25519 " + SHARE + b"\n" + SHARE + b"\n"
MAC = b"--- " + SHARE + b"\n"


def reason_of(head: bytes) -> str:
    with pytest.raises(SealBrokenError) as caught:
        peek_envelope(head)
    return caught.value.reason


def test_the_outside_tells_suite_and_number_of_recipients():
    assert peek_envelope(SEALED) == Envelope(suite="A1", recipient_count=2)
    assert peek_envelope(SEALED + bytes(100_000)) == Envelope(suite="A1", recipient_count=2)


@pytest.mark.parametrize(
    "foreign",
    [
        b"SQLite format 3\0",
        b"PK\3\4",
        b"mingcha-sm/v1\n-> SM2 AAAA\n",
        b"age-encryption.org/v2\n" + STANZA + MAC,
        b"age-encryption.org/v1\r\n",
        pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(RECIPIENT)], armored=True),
        pyrage.passphrase.encrypt(b"x", "pass"),
        VERSION + b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 18\n" + SHARE + b"\n" + MAC,
        VERSION + b"-> ssh-ed25519 AAAA " + SHARE + b"\n" + SHARE + b"\n" + MAC,
        VERSION + STANZA + b"-> mlkem768x25519 AAAA\n" + SHARE + b"\n" + MAC,
        VERSION + b"-> x-grease\n\n" + MAC,
        VERSION + MAC,
        VERSION + STANZA * 21 + MAC,
        VERSION + STANZA * 100 + MAC,
    ],
)
def test_what_is_not_of_suite_a1_is_refused_before_any_key_is_used(foreign):
    with pytest.raises(UnknownEnvelopeError):
        peek_envelope(foreign)
    with pytest.raises(UnknownEnvelopeError):
        decrypt_bytes(foreign, [IDENTITY])


@pytest.mark.parametrize(
    "damaged",
    [
        VERSION + b"-> X25519\n" + SHARE + b"\n" + MAC,
        VERSION + b"-> X25519 " + SHARE[1:] + b"\n" + SHARE + b"\n" + MAC,
        VERSION + b"-> X25519 " + SHARE + b" x\n" + SHARE + b"\n" + MAC,
        VERSION + b"-> X25519 " + SHARE + b"\n" + SHARE[1:] + b"\n" + MAC,
        VERSION + b"-> X25519 " + SHARE + b"\n" + SHARE + b"=\n" + MAC,
        VERSION + b"->X25519 " + SHARE + b"\n" + SHARE + b"\n" + MAC,
        VERSION + STANZA + b"--- " + SHARE + b"A\n",
        VERSION + STANZA + b"---" + SHARE + b"\n",
        VERSION + b"\n" + STANZA + MAC,
    ],
)
def test_a_malformed_header_is_called_damaged(damaged):
    assert reason_of(damaged) == "header"


@pytest.mark.parametrize("length", range(len(VERSION + STANZA + MAC)))
def test_too_few_bytes_are_called_incomplete(length):
    assert reason_of((VERSION + STANZA + MAC)[:length]) == "truncated"


def test_a_header_without_an_end_is_not_read_on_for_ever():
    class Endless:
        taken = 0

        def read(self, size):
            Endless.taken += size
            return (VERSION + b"-> X25519 " + b"A" * 10_000_000)[Endless.taken - size : Endless.taken]

    with pytest.raises(UnknownEnvelopeError):
        decrypt_stream(Endless(), None, [IDENTITY])
    assert Endless.taken == MAX_HEADER_BYTES


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda tail: VERSION + tail))
def test_any_bytes_give_an_answer_or_a_sentence(head):
    with pytest.raises((SealBrokenError, UnknownEnvelopeError)):
        peek_envelope(head)


def test_a_point_of_small_order_in_the_header_opens_nothing():
    with pytest.raises(Exception) as caught:
        decrypt_bytes(VERSION + STANZA + MAC + bytes(100), [IDENTITY])

    assert type(caught.value).__module__.startswith("desktop.")
