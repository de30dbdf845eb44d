"""The header of an age file: the key of the file, wrapped for each recipient, and a MAC over all of it.

https://age-encryption.org/v1. Keys are 32 raw bytes here.
"""

import base64
import hmac
from collections.abc import Iterable, Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.keys.envelope import VERSION_LINE, Header, SealBrokenError, Stanza

FILE_KEY_BYTES = 16
_LABEL = b"age-encryption.org/v1/X25519"
# Each wrapping key is used once, for the key of one file.
_WRAP_NONCE = bytes(12)


def write_header(file_key: bytes, recipients: Iterable[bytes]) -> bytes:
    """Wrap ``file_key`` for every public key; none may be of small order."""
    lines = [VERSION_LINE]
    for recipient in recipients:
        one_off = X25519PrivateKey.generate()
        share = one_off.public_key().public_bytes_raw()
        secret = one_off.exchange(X25519PublicKey.from_public_bytes(recipient))
        body = _wrapping(secret, share, recipient).encrypt(_WRAP_NONCE, file_key, None)
        lines.append(b"-> X25519 " + _encode(share) + b"\n" + _encode(body) + b"\n")
    authentic = b"".join(lines) + b"---"
    return authentic + b" " + _encode(_mac(file_key, authentic)) + b"\n"


def unwrap_file_key(header: Header, secret_keys: Sequence[bytes]) -> bytes | None:
    """Return the key of the file, None where no secret key opens a stanza; SealBrokenError for a changed header."""
    for stanza in header.stanzas:
        for secret_key in secret_keys:
            file_key = _unwrapped(stanza, secret_key)
            if file_key is not None:
                if not hmac.compare_digest(_mac(file_key, header.authentic), _decode(header.mac)):
                    raise SealBrokenError("header")
                return file_key
    return None


def _unwrapped(stanza: Stanza, secret_key: bytes) -> bytes | None:
    share, body = _decode(stanza.share), _decode(stanza.body)
    own = X25519PrivateKey.from_private_bytes(secret_key)
    try:
        secret = own.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        # A share of small order: whatever the key, the secret is zero.
        raise SealBrokenError("header") from None
    try:
        return _wrapping(secret, share, own.public_key().public_bytes_raw()).decrypt(_WRAP_NONCE, body, None)
    except InvalidTag:
        return None


def _wrapping(secret: bytes, share: bytes, recipient: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, share + recipient, _LABEL).derive(secret))


def _mac(file_key: bytes, authentic: bytes) -> bytes:
    key = HKDF(SHA256(), 32, None, b"header").derive(file_key)
    return hmac.digest(key, authentic, sha256)


def _encode(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _decode(text: bytes) -> bytes:
    """Read 32 bytes; the text has 43 characters, of which the last has two bits that must be zero."""
    data = base64.b64decode(text + b"=")
    if _encode(data) != text:
        raise SealBrokenError("header")
    return data
