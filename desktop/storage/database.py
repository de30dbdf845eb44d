"""Opening the workspace database: SQLCipher, write-ahead log, full synchronisation.

WAL with ``synchronous=NORMAL`` lost every acknowledged row in a simulated power cut; FULL lost none.
"""

from pathlib import Path
from urllib.parse import quote

from desktop.datafiles import SCHEMA
from desktop.errors import UserError
from desktop.i18n import _
from desktop.storage.driver import Connection, Database, DatabaseError, connect

APPLICATION_ID = 1296254787
SCHEMA_VERSION = 3

_WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
)
_EVERY_PRAGMA = (
    "PRAGMA cipher_log_level = NONE",
    "PRAGMA foreign_keys = ON",
    # Without it REPLACE would delete rows behind the back of the append-only triggers.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -64000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA busy_timeout = 5000",
)


class DatabaseTooNewError(UserError):
    def __init__(self, found: int) -> None:
        super().__init__(
            _("This workspace was last used with a newer version of the program."),
            _("Update the program on this computer (database {found}, program {supported}).").format(
                found=found, supported=SCHEMA_VERSION
            ),
        )
        self.found = found


class DatabaseDamagedError(UserError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The database {path} is damaged or was not made by this program.").format(path=path.name),
            _("Keep the folder as it is and restore the newest backup into a new folder."),
        )


class DatabaseMissingError(UserError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _("The database {path} is missing from this workspace.").format(path=path.name),
            _("Put the file back if it was moved, or restore the newest backup into a new folder."),
        )


def create_database(path: Path, key: bytes) -> Database:
    """Make a new database with the whole schema; ``key`` is the raw 32-byte key. The file must not exist."""
    path.touch(0o600, exist_ok=False)
    db = _connect(path, key, read_only=False)
    # executescript commits by itself, which is only right for a file nobody uses yet.
    db.conn.executescript(SCHEMA.read_text(encoding="utf-8"))
    return db


def open_database(path: Path, key: bytes, *, read_only: bool = False) -> Database:
    """Open an existing database of exactly this version (``migrations.upgrade`` brings older ones there).

    Raises DatabaseMissingError, DatabaseTooNewError, or DatabaseDamagedError for a file that cannot be read
    with this key.
    """
    if not path.is_file():
        raise DatabaseMissingError(path)
    try:
        db = _connect(path, key, read_only=read_only)
        application_id = pragma(db, "application_id")
        version = pragma(db, "user_version")
    except DatabaseError:
        raise DatabaseDamagedError(path) from None
    if application_id != APPLICATION_ID:
        db.close()
        raise DatabaseDamagedError(path)
    if version > SCHEMA_VERSION:
        db.close()
        raise DatabaseTooNewError(version)
    return db


def pragma(db: Database, name: str) -> int:
    return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def _connect(path: Path, key: bytes, *, read_only: bool) -> Database:
    mode = "ro" if read_only else "rw"
    connection: Connection = connect(
        f"file:{quote(str(path.resolve()))}?mode={mode}", uri=True, check_same_thread=False
    )
    # A raw key in hexadecimal; the statement never leaves this process and is not logged.
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    db = Database(connection)
    for statement in _EVERY_PRAGMA:
        connection.execute(statement)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    else:
        for statement in _WRITER_PRAGMAS:
            connection.execute(statement)
    if pragma(db, "recursive_triggers") != 1 or pragma(db, "foreign_keys") != 1:
        raise AssertionError("the connection did not take its safety settings")
    return db
