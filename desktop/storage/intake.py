"""Taking a file in as evidence: the one way, for camera, file picker, drag and drop and the command line.

The bytes are in the store, proved by reading them back, when this returns; the caller commits the row next and
only then says that the evidence is safe. The source is never changed and never deleted.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.domain.names import display_name
from desktop.storage.files import BLOCK_BYTES
from desktop.storage.object_errors import (
    StoreFullError,
    free_bytes,
    not_a_file,
    read_differently,
    source_changed,
    source_unreadable,
    too_large,
)
from desktop.storage.object_sink import ObjectSink, Published
from desktop.storage.objects import ObjectStore

MOST_BYTES = 7 << 29
"""3.5 GiB: a package volume of at most 4 GiB has to hold any object whole."""

RESERVE_BYTES = 64 << 20
"""Stays free for the database, which has to commit the row."""

SAMPLE_BYTES = 72 * 1024
_REPARSE_POINT = 0x400
_READ_ONLY = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    # A pipe put in the place of the file must not make the open wait.
    | getattr(os, "O_NONBLOCK", 0)
)


class Content(Protocol):
    """What a file is by its content, and short neutral words for what is odd about it."""

    @property
    def mime(self) -> str: ...

    @property
    def oddities(self) -> Sequence[str]: ...


Sniff = Callable[[bytes, bytes, int, str], Content]
"""Called with the first and last SAMPLE_BYTES, the size and the name of the file."""


@dataclass(frozen=True)
class TakenIn:
    """``original_name_raw`` keeps bytes that are no UTF-8 as ``\\xNN``; ``source_mtime_ms`` is as untrusted as any
    file time. ``was_known``: the store had these bytes already; ``repaired``: it had them damaged."""

    sha256: str
    size: int
    cipher_sha256: str
    original_name_raw: str
    original_name_display: str
    source_mtime_ms: int
    mime: str
    oddities: tuple[str, ...]
    was_known: bool
    repaired: bool

    @property
    def is_empty(self) -> bool:
        return self.size == 0

    @property
    def mismatch(self) -> str:
        """The oddities in one text, empty for an ordinary file."""
        return " ".join(self.oddities)


def unreported(done_bytes: int, all_bytes: int) -> None:
    """The progress callback of those who do not watch."""


def unseen(_block: bytes) -> None:
    """For those who do not look at the content while it goes by."""


def take_in(
    store: ObjectStore,
    source: Path,
    sniff: Sniff,
    *,
    reads_twice: bool = False,
    free: Callable[[Path], int] = free_bytes,
    report_progress: Callable[[int, int], None] = unreported,
    see: Callable[[bytes], None] = unseen,
) -> TakenIn:
    """Copy a file into the store, encrypted, and prove it; raises UserError with nothing left behind.

    ``reads_twice``: hash the source once more afterwards, for cards and sticks. ``report_progress`` may raise
    CancelledError. ``see`` gets every block, in order. Empty files are taken in.
    """
    name = display_name(source.name)
    with _opened(source, name) as descriptor:
        before = os.fstat(descriptor)
        _check_room(store, name, before.st_size, free)
        sink = store.sink()
        try:
            ends = _copy(descriptor, before.st_size, name, sink, report_progress, see)
            sink.finish()
            if sink.sealed.size != before.st_size or _state(os.fstat(descriptor)) != _state(before):
                raise source_changed(name)
            if reads_twice:
                _read_again(descriptor, name, sink.sealed.sha256)
            published = sink.publish()
        except BaseException:
            sink.discard()
            raise
    content = sniff(ends.head, ends.tail, published.size, source.name)
    return _taken_in(published, source.name, before.st_mtime_ns // 1_000_000, content)


def take_in_bytes(
    store: ObjectStore,
    data: bytes,
    name: str,
    at_ms: int,
    sniff: Sniff,
    *,
    free: Callable[[Path], int] = free_bytes,
    see: Callable[[bytes], None] = unseen,
) -> TakenIn:
    """Take in what never was a file, a picture from the clipboard for example, without writing it anywhere else."""
    _check_room(store, display_name(name), len(data), free)
    sink = store.sink()
    try:
        for start in range(0, len(data), BLOCK_BYTES):
            sink.write(data[start : start + BLOCK_BYTES])
        see(data)
        sink.finish()
        published = sink.publish()
    except BaseException:
        sink.discard()
        raise
    content = sniff(data[:SAMPLE_BYTES], data[-SAMPLE_BYTES:], len(data), name)
    return _taken_in(published, name, at_ms, content)


@dataclass
class _Ends:
    head: bytes = b""
    tail: bytes = b""

    def see(self, block: bytes) -> None:
        self.head += block[: SAMPLE_BYTES - len(self.head)]
        self.tail = (self.tail + block[-SAMPLE_BYTES:])[-SAMPLE_BYTES:]


def _copy(
    descriptor: int,
    size: int,
    name: str,
    sink: ObjectSink,
    report_progress: Callable[[int, int], None],
    see: Callable[[bytes], None],
) -> _Ends:
    """Hand the source to the sink, block by block; of a file that grows, no more than one block too much."""
    ends, done = _Ends(), 0
    while done <= size and (block := _block(descriptor, name)):
        sink.write(block)
        ends.see(block)
        see(block)
        done += len(block)
        report_progress(done, size)
    return ends


def _read_again(descriptor: int, name: str, first_sha256: str) -> None:
    if hasattr(os, "posix_fadvise"):
        # Else the second reading would only show what is left of the first in memory.
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.lseek(descriptor, 0, os.SEEK_SET)
    digest = hashlib.sha256()
    while block := _block(descriptor, name):
        digest.update(block)
    if digest.hexdigest() != first_sha256:
        raise read_differently(name, first_sha256, digest.hexdigest())


def _block(descriptor: int, name: str) -> bytes:
    try:
        return os.read(descriptor, BLOCK_BYTES)
    except OSError as error:
        raise source_unreadable(name) from error


def _state(info: os.stat_result) -> tuple[int, int]:
    return info.st_size, info.st_mtime_ns


def _taken_in(published: Published, name: str, at_ms: int, content: Content) -> TakenIn:
    return TakenIn(
        sha256=published.sha256,
        size=published.size,
        cipher_sha256=published.cipher_sha256,
        original_name_raw=os.fsencode(name).decode("utf-8", "backslashreplace"),
        original_name_display=display_name(name),
        source_mtime_ms=at_ms,
        mime=content.mime,
        oddities=tuple(content.oddities),
        was_known=published.was_known,
        repaired=published.repaired,
    )


@contextmanager
def _opened(source: Path, name: str) -> Iterator[int]:
    """Open an ordinary file for reading, never through a link."""
    try:
        info = os.lstat(source)
        is_link = getattr(info, "st_file_attributes", 0) & _REPARSE_POINT
        if not stat.S_ISREG(info.st_mode) or is_link:
            raise not_a_file(name)
        descriptor = os.open(source, _READ_ONLY)
    except (OSError, ValueError) as error:
        # ValueError: a name with a NUL, which no system call takes.
        raise source_unreadable(name) from error
    try:
        opened = os.fstat(descriptor)
        if (opened.st_dev, opened.st_ino) != (info.st_dev, info.st_ino):
            raise source_changed(name)
        yield descriptor
    finally:
        os.close(descriptor)


def _check_room(store: ObjectStore, name: str, size: int, free: Callable[[Path], int]) -> None:
    if size > MOST_BYTES:
        raise too_large(name, size, MOST_BYTES)
    needed, available = size + size // 20 + RESERVE_BYTES, free(store.root)
    if available < needed:
        raise StoreFullError(needed, available)
