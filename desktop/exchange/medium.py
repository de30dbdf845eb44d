"""The stick or disc that packages are written to and read from: small, slow, and pulled out at any moment.

Every failure of the medium becomes a MediumError here, so that nothing above can mistake it for success or for
a failure of the workspace.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from desktop.errors import UserError
from desktop.i18n import _

MAX_FILE_BYTES = 2**32 - 1
"""The largest file that FAT32 holds. Kept on every medium: a package has to fit on the next stick, too."""

# Small enough to stay in the cache of the processor and to need no fresh memory for each block.
_BLOCK_BYTES = 1 << 16
# Some drivers of removable media have no way to sync a directory; the file itself is synced all the same.
_NO_DIRECTORY_SYNC = (errno.EINVAL, errno.ENOTSUP)


class MediumError(UserError):
    """The medium failed, is full, write-protected or was pulled; no package was written or read."""


class FileExistsOnMediumError(MediumError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _("There is already a file {name} in {folder}.").format(name=path.name, folder=path.parent),
            _(
                "Nothing was overwritten. Move it away or choose another folder, then write the package again."
            ),
        )


class MediumFullError(MediumError):
    def __init__(self, folder: Path, needed_bytes: int, free_bytes: int) -> None:
        super().__init__(
            _("There is not enough free space in {folder}: {needed} are needed, {free} are free.").format(
                folder=folder, needed=readable_size(needed_bytes), free=readable_size(free_bytes)
            ),
            _("Free some space or take a larger medium. No package was written."),
        )


class PackageTooLargeError(MediumError):
    def __init__(self, needed_bytes: int) -> None:
        super().__init__(
            _("The package would be larger than one file can be: {needed}, and {most} are possible.").format(
                needed=readable_size(needed_bytes), most=readable_size(MAX_FILE_BYTES)
            ),
            _("Write several packages with less in each. No package was written."),
        )


class MediumWriteError(MediumError):
    def __init__(self, folder: Path, needed_bytes: int) -> None:
        super().__init__(
            _(
                "The package could not be written to {folder}: the medium is full, faulty, write-protected or was"
                " pulled out ({needed} are needed, {free} are free)."
            ).format(
                folder=folder, needed=readable_size(needed_bytes), free=readable_size(free_space(folder))
            ),
            _("No package was written. Check the medium or take another one, then write the package again."),
        )


class ReadBackError(MediumError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _("What was written to {folder} reads back differently: the medium is faulty.").format(
                folder=path.parent
            ),
            _("The package was removed. Take another medium and write the package again."),
        )


class MediumReadError(MediumError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The file {name} could not be read: the medium is faulty or was pulled out.").format(
                name=path.name
            ),
            _("Put the medium in again. If that does not help, ask the sender to write the package again."),
        )


class NewFile:
    """A file being written that takes all of every write or raises MediumWriteError; hashes what it took."""

    def __init__(self, file: BinaryIO, path: Path, needed_bytes: int) -> None:
        self._file = file
        self._path = path
        self._needed_bytes = needed_bytes
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def hash(self) -> str:
        return self._digest.hexdigest()

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        with failing_as(self.failure):
            while view:
                taken = self._file.write(view)
                if not taken:
                    raise OSError(errno.ENOSPC, "a write took no bytes")
                view = view[taken:]
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def finish(self) -> None:
        """Return only when the bytes are on the medium; a failure of closing counts, too."""
        with failing_as(self.failure):
            os.fsync(self._file.fileno())
            self._file.close()

    def failure(self) -> MediumWriteError:
        return MediumWriteError(self._path.parent, self._needed_bytes)


@contextmanager
def failing_as(make_error: Callable[[], MediumError]) -> Iterator[None]:
    """Turn any OSError of the block into the error that ``make_error`` returns."""
    try:
        yield
    except OSError as error:
        raise make_error() from error


@contextmanager
def new_file(path: Path, needed_bytes: int) -> Iterator[NewFile]:
    """Create ``path``, which must not exist; it is removed again when the block fails."""
    try:
        file = open_new(path)
    except FileExistsError:
        raise FileExistsOnMediumError(path) from None
    except OSError as error:
        raise MediumWriteError(path.parent, needed_bytes) from error
    try:
        yield NewFile(file, path, needed_bytes)
    except BaseException:
        # A broken medium often cannot close either; what counts is the failure that brought us here.
        with suppress(OSError):
            file.close()
        remove(path)
        raise


def open_new(path: Path) -> BinaryIO:
    """Open a file that does not exist yet, unbuffered: an error belongs to the write that caused it."""
    return path.open("xb", buffering=0)


def publish(part: Path, path: Path, needed_bytes: int) -> None:
    """Give a finished file its name, durably and never in place of another file.

    ``part`` was made exclusively and belongs to this name, so no other export can come between check and rename.
    """
    if os.path.lexists(path):
        raise FileExistsOnMediumError(path)
    replace(part, path, needed_bytes)


def replace(part: Path, path: Path, needed_bytes: int) -> None:
    """Give a finished file its name, durably, also in place of an older one of our own."""
    with failing_as(lambda: MediumWriteError(path.parent, needed_bytes)):
        part.replace(path)
        try:
            sync_folder(path.parent)
        except OSError:
            remove(path)
            raise


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` durable where the system can (Windows has no such call)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_DIRECTORY_SYNC:
            raise
    finally:
        os.close(descriptor)


def read_back(path: Path, expected_hash: str, needed_bytes: int, report_bytes: Callable[[int], None]) -> None:
    """Read the whole file from the medium, not from memory, and compare; tells how many bytes were read so far."""
    digest = hashlib.sha256()
    done = 0
    try:
        forget_cached(path)
        for block in read_blocks(path):
            digest.update(block)
            done += len(block)
            report_bytes(done)
    except MediumReadError as error:
        raise MediumWriteError(path.parent, needed_bytes) from error
    if digest.hexdigest() != expected_hash:
        raise ReadBackError(path)


def forget_cached(path: Path) -> None:
    """Let the next reading come from the medium itself, where the system has a way to say so."""
    if hasattr(os, "posix_fadvise"):
        with failing_as(lambda: MediumReadError(path)), path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def read_blocks(path: Path) -> Generator[bytes]:
    """Yield the file in blocks of at most 64 KiB; close the generator to close the file early."""
    with failing_as(lambda: MediumReadError(path)), path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK_BYTES):
            yield block


def is_file(path: Path) -> bool:
    with failing_as(lambda: MediumReadError(path)):
        return path.is_file()


def file_size(path: Path) -> int:
    with failing_as(lambda: MediumReadError(path)):
        return path.stat().st_size


def remove(path: Path) -> None:
    """Delete a file of our own that is not to stay; a medium that was pulled keeps it."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def free_space(folder: Path) -> int:
    """Return the free bytes of the medium, 0 if it is gone."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0


def readable_size(size_bytes: int) -> str:
    """Return a size as people read it: 512 B, 1.5 KB, 3.2 GB (units of 1024)."""
    if size_bytes < 1024:
        return f"{size_bytes} B"
    exponent = min((size_bytes.bit_length() - 1) // 10, 3)
    return f"{size_bytes / 1024**exponent:.1f} {' KMG'[exponent]}B"
