"""One writer a workspace: an operating-system lock, so that a crash never leaves it behind.

The file also carries the holder's computer and process, for the sentence a second writer gets.
"""

import errno
import json
import os
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from desktop.errors import UserError
from desktop.i18n import _

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _try_lock(file: IO[bytes]) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


# Windows locks are mandatory: the byte that is locked lies behind the text, so that others can read who holds it.
_LOCKED_BYTE = 4096
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class WorkspaceInUseError(UserError):
    def __init__(self, holder: str) -> None:
        super().__init__(
            _("This workspace is open in another window or program ({holder}).").format(holder=holder),
            _("Close it there first; until then it can be opened for reading only."),
        )


class FolderReadOnlyError(UserError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("The folder {folder} can only be read, so nothing can be changed in this workspace.").format(
                folder=folder.name
            ),
            _("Take the write protection off, or work as the user the folder belongs to."),
        )


class WriterLock:
    """Held while the workspace is open for writing."""

    def __init__(self, path: Path) -> None:
        self._file = _open(path)
        try:
            _try_lock(self._file)
        except OSError:
            holder = self._read_holder()
            self._file.close()
            raise WorkspaceInUseError(holder) from None
        self._file.truncate(0)
        self._file.write(json.dumps({"host": socket.gethostname(), "pid": os.getpid()}).encode())
        self._file.flush()

    def release(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _read_holder(self) -> str:
        self._file.seek(0)
        try:
            holder = json.loads(self._file.read(1000))
            return f"{holder['host']}, {holder['pid']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "?"


def _open(path: Path) -> IO[bytes]:
    try:
        path.touch(0o600)
        return path.open("a+b")
    except OSError as error:
        if error.errno in _READ_ONLY:
            raise FolderReadOnlyError(path.resolve().parent) from None
        raise
