"""Writing files so that a power cut leaves the old one or the new one, never half of one."""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

BLOCK_BYTES = 1 << 16
"""Small enough to stay in the cache of the processor and to need no fresh memory for each block."""


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` last; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_private(part: Path) -> None:
    """Make an empty file that only its owner may read (where the system has such a thing), in place of a leftover."""
    part.unlink(missing_ok=True)
    part.touch(0o600, exist_ok=False)


def write_file(path: Path, data: bytes) -> None:
    """Write a small file in one piece: temporary name, fsync, rename, fsync of the folder."""
    write_blocks(path, (data,))


def write_blocks(path: Path, blocks: Iterable[bytes]) -> None:
    """Write a file of any size in one piece; whatever fails, also making a block, leaves nothing."""
    part = path.with_name(path.name + ".part")
    try:
        _make_private(part)
        with part.open("wb") as target:
            for block in blocks:
                target.write(block)
            target.flush()
            os.fsync(target.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def copy_file(source: Path, target: Path) -> str:
    """Copy a file of any size to a new name and return the SHA-256 of what was copied; leaves nothing on failure."""
    digest = hashlib.sha256()
    part = target.with_name(target.name + ".part")
    try:
        _make_private(part)
        with source.open("rb") as reader, part.open("wb") as writer:
            while block := reader.read(BLOCK_BYTES):
                digest.update(block)
                writer.write(block)
            writer.flush()
            os.fsync(writer.fileno())
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def file_sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
