"""The index object: which entries a package carries, as rows of 64 bytes (docs/FORMAT-package.md).

It is signed with the manifest, small, and kept for ever: an entry is authentic if an index lists it whose manifest
its author's node signed.
"""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple, NoReturn

from desktop.exchange.record_reader import in_blocks
from desktop.exchange.refusal import PackageRefusedError, Refusal

ROW_BYTES = 64
HEADER = b"mingcha-index-v1".ljust(ROW_BYTES, b"\0")

_ROW = struct.Struct(">16s8sQ32s")


class IndexRow(NamedTuple):
    """One entry: its stream, its number there, its hash in hex."""

    stream: str
    seq: int
    hash: str


def encode_row(row: IndexRow) -> bytes:
    node, epoch = row.stream.split(".")
    return _ROW.pack(bytes.fromhex(node), bytes.fromhex(epoch), row.seq, bytes.fromhex(row.hash))


def encode_index(rows: Iterable[IndexRow]) -> Iterator[bytes]:
    """Yield the index object in blocks; the rows have to come in ascending order."""
    return in_blocks(_encoded(rows))


def _encoded(rows: Iterable[IndexRow]) -> Iterator[bytes]:
    order = RowOrder()
    yield HEADER
    for row in rows:
        data = encode_row(row)
        if not order.accepts(data):
            raise ValueError("rows are not in ascending order")
        yield data


class RowOrder:
    """Rows ascend by stream, number and hash, and none comes twice: their bytes ascend."""

    def __init__(self) -> None:
        self._last = b""

    def accepts(self, row: bytes) -> bool:
        is_next = row > self._last
        self._last = row
        return is_next


class IndexReader:
    """Reads an index that is pushed in; see RecordReader."""

    def __init__(self) -> None:
        self._rest = b""
        self._has_header = False
        self._order = RowOrder()

    def feed(self, data: bytes) -> list[IndexRow]:
        data = self._rest + data
        end = len(data) - len(data) % ROW_BYTES
        self._rest = data[end:]
        start = 0
        if not self._has_header and end:
            if data[:ROW_BYTES] != HEADER:
                _refuse("does not begin as it should")
            self._has_header = True
            start = ROW_BYTES
        return [self._read(data[at : at + ROW_BYTES]) for at in range(start, end, ROW_BYTES)]

    def close(self) -> None:
        if self._rest or not self._has_header:
            _refuse("ends early")

    def _read(self, row: bytes) -> IndexRow:
        node, epoch, seq, digest = _ROW.unpack(row)
        if not seq or not self._order.accepts(row):
            _refuse("rows are not in ascending order")
        return IndexRow(f"{node.hex()}.{epoch.hex()}", seq, digest.hex())


class IndexDigest:
    """Computes the hash of the index of entries that are seen one by one, in the order of the index."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256(HEADER)
        self._order = RowOrder()

    def add(self, row: IndexRow) -> bool:
        """Return whether the row comes in ascending order."""
        data = encode_row(row)
        self._digest.update(data)
        return self._order.accepts(data)

    @property
    def hash(self) -> str:
        return self._digest.hexdigest()


def _refuse(problem: str) -> NoReturn:
    raise PackageRefusedError(Refusal.BAD_CONTENT, f"the index {problem}")
