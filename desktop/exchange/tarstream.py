"""The tar inside a package: regular files with canonical ustar headers and nothing else (docs/FORMAT-package.md).

Python's tarfile is too lenient for foreign input: it follows links, extensions and half-broken headers. Here a
header is right only if it is, byte for byte, the one that ``header`` makes for its name and size.
"""

import re
from typing import NoReturn, Protocol

from desktop.exchange.padme import padded_size
from desktop.exchange.refusal import PackageRefusedError, Refusal

BLOCK_BYTES = 512
MANIFEST_NAME = "manifest.json"
SIGNATURE_NAME = "manifest.sig"
PAD_NAME = "pad"
OBJECT_PREFIX = "o/"
END = bytes(2 * BLOCK_BYTES)

_NAME = re.compile(rb"(manifest\.json|manifest\.sig|o/[0-9a-f]{64}|pad)\0+")
_OCTAL = re.compile(rb"[0-7]{11}\0")
_ZERO_BLOCK = bytes(BLOCK_BYTES)


class MemberReceiver(Protocol):
    """What a parser tells: one ``begin``, the bytes in any pieces, one ``end`` for every member."""

    def begin(self, name: str, size: int) -> None: ...

    def data(self, block: bytes) -> None: ...

    def end(self) -> None: ...


def header(name: str, size: int) -> bytes:
    """Return the only header that a member of this name and size (in bytes, below 8 GiB) can have."""
    block = bytearray(BLOCK_BYTES)
    block[0 : len(name)] = name.encode("ascii")
    block[100:108] = b"0000600\0"
    block[108:124] = b"0000000\0" * 2
    block[124:136] = b"%011o\0" % size
    block[136:148] = b"00000000000\0"
    block[148:156] = b" " * 8
    block[156:157] = b"0"
    block[257:265] = b"ustar\00000"
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def filler(size: int) -> bytes:
    """Return the zeros that follow a member of ``size`` bytes up to the next block."""
    return bytes(-size % BLOCK_BYTES)


def member_size(size: int) -> int:
    """Return the bytes that a member of ``size`` bytes takes in the tar, header and filler included."""
    return BLOCK_BYTES + size + -size % BLOCK_BYTES


def pad_size(content_bytes: int) -> int:
    """Return the size of the pad that follows ``content_bytes`` of members and makes the whole tar a Padmé size."""
    whole = content_bytes + BLOCK_BYTES + len(END)
    return padded_size(whole) - whole


class TarParser:
    """Reads a tar that is pushed in, in writes of any size; holds no more than one header."""

    def __init__(self, receiver: MemberReceiver) -> None:
        self._receiver = receiver
        self._block = bytearray()
        self._data_left = 0
        self._filler_left = 0
        self._zero_blocks = 0
        self._position = 0

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        while view:
            taken = self._take(view)
            self._position += taken
            view = view[taken:]
        return len(data)

    def close(self) -> None:
        """Say that nothing follows; refuses a tar that is not at its end."""
        if self._zero_blocks != 2:
            self._refuse("the content ends early", self._position)

    def _take(self, view: memoryview) -> int:
        if self._data_left:
            return self._take_data(view[: self._data_left])
        if self._filler_left:
            return self._take_filler(view[: self._filler_left])
        if self._zero_blocks == 2:
            self._refuse("bytes after the end", self._position)
        return self._take_block(view[: BLOCK_BYTES - len(self._block)])

    def _take_data(self, view: memoryview) -> int:
        self._data_left -= len(view)
        self._receiver.data(bytes(view))
        if not self._data_left:
            self._receiver.end()
        return len(view)

    def _take_filler(self, view: memoryview) -> int:
        if any(view):
            self._refuse("filler that is not zero", self._position)
        self._filler_left -= len(view)
        return len(view)

    def _take_block(self, view: memoryview) -> int:
        self._block += view
        if len(self._block) == BLOCK_BYTES:
            block = bytes(self._block)
            self._block.clear()
            self._take_header(block, self._position + len(view) - BLOCK_BYTES)
        return len(view)

    def _take_header(self, block: bytes, position: int) -> None:
        if block == _ZERO_BLOCK:
            self._zero_blocks += 1
            return
        if self._zero_blocks:
            self._refuse("a member after the end", position)
        name_field = _NAME.fullmatch(block, 0, 100)
        if name_field is None:
            self._refuse(f"a member named {block[:100].rstrip(bytes(1))[:72]!r}", position)
        name = name_field[1].decode("ascii")
        size_field = _OCTAL.fullmatch(block, 124, 136)
        size = int(size_field[0][:-1], 8) if size_field else -1
        if size < 0 or block != header(name, size):
            self._refuse(f"the header of {name}", position)
        self._data_left, self._filler_left = size, -size % BLOCK_BYTES
        self._receiver.begin(name, size)
        if not size:
            self._receiver.end()

    def _refuse(self, what: str, position: int) -> NoReturn:
        raise PackageRefusedError(Refusal.BAD_STRUCTURE, f"byte {position}: {what}")
