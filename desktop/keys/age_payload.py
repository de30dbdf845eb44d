"""The contents of an age file: chunks of 64 KiB, each sealed with its number and with whether it is the last one.

https://age-encryption.org/v1. ChaCha20-Poly1305 comes from ``cryptography``, which lets other threads run
meanwhile.
"""

import errno
from collections.abc import Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.keys.envelope import SealBrokenError

NONCE_BYTES = 16
CHUNK_BYTES = 64 * 1024
SEALED_CHUNK_BYTES = CHUNK_BYTES + 16


class BinaryReader(Protocol):
    """What is read from: ``read`` returns at most ``size`` bytes, and none only at the end."""

    def read(self, size: int, /) -> bytes: ...


class BinaryWriter(Protocol):
    """What is written to: ``write`` returns how many bytes it took, at least one, or raises."""

    def write(self, data: bytes, /) -> int: ...


class ReadAhead:
    """Reads a source one chunk further than it gives out, so that the last one is known to be the last."""

    def __init__(self, source: BinaryReader) -> None:
        self._source = source
        self._held = b""

    def peek(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer only at the end; they stay to be taken."""
        self._held = self.take(max(size, len(self._held)))
        return self._held[:size]

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer only at the end."""
        taken, self._held = self._held[:size], self._held[size:]
        while len(taken) < size and (more := self._source.read(size - len(taken))):
            taken = taken + more if taken else more
        return taken

    def chunks(self, size: int) -> Iterator[tuple[bytes, bool]]:
        """Yield all that is left by ``size`` bytes, with whether it is the last; an empty one if nothing is left."""
        chunk = self.take(size)
        while following := self.take(size):
            yield chunk, False
            chunk = following
        yield chunk, True


def seal_payload(source: BinaryReader, target: BinaryWriter, file_key: bytes, nonce: bytes) -> None:
    """Write ``nonce``, NONCE_BYTES never used with this key before, and all of ``source``."""
    cipher = _cipher(file_key, nonce)
    write_all(target, nonce)
    for number, (chunk, is_last) in enumerate(ReadAhead(source).chunks(CHUNK_BYTES)):
        write_all(target, cipher.encrypt(_chunk_nonce(number, is_last), chunk, None))


def open_payload(source: ReadAhead, target: BinaryWriter, file_key: bytes) -> None:
    """Write what ``source`` holds behind the header; raises SealBrokenError where it is not what was sealed.

    What came before the damage has been handed on then: it may say whose package this is.
    """
    nonce = source.take(NONCE_BYTES)
    if len(nonce) < NONCE_BYTES or not source.peek(1):
        raise SealBrokenError("truncated")
    cipher = _cipher(file_key, nonce)
    for number, (chunk, is_last) in enumerate(source.chunks(SEALED_CHUNK_BYTES)):
        write_all(target, _opened(cipher, number, chunk, is_last))


def write_all(target: BinaryWriter, data: bytes) -> None:
    while data:
        taken = target.write(data)
        if not taken or not 0 < taken <= len(data):
            raise OSError(errno.EIO, "a write took no bytes or too many")
        data = data[taken:]


def _opened(cipher: ChaCha20Poly1305, number: int, chunk: bytes, is_last: bool) -> bytes:
    try:
        plain = cipher.decrypt(_chunk_nonce(number, is_last), chunk, None)
    except InvalidTag:
        is_cut = is_last and _is_inner_chunk(cipher, number, chunk)
        raise SealBrokenError("truncated" if is_cut else "payload") from None
    if number and not plain:
        # Only an empty file ends in an empty chunk: no content has two sealed forms.
        raise SealBrokenError("payload")
    return plain


def _is_inner_chunk(cipher: ChaCha20Poly1305, number: int, chunk: bytes) -> bool:
    """Whether a last chunk was sealed as one that others follow: then the file was cut between two chunks."""
    try:
        cipher.decrypt(_chunk_nonce(number, False), chunk, None)
    except InvalidTag:
        return False
    return True


def _chunk_nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


def _cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, nonce, b"payload").derive(file_key))
