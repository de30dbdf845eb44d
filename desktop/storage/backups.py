"""Backups of the database: made by SQLite itself, encrypted with the same key, proved by opening them.

A file copy of a live database is no backup (its write-ahead log would be missing), so ``VACUUM INTO`` writes a new
one. What a covert mission will visit and has not been sealed yet is left out of every backup.
"""

import errno
from datetime import UTC, datetime
from pathlib import Path

from desktop.errors import UserError, system_reason
from desktop.i18n import _
from desktop.storage.database import DatabaseDamagedError, open_database, pragma
from desktop.storage.driver import Database, DatabaseError, is_disk_failure, is_full
from desktop.storage.files import sync_folder
from desktop.storage.object_errors import FULL, free_bytes
from desktop.storage.settings_table import read_setting, write_setting

ROLLING_KEPT = 10
ROLLING_PAUSE_MS = 3600 * 1000
LAST_BACKUP = "last_backup_at"
DURABLE = "durable"
"""What the last backup with evidence holds of each stream: {stream: last number}."""


class BackupFailedError(UserError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            _("The backup could not be written: {reason}.").format(reason=reason),
            _("Free some space or choose another place; the workspace itself is unharmed."),
        )


def backup_failure(error: DatabaseError | OSError, needed_bytes: int, folder: Path) -> BackupFailedError:
    """Say why nothing was written to ``folder``, with the sizes where it was full."""
    if is_full(error) or (isinstance(error, OSError) and error.errno in FULL):
        sizes = _("{needed} MB are needed, {free} MB are free")
        return BackupFailedError(sizes.format(needed=-(-needed_bytes >> 20), free=free_bytes(folder) >> 20))
    failure = OSError(errno.EIO, "") if is_disk_failure(error) else error
    return BackupFailedError(system_reason(failure) if isinstance(failure, OSError) else str(failure))


def write_backup(db: Database, key: bytes, target: Path) -> None:
    """Write a backup of the database to the new file ``target`` and prove that it opens and is whole."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        part.touch(0o600, exist_ok=False)
        db.execute("VACUUM INTO ?", [str(part)])
        _leave_out_unsealed(part, key)
        verify_backup(part, key)
        part.replace(target)
        sync_folder(target.parent)
    except DatabaseDamagedError:
        part.unlink(missing_ok=True)
        raise BackupFailedError(_("what was written could not be read again")) from None
    except (DatabaseError, OSError) as error:
        part.unlink(missing_ok=True)
        raise backup_failure(
            error, pragma(db, "page_count") * pragma(db, "page_size"), target.parent
        ) from None


def verify_backup(path: Path, key: bytes) -> None:
    """Open a backup and read all of it; raises DatabaseDamagedError naming the file if a page is wrong."""
    copy = open_database(path, key, read_only=True)
    try:
        pages = copy.execute("PRAGMA cipher_integrity_check").fetchall()
        answer = copy.execute("PRAGMA integrity_check").fetchall()
    except DatabaseError:
        raise DatabaseDamagedError(path) from None
    finally:
        copy.close()
    if pages or answer != [("ok",)]:
        raise DatabaseDamagedError(path)


def write_rolling_backup(
    db: Database, key: bytes, folder: Path, now_ms: int, pause_ms: int = ROLLING_PAUSE_MS
) -> Path | None:
    """Write the backup that precedes a batch of merges, at most one an hour; keep the newest ROLLING_KEPT.

    Returns None where the last one is younger than ``pause_ms``.
    """
    last = read_setting(db, LAST_BACKUP)
    if isinstance(last, int) and 0 <= now_ms - last < pause_ms:
        return None
    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%dT%H%M%S")
    target = folder / "backups" / f"workspace-{stamp}.db"
    if not target.exists():
        write_backup(db, key, target)
    with db.atomic():
        write_setting(db, LAST_BACKUP, now_ms)
    for old in sorted((folder / "backups").glob("workspace-*.db"))[:-ROLLING_KEPT]:
        old.unlink()
    return target


def back_up_before_upgrade(db: Database, folder: Path, key: bytes) -> None:
    """Keep the database as it was before its tables are changed."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    target = folder / "backups" / f"before-upgrade-from-{version}.db"
    if not target.exists():
        write_backup(db, key, target)


def _leave_out_unsealed(path: Path, key: bytes) -> None:
    copy = open_database(path, key)
    try:
        with copy.atomic():
            copy.execute("DELETE FROM draft WHERE record_type = 'mission'")
        # The copy is one file: no log may lie beside it when it is carried away.
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
