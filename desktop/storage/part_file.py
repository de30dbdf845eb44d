"""Parts: files being written beside their final place, and how one comes into it without harm to another.

The order is that of every safe write here: exclusive temporary name, fsync, close, rename, fsync of the folder.
"""

import errno
import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from desktop.storage.files import sync_folder

PART_SUFFIX = ".part"

# A virus scanner may hold a new file for a moment: access denied, sharing violation, lock violation.
_HELD_BY_ANOTHER_PROGRAM = frozenset({5, 32, 33})
_PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8, 0.95)
_NO_HARD_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class PartFile:
    """A new file in ``folder``; counts and hashes what is written. ``write`` may take less than it is given."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{uuid4()}{PART_SUFFIX}"
        self.size = 0
        self._digest = hashlib.sha256()
        self._descriptor: int | None = os.open(self.path, _NEW_FILE, 0o600)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def write(self, data: bytes) -> int:
        if self._descriptor is None:
            raise ValueError("the part is closed")
        written = os.write(self._descriptor, data)
        self._digest.update(data[:written])
        self.size += written
        return written

    def sync_and_close(self) -> None:
        """Bring the bytes to the disk. A failure is final: what fsync reported once, it need not report twice."""
        if self._descriptor is None:
            raise ValueError("the part is closed")
        os.fsync(self._descriptor)
        self._close()

    def discard(self) -> None:
        """Close and delete the file; harmless after it was moved away."""
        with suppress(OSError):
            self._close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def move_into_place(part: Path, target: Path, pause: Callable[[float], None] = time.sleep) -> None:
    """Give a closed and synced file its final name, for good; raises FileExistsError rather than replace one.

    On Windows another program may hold the file: tried again for 2.5 seconds, then the error comes out. The bytes
    are never copied instead.
    """
    for seconds in _PAUSES_S:
        try:
            _rename(part, target)
            break
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_ANOTHER_PROGRAM:
                raise
            pause(seconds)
    else:
        _rename(part, target)
    sync_folder(target.parent)


def _rename(part: Path, target: Path) -> None:
    if os.name == "nt":
        part.rename(target)
        return
    # POSIX renames replace silently; a hard link does not.
    try:
        os.link(part, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target.name) from None
        part.rename(target)
    else:
        part.unlink()
