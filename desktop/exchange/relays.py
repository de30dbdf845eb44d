"""The manifests object: manifests of other senders, with their signatures and indexes, passed on.

So a reader can check entries that reached it through a third node. After a first line each relayed manifest is
three byte strings (manifest, signature, index), each after its length in 4 bytes, big end first.
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from desktop.exchange.entry_index import IndexReader
from desktop.exchange.manifest import MAX_INDEX_BYTES, MAX_MANIFEST_BYTES
from desktop.exchange.record_reader import read_records
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.signed_manifest import SignedManifest, verify_manifest
from desktop.keys.sshsig import MAX_SIGNATURE_BYTES

TITLE = b"mingcha-manifests-v1\n"

_LENGTH = struct.Struct(">I")
_FIELDS = (
    ("a manifest", MAX_MANIFEST_BYTES),
    ("a signature", MAX_SIGNATURE_BYTES),
    ("an index", MAX_INDEX_BYTES),
)


@dataclass(frozen=True)
class RelayedManifest:
    """A manifest whose signature is valid, and the index that it lists; whether its signer is trusted is not said."""

    signed: SignedManifest
    index: bytes


def encode_relays(relays: Iterable[tuple[bytes, bytes, bytes]]) -> Iterator[bytes]:
    """Yield the manifests object for (manifest bytes, signature, index bytes), exactly as they came."""
    yield TITLE
    for relay in relays:
        for data in relay:
            yield _LENGTH.pack(len(data)) + data


class RelayReader:
    """Reads relayed manifests that are pushed in; see RecordReader. Holds one of them."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._wanted_bytes = len(TITLE)
        self._take: Callable[[bytes], list[RelayedManifest]] = self._take_title
        self._fields: list[bytes] = []

    def feed(self, data: bytes) -> list[RelayedManifest]:
        relays = []
        view = memoryview(data)
        while view:
            piece = view[: self._wanted_bytes - len(self._buffer)]
            self._buffer += piece
            view = view[len(piece) :]
            if len(self._buffer) == self._wanted_bytes:
                taken, self._buffer = bytes(self._buffer), bytearray()
                relays += self._take(taken)
        return relays

    def close(self) -> None:
        if self._buffer or self._fields or self._take != self._take_length:
            _refuse("end early")

    def _take_title(self, data: bytes) -> list[RelayedManifest]:
        if data != TITLE:
            _refuse("do not begin as they should")
        self._expect(_LENGTH.size, self._take_length)
        return []

    def _take_length(self, data: bytes) -> list[RelayedManifest]:
        name, most = _FIELDS[len(self._fields)]
        (length,) = _LENGTH.unpack(data)
        if not 1 <= length <= most:
            _refuse(f"have a length of {length} for {name}")
        self._expect(length, self._take_field)
        return []

    def _take_field(self, data: bytes) -> list[RelayedManifest]:
        self._fields.append(data)
        self._expect(_LENGTH.size, self._take_length)
        if len(self._fields) < len(_FIELDS):
            return []
        manifest_bytes, signature, index = self._fields
        self._fields = []
        return [_relayed(manifest_bytes, signature, index)]

    def _expect(self, size: int, take: Callable[[bytes], list[RelayedManifest]]) -> None:
        self._wanted_bytes, self._take = size, take


def _relayed(manifest_bytes: bytes, signature: bytes, index: bytes) -> RelayedManifest:
    signed = verify_manifest(manifest_bytes, signature)
    if hashlib.sha256(index).hexdigest() != signed.manifest.index.hash:
        _refuse("have an index that its manifest does not list")
    # An index that was signed can still be nonsense.
    for _row in read_records(IndexReader(), [index]):
        pass
    return RelayedManifest(signed, index)


def _refuse(problem: str) -> NoReturn:
    raise PackageRefusedError(Refusal.BAD_CONTENT, f"the relayed manifests {problem}")
