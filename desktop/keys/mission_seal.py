"""Sealing a covert mission: readable only with the team leader's pass phrase, or by the office's recovery key.

The content is an age file for the escrow and for a key made for this mission alone; that key's secret is wrapped
under the pass phrase, bound to the mission it belongs to. Sizes are padded, so that they do not tell how many
objects there are. The departure time is a check of the program; only the pass phrase is cryptography.
"""

import base64
from collections.abc import Mapping

from desktop.domain.canonical import Json
from desktop.keys.passphrase import (
    STANDARD_COST,
    KdfCost,
    WrappedSecretDamagedError,
    check_passphrase,
    unwrap,
    wrap,
)
from desktop.keys.recovery import WrongRecoveryKeyError
from desktop.keys.sealing import (
    NotForUsError,
    SealBrokenError,
    UnknownEnvelopeError,
    decrypt_bytes,
    encrypt_bytes,
    new_identity,
    recipient_of,
)

PAD_BYTES = 4096
_LENGTH_BYTES = 4
_LABEL = b"mingcha-seal-v1\0"


def seal_secret(
    secret: bytes, passphrase: str, escrow: str, record_id: str, cost: KdfCost = STANDARD_COST
) -> dict[str, Json]:
    """Seal ``secret`` for the mission ``record_id``; the result is the value of a part."""
    check_passphrase(passphrase)
    one_off = new_identity()
    framed = len(secret).to_bytes(_LENGTH_BYTES) + secret
    padded = framed + bytes(-len(framed) % PAD_BYTES)
    sealed = encrypt_bytes(padded, [escrow, recipient_of(one_off)])
    return {
        "age": base64.b64encode(sealed).decode(),
        "key": wrap(one_off.encode(), passphrase, _bound_to(record_id), cost),
    }


def unseal_secret(value: Mapping[str, Json], passphrase: str, record_id: str) -> bytes:
    """The secret by the leader's pass phrase; WrongPassphraseError or WrappedSecretDamagedError."""
    wrapped = value.get("key")
    if not isinstance(wrapped, dict):
        raise WrappedSecretDamagedError
    one_off = unwrap(wrapped, passphrase, _bound_to(record_id)).decode("ascii", "replace")
    try:
        return _open(value, one_off)
    except (ValueError, NotForUsError):
        raise WrappedSecretDamagedError from None


def unseal_with_escrow(value: Mapping[str, Json], escrow_identity: str) -> bytes:
    """The secret by the recovery key of the office, when the leader cannot be asked."""
    try:
        return _open(value, escrow_identity)
    except NotForUsError:
        raise WrongRecoveryKeyError from None


def _open(value: Mapping[str, Json], identity: str) -> bytes:
    text = value.get("age")
    try:
        sealed = base64.b64decode(text if isinstance(text, str) else "?", validate=True)
    except ValueError:
        raise WrappedSecretDamagedError from None
    try:
        padded = decrypt_bytes(sealed, [identity])
    except (SealBrokenError, UnknownEnvelopeError):
        raise WrappedSecretDamagedError from None
    length = int.from_bytes(padded[:_LENGTH_BYTES])
    if length > len(padded) - _LENGTH_BYTES:
        raise WrappedSecretDamagedError
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]


def _bound_to(record_id: str) -> bytes:
    return _LABEL + record_id.encode()
