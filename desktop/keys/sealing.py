"""Sealing: age files for X25519 recipients (suite A1), written and read in constant memory.

The format is that of https://age-encryption.org/v1, which the commands ``age`` and ``rage`` open and write as well.
"""

import io
import secrets
from collections.abc import Sequence

from bech32 import bech32_decode, bech32_encode, convertbits
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.age_header import FILE_KEY_BYTES, unwrap_file_key, write_header
from desktop.keys.age_payload import (
    NONCE_BYTES,
    BinaryReader,
    BinaryWriter,
    ReadAhead,
    open_payload,
    seal_payload,
    write_all,
)
from desktop.keys.envelope import (
    MAX_HEADER_BYTES,
    MAX_STANZAS,
    Envelope,
    SealBrokenError,
    UnknownEnvelopeError,
    parse_header,
    peek_envelope,
)

__all__ = [
    "MAX_HEADER_BYTES",
    "MAX_RECIPIENTS",
    "BinaryReader",
    "BinaryWriter",
    "Envelope",
    "NotForUsError",
    "RecipientInvalidError",
    "SealBrokenError",
    "UnknownEnvelopeError",
    "check_recipient",
    "decrypt_bytes",
    "decrypt_stream",
    "encrypt_bytes",
    "encrypt_stream",
    "new_identity",
    "peek_envelope",
    "recipient_of",
]

MAX_RECIPIENTS = MAX_STANZAS - 1  # rage adds a stanza of its own where it writes the same


class NotForUsError(UserError):
    """None of the keys at hand opens the file."""

    def __init__(self) -> None:
        super().__init__(
            _("This file was sealed for somebody else, and the keys on this computer do not open it."),
            _("Open it on the computer it was meant for, or have it written anew for this one."),
        )


class RecipientInvalidError(UserError):
    """A text that should be an age X25519 recipient is none."""

    def __init__(self) -> None:
        super().__init__(
            _("The public key for receiving files is not valid."),
            _("Ask for the node card of the other computer again."),
        )


def new_identity() -> str:
    """Return a new secret key, ``AGE-SECRET-KEY-1…``."""
    return _bech32("age-secret-key-", X25519PrivateKey.generate().private_bytes_raw()).upper()


def recipient_of(identity: str) -> str:
    """Return the public key, ``age1…``, of a secret key."""
    secret_key = X25519PrivateKey.from_private_bytes(_secret_key(identity))
    return _bech32("age", secret_key.public_key().public_bytes_raw())


def check_recipient(text: str) -> str:
    """Return ``text`` if it is a usable X25519 recipient in its only written form, else raise.

    Points of small order are refused: a file sealed for one can be opened by everybody.
    """
    _public_key(text)
    return text


def encrypt_stream(source: BinaryReader, target: BinaryWriter, recipients: Sequence[str]) -> None:
    """Seal all of ``source`` for 1 to MAX_RECIPIENTS ``recipients``.

    After any exception, those of ``source`` and ``target`` included, what stands in ``target`` is no sealed file and
    has to be thrown away.
    """
    if not 1 <= len(recipients) <= MAX_RECIPIENTS:
        raise ValueError(f"{len(recipients)} recipients")
    public_keys = [_public_key(text) for text in recipients]
    file_key = secrets.token_bytes(FILE_KEY_BYTES)
    write_all(target, write_header(file_key, public_keys))
    seal_payload(source, target, file_key, secrets.token_bytes(NONCE_BYTES))


def decrypt_stream(source: BinaryReader, target: BinaryWriter, identities: Sequence[str]) -> None:
    """Open the sealed file in ``source``; nothing written to ``target`` counts before this returns.

    Bytes after the end of the sealed file are refused.
    """
    secret_keys = [_secret_key(text) for text in identities]
    sealed = ReadAhead(source)
    header = parse_header(sealed.peek(MAX_HEADER_BYTES))
    file_key = unwrap_file_key(header, secret_keys)
    if file_key is None:
        raise NotForUsError
    sealed.take(header.size)
    open_payload(sealed, target, file_key)


def encrypt_bytes(data: bytes, recipients: Sequence[str]) -> bytes:
    """``encrypt_stream`` for what is small."""
    target = io.BytesIO()
    encrypt_stream(io.BytesIO(data), target, recipients)
    return target.getvalue()


def decrypt_bytes(data: bytes, identities: Sequence[str]) -> bytes:
    """``decrypt_stream`` for what is small."""
    target = io.BytesIO()
    decrypt_stream(io.BytesIO(data), target, identities)
    return target.getvalue()


def _public_key(recipient: str) -> bytes:
    raw = _raw_key("age", recipient)
    if raw is None or recipient != recipient.lower():
        raise RecipientInvalidError
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(raw))
    except ValueError:
        raise RecipientInvalidError from None
    return raw


def _secret_key(identity: str) -> bytes:
    raw = _raw_key("age-secret-key-", identity)
    if raw is None or identity != identity.upper():
        # Without the text, which could be a secret with a typing error.
        raise ValueError("not an age identity")
    return raw


def _raw_key(prefix: str, text: str) -> bytes | None:
    """The 32 bytes of a key; None for any other text."""
    found, groups = bech32_decode(text)
    raw = convertbits(groups or [], 5, 8, False)
    return bytes(raw) if found == prefix and raw is not None and len(raw) == 32 else None


def _bech32(prefix: str, raw: bytes) -> str:
    return str(bech32_encode(prefix, convertbits(raw, 8, 5) or []))
