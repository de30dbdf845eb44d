"""sqlite-utils over SQLCipher: the only place that knows which SQLite the program runs on.

sqlite-utils takes the module ``pysqlite3`` where there is one; SQLCipher's driver is put in its place. It also
imports pandas and numpy when they are installed, which costs most of a second and is never needed here.
"""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import sqlcipher3
from sqlcipher3 import dbapi2

from desktop.errors import CancelledError, UserError
from desktop.i18n import _

_STAND_INS: dict[str, ModuleType | None] = {
    "pysqlite3": sqlcipher3,
    "pysqlite3.dbapi2": dbapi2,
    "pandas": None,
    "numpy": None,
}


def _import_sqlite_utils() -> ModuleType:
    kept = {name: sys.modules[name] for name in _STAND_INS if name in sys.modules}
    sys.modules.update(_STAND_INS)  # type: ignore[arg-type]  # None means: may not be imported
    try:
        import sqlite_utils  # the one import that has to happen under the stand-ins
    finally:
        for name in _STAND_INS:
            del sys.modules[name]
        sys.modules.update(kept)
    return sqlite_utils


sqlite_utils = _import_sqlite_utils()
Connection = dbapi2.Connection
DatabaseError = dbapi2.DatabaseError
OperationalError = dbapi2.OperationalError
IntegrityError = dbapi2.IntegrityError
connect = dbapi2.connect

_ROOM_BYTES = 64 << 20
_MEBIBYTE = 1 << 20
_STEPS = 1_000_000
"""Of the machine in SQLite, some ten milliseconds."""


class DatabaseFullError(UserError):
    def __init__(self, free_bytes: int) -> None:
        super().__init__(
            _(
                "There is not enough free space on this computer: {needed} MB are needed, {free} MB are free."
            ).format(needed=_ROOM_BYTES // _MEBIBYTE, free=free_bytes // _MEBIBYTE),
            _("Free some space, then do it again. Nothing was changed."),
        )


class DatabaseDiskError(UserError):
    """What was written last was taken back; what was saved before it stands."""

    def __init__(self) -> None:
        super().__init__(
            _("The disk of this computer failed, and what was just done was not saved."),
            _(
                "Check that the disk is still connected and do it again; make a backup, and use another disk soon."
            ),
        )


class Database(sqlite_utils.Database):  # type: ignore[misc,name-defined]  # known only when it runs
    """sqlite-utils, saying in the user's words that the disk is full or fails; another thread can stop it."""

    _is_stopped = False

    def allow_stopping(self) -> None:
        """Also a statement that begins just while it is stopped is to notice it."""
        self.conn.set_progress_handler(lambda: self._is_stopped, _STEPS)

    def stop(self) -> None:
        """From any thread: the statement that runs now fails, and every later one raises CancelledError."""
        self._is_stopped = True
        self.conn.interrupt()

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> dbapi2.Cursor:
        if self._is_stopped:
            raise CancelledError
        return super().execute(sql, parameters)

    @contextmanager
    def atomic(self) -> Iterator[Self]:
        try:
            with super().atomic():
                yield self
        except OperationalError as error:
            if is_full(error):
                raise DatabaseFullError(self._free_bytes()) from error
            if is_disk_failure(error):
                raise DatabaseDiskError from error
            raise

    def _free_bytes(self) -> int:
        file = self.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0]
        return shutil.disk_usage(Path(file).parent).free if file else 0


def is_full(error: Exception) -> bool:
    """Whether the database says that neither it nor the disk can take any more."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_FULL"


def is_disk_failure(error: Exception) -> bool:
    """Whether the database says that the disk did not do what it was told."""
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_IOERR")
