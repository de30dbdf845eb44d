"""Pass phrases: Argon2id (RFC 9106) turns one into a key, ChaCha20-Poly1305 (RFC 8439) wraps a secret with it."""

import base64
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desktop.domain.canonical import Json
from desktop.errors import UserError
from desktop.i18n import _

MIN_CHARACTERS = 8
_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32


class PassphraseTooShortError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The pass phrase is too short."),
            _("Use at least {count} characters, for example a short sentence.").format(count=MIN_CHARACTERS),
        )


class WrongPassphraseError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The pass phrase is not right."),
            _("Check the input language and capital letters, then try again."),
        )


class WrappedSecretDamagedError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("What the pass phrase protects is damaged."),
            _("Restore it from a backup, or use the recovery sheet."),
        )


@dataclass(frozen=True)
class KdfCost:
    """What one guess costs. ``memory_kib`` in KiB, ``passes`` and ``lanes`` as Argon2 defines them."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1


STANDARD_COST = KdfCost()
# What a foreign value may cost at most: about four times as much memory and twice the passes of our own.
_MOST = KdfCost(memory_kib=256 * 1024, passes=6, lanes=4)


def check_passphrase(passphrase: str) -> None:
    """Refuse a new pass phrase that is too short."""
    if len(_normalised(passphrase).strip()) < MIN_CHARACTERS:
        raise PassphraseTooShortError


def wrap(secret: bytes, passphrase: str, bound_to: bytes, cost: KdfCost = STANDARD_COST) -> dict[str, Json]:
    """Wrap ``secret``; the result is a JSON value that names all it needs but the pass phrase and ``bound_to``."""
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    sealed = ChaCha20Poly1305(_key(passphrase, salt, cost)).encrypt(nonce, secret, bound_to)
    return {
        "kdf": "argon2id",
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": base64.b64encode(salt).decode(),
        "nonce": base64.b64encode(nonce).decode(),
        "wrapped": base64.b64encode(sealed).decode(),
    }


def unwrap(value: Mapping[str, Json], passphrase: str, bound_to: bytes) -> bytes:
    """Return the secret; raises WrongPassphraseError, or WrappedSecretDamagedError for a value that is none.

    The cost is bounded, so that a hostile value cannot eat the memory of the machine.
    """
    cost = _cost(value)
    salt, nonce, sealed = (_bytes(value, name) for name in ("salt", "nonce", "wrapped"))
    if len(salt) != _SALT_BYTES or len(nonce) != _NONCE_BYTES:
        raise WrappedSecretDamagedError
    try:
        return ChaCha20Poly1305(_key(passphrase, salt, cost)).decrypt(nonce, sealed, bound_to)
    except InvalidTag:
        raise WrongPassphraseError from None


def _key(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    text = _normalised(passphrase).encode("utf-8", "surrogatepass")
    return hash_secret_raw(text, salt, cost.passes, cost.memory_kib, cost.lanes, _KEY_BYTES, Type.ID)


def _normalised(passphrase: str) -> str:
    # One keyboard writes é as one character, another as two: both have to open the same lock.
    return unicodedata.normalize("NFC", passphrase)


def _cost(value: Mapping[str, Json]) -> KdfCost:
    numbers = [value.get(name) for name in ("memory_kib", "passes", "lanes")]
    memory_kib, passes, lanes = (n if type(n) is int else 0 for n in numbers)
    is_sane = (
        8 * lanes <= memory_kib <= _MOST.memory_kib
        and 1 <= passes <= _MOST.passes
        and 1 <= lanes <= _MOST.lanes
    )
    if value.get("kdf") != "argon2id" or not is_sane:
        raise WrappedSecretDamagedError
    return KdfCost(memory_kib, passes, lanes)


def _bytes(value: Mapping[str, Json], name: str) -> bytes:
    text = value.get(name)
    try:
        return base64.b64decode(text if isinstance(text, str) else "?", validate=True)
    except ValueError:
        raise WrappedSecretDamagedError from None
