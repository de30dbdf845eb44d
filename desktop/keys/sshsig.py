"""Signatures as ``ssh-keygen -Y sign`` writes them (OpenSSH, PROTOCOL.sshsig), Ed25519 and SHA-512 only.

So anybody can check them with ``ssh-keygen -Y verify`` and without this program.
"""

import base64
import binascii
import hashlib
import struct
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop.errors import UserError
from desktop.i18n import _

MAX_SIGNATURE_BYTES = 1024

_MAGIC = b"SSHSIG"
_VERSION = 1
_KEY_TYPE = b"ssh-ed25519"
_HASH = b"sha512"
_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"
_END = b"\n-----END SSH SIGNATURE-----\n"
_LINE = 70
# Everything in the blob but the namespace has one length.
_KEY_AT = slice(33, 65)
_NAMESPACE_AT = slice(69, -101)
_SIGNATURE_AT = slice(-64, None)
_PRIME = 2**255 - 19
# y of the eight points of small order, whose "signatures" prove nothing; the sign of x does not matter.
_ORDER_8_Y = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER_Y = frozenset({0, 1, _PRIME - 1, _ORDER_8_Y, _PRIME - _ORDER_8_Y})

Fault = Literal["form", "namespace", "key", "mismatch"]


class SignatureInvalidError(UserError):
    """The signature proves nothing: not in the one form, for another purpose, by a weak key, or no match."""

    def __init__(self, fault: Fault) -> None:
        problems = {
            "form": _("The signature is damaged or of a kind that this program does not accept."),
            "namespace": _("The signature was made for another purpose."),
            "key": _("The signature was made with an unsafe key."),
            "mismatch": _("The contents do not match the signature: they were changed or damaged."),
        }
        super().__init__(problems[fault], _("Do not use this file; ask the sender to write it again."))
        self.fault: Fault = fault


def sign(private: Ed25519PrivateKey, message: bytes, namespace: str) -> bytes:
    """Return the armored signature, byte for byte what ``ssh-keygen -Y sign`` writes."""
    raw = private.public_key().public_bytes_raw()
    signature = private.sign(_signed_bytes(message, namespace))
    return _armor(_blob(raw, namespace.encode("ascii"), signature))


def verify(message: bytes, signature: bytes, namespace: str) -> bytes:
    """Return the 32 raw bytes of the key that signed ``message``; trusting that key is up to the caller.

    There is exactly one accepted form of each signature. Raises SignatureInvalidError.
    """
    raw, found_namespace, raw_signature = _read(signature)
    if found_namespace != namespace.encode("ascii"):
        raise SignatureInvalidError("namespace")
    if is_weak_key(raw):
        raise SignatureInvalidError("key")
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(raw_signature, _signed_bytes(message, namespace))
    except InvalidSignature:
        raise SignatureInvalidError("mismatch") from None
    return raw


def is_weak_key(raw: bytes) -> bool:
    """Whether a 32-byte Ed25519 public key is of small order or not in its one form (RFC 8032, 5.1.3)."""
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    return y >= _PRIME or y in _SMALL_ORDER_Y


def public_line(raw: bytes, comment: str) -> str:
    """Return ``ssh-ed25519 AAAA… comment``, the line of a ``.pub`` file, without a line end.

    In an ``allowed_signers`` file the name of the signer stands before it.
    """
    if not comment.isprintable():
        raise ValueError("the comment has to be one line of printable characters")
    return f"ssh-ed25519 {base64.b64encode(_key_blob(raw)).decode()} {comment}".rstrip()


def _signed_bytes(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _strings(namespace.encode("ascii"), b"", _HASH, digest)


def _blob(raw: bytes, namespace: bytes, signature: bytes) -> bytes:
    fields = _strings(_key_blob(raw), namespace, b"", _HASH, _strings(_KEY_TYPE, signature))
    return _MAGIC + struct.pack(">I", _VERSION) + fields


def _key_blob(raw: bytes) -> bytes:
    return _strings(_KEY_TYPE, raw)


def _strings(*values: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(value)) + value for value in values)


def _armor(blob: bytes) -> bytes:
    text = base64.b64encode(blob)
    return _BEGIN + b"\n".join(text[i : i + _LINE] for i in range(0, len(text), _LINE)) + _END


def _read(armored: bytes) -> tuple[bytes, bytes, bytes]:
    """Return key, namespace and signature; what is not written exactly as we would write it is refused."""
    if len(armored) > MAX_SIGNATURE_BYTES:
        raise SignatureInvalidError("form")
    try:
        blob = binascii.a2b_base64(armored.removeprefix(_BEGIN).removesuffix(_END))
    except binascii.Error:
        raise SignatureInvalidError("form") from None
    raw_key, namespace, raw_signature = blob[_KEY_AT], blob[_NAMESPACE_AT], blob[_SIGNATURE_AT]
    if _armor(_blob(raw_key, namespace, raw_signature)) != armored:
        raise SignatureInvalidError("form")
    return raw_key, namespace, raw_signature
