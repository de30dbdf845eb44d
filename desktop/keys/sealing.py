"""Sealing: age files for X25519 recipients (suite A1), written and read through pyrage.

Only ``encrypt_io`` and ``decrypt_io`` of pyrage are used; the others hold the whole file in memory. pyrage
reports a failed write of the last 8 KiB as success and hands exceptions of a reader or writer back as texts,
so both ends are wrapped and remember what happened to them.
"""

import errno
import io
from collections.abc import Callable, Sequence
from typing import Protocol

import pyrage
from bech32 import bech32_decode, convertbits
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from desktop.errors import UserError
from desktop.i18n import _
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

MAX_RECIPIENTS = MAX_STANZAS - 1  # pyrage adds a stanza of its own
_NONCE_BYTES = 16
_CHUNK_BYTES = 64 * 1024
_SEALED_CHUNK_BYTES = _CHUNK_BYTES + 16
_BLOCK_BYTES = 4 * _CHUNK_BYTES


class BinaryReader(Protocol):
    """What is read from: ``read`` returns at most ``size`` bytes, and none only at the end."""

    def read(self, size: int, /) -> bytes: ...


class BinaryWriter(Protocol):
    """What is written to: ``write`` returns how many bytes it took, at least one, or raises."""

    def write(self, data: bytes, /) -> int: ...


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
    return str(pyrage.x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return the public key, ``age1…``, of a secret key."""
    return str(_identity(identity).to_public())


def check_recipient(text: str) -> str:
    """Return ``text`` if it is a usable X25519 recipient in its only written form, else raise.

    Points of small order are refused: a file sealed for one can be opened by everybody.
    """
    prefix, groups = bech32_decode(text)
    raw = convertbits(groups or [], 5, 8, False)
    if prefix != "age" or raw is None or len(raw) != 32 or text != text.lower():
        raise RecipientInvalidError
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(bytes(raw)))
    except ValueError:
        raise RecipientInvalidError from None
    return text


def encrypt_stream(source: BinaryReader, target: BinaryWriter, recipients: Sequence[str]) -> None:
    """Seal all of ``source`` for 1 to MAX_RECIPIENTS ``recipients``, in constant memory.

    An exception of ``source`` or ``target`` comes out as it was raised. After any exception, what stands in
    ``target`` is no sealed file and has to be thrown away.
    """
    if not 1 <= len(recipients) <= MAX_RECIPIENTS:
        raise ValueError(f"{len(recipients)} recipients")
    keys = [pyrage.x25519.Recipient.from_str(check_recipient(text)) for text in recipients]
    complaint = _run(pyrage.encrypt_io, _Source(source), _Target(target), keys)
    if complaint is not None:
        raise complaint


def decrypt_stream(source: BinaryReader, target: BinaryWriter, identities: Sequence[str]) -> None:
    """Open the sealed file in ``source``; nothing written to ``target`` counts before this returns.

    Bytes after the end of the sealed file are refused. An exception of ``source`` or ``target`` comes out as
    it was raised.
    """
    keys = [_identity(text) for text in identities]
    head = _read_head(source)
    header_bytes = parse_header(head)[1]
    reader, writer = _Source(source, head), _Target(target, _BLOCK_BYTES)
    complaint = _run(pyrage.decrypt_io, reader, writer, keys)
    # What came before the damage is handed on in any case: it may say whose package this is.
    writer.finish()
    if complaint is not None:
        raise _fault(complaint, reader.count - header_bytes, writer.count)


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


class _Source:
    """The reader that pyrage sees: replays the header, counts, remembers the exception of the real one."""

    def __init__(self, source: BinaryReader, head: bytes = b"") -> None:
        self._source = source
        self._head = head
        self.count = 0
        self.failure: BaseException | None = None

    def read(self, size: int) -> bytes:
        if self._head:
            block, self._head = self._head[:size], self._head[size:]
        else:
            try:
                block = self._source.read(size)
            except BaseException as error:
                self.failure = error
                raise
        self.count += len(block)
        return block


class _Target:
    """The writer that pyrage sees: takes all or fails, counts, remembers the exception of the real one.

    Opening, pyrage hands over 8 KiB at a time; gathered to ``block_bytes`` they cost much less on their way.
    """

    def __init__(self, target: BinaryWriter, block_bytes: int = 1) -> None:
        self._target = target
        self._block_bytes = block_bytes
        self._held = bytearray()
        self.count = 0
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        if self.failure is not None:
            raise self.failure
        self.count += len(data)
        if not self._held and len(data) >= self._block_bytes:
            self._hand_on(data)
        else:
            self._held += data
            if len(self._held) >= self._block_bytes:
                self.finish()
        return len(data)

    def finish(self) -> None:
        """Hand on what was gathered and is no whole block."""
        held, self._held = bytes(self._held), bytearray()
        self._hand_on(held)

    def flush(self) -> None:
        """Nothing is held back here; pyrage may ask all the same."""

    def _hand_on(self, data: bytes) -> None:
        try:
            while data:
                taken = self._target.write(data)
                if not taken or not 0 < taken <= len(data):
                    raise OSError(errno.EIO, "a write took no bytes or too many")
                data = data[taken:]
        except BaseException as error:
            self.failure = error
            raise


def _run(
    transform: Callable[[_Source, _Target, list[object]], None],
    source: _Source,
    target: _Target,
    keys: list[object],
) -> Exception | None:
    """Let pyrage work and return its complaint; what happened to one of the ends is raised instead."""
    complaint: Exception | None = None
    try:
        transform(source, target, keys)
    except (pyrage.EncryptError, pyrage.DecryptError, OSError) as error:
        complaint = error
    for failure in (source.failure, target.failure):
        if failure is not None:
            raise failure
    return complaint


def _fault(complaint: Exception, payload_bytes: int, plain_bytes: int) -> UserError:
    """Tell what is wrong from what pyrage says and from how far it came."""
    if str(complaint) == "No matching keys found":
        return NotForUsError()
    # A file cut between two chunks opens well up to the cut; only the mark of the last chunk is missing.
    chunks, rest = divmod(payload_bytes - _NONCE_BYTES, _SEALED_CHUNK_BYTES)
    if payload_bytes < _NONCE_BYTES or (rest == 0 and plain_bytes == chunks * _CHUNK_BYTES):
        return SealBrokenError("truncated")
    return SealBrokenError("header" if isinstance(complaint, pyrage.DecryptError) else "payload")


def _identity(text: str) -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(text)
    except pyrage.IdentityError:
        # The cause could quote the secret.
        raise ValueError("not an age identity") from None


def _read_head(source: BinaryReader) -> bytes:
    head = b""
    while len(head) < MAX_HEADER_BYTES:
        block = source.read(MAX_HEADER_BYTES - len(head))
        if not block:
            break
        head += block
    return head
