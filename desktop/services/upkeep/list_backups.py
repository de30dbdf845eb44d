"""The backups of a workspace: the rolling ones inside its folder, and when one was last written elsewhere."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.errors import UserError
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.backups import verify_backup, write_rolling_backup
from desktop.storage.journal_search import JournalQuery, search_journal

OVERDUE_DAYS = 7
_DAY_MS = 24 * 3600 * 1000
_STAMP = "workspace-%Y%m%dT%H%M%S"


@dataclass(frozen=True)
class BackupLine:
    """A rolling backup. ``size`` in bytes; it was read back when it was written, else it would not be there."""

    name: str
    at: str
    size: int


@dataclass(frozen=True)
class WrittenElsewhere:
    """A complete backup that the log speaks of; where the folder is today nobody knows."""

    folder: str
    at: str
    by: str


@dataclass(frozen=True)
class BackupState:
    """``days_without``: whole days since the last complete backup, None where there never was one."""

    rolling: tuple[BackupLine, ...]
    complete: tuple[WrittenElsewhere, ...]
    days_without: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days_without is None or self.days_without >= OVERDUE_DAYS


def backup_state(workspace: Workspace) -> BackupState:
    """Both kinds, newest first."""
    rows, _total = search_journal(
        workspace.db, JournalQuery(events=("backed_up",), node=workspace.node), limit=20
    )
    last_ms = int(str(rows[0]["at_ms"])) if rows else None
    return BackupState(
        tuple(_line(file) for file in _files(workspace)),
        tuple(
            WrittenElsewhere(str(row["about"]), local_time(int(str(row["at_ms"]))), str(row["by_name"]))
            for row in rows
        ),
        None if last_ms is None else max(0, workspace.clock_ms() - last_ms) // _DAY_MS,
    )


def back_up_now(workspace: Workspace) -> str:
    """Write a rolling backup, however young the last one is; returns its name."""
    made = write_rolling_backup(
        workspace.db, workspace.keys.database_key(), workspace.folder, workspace.clock_ms(), pause_ms=0
    )
    if made is None:
        raise AssertionError("a backup without a pause is always written")
    return made.name


def check_backups(workspace: Workspace, report_progress: ReportProgress = unreported) -> dict[str, bool]:
    """Read every rolling backup from end to end: {name: whether it is sound}."""
    files = _files(workspace)
    results = {}
    for done, file in enumerate(files, 1):
        results[file.name] = _is_sound(file, workspace.keys.database_key())
        report_progress(done, len(files))
    return results


def _is_sound(file: Path, key: bytes) -> bool:
    try:
        verify_backup(file, key)
    except UserError:
        return False
    return True


def _files(workspace: Workspace) -> list[Path]:
    return sorted((workspace.folder / "backups").glob("*.db"), key=_time_ms, reverse=True)


def _line(file: Path) -> BackupLine:
    return BackupLine(file.name, local_time(_time_ms(file)), file.stat().st_size)


def _time_ms(file: Path) -> int:
    """The time in the name; that of the file for one with another name."""
    try:
        return round(datetime.strptime(file.stem, _STAMP).replace(tzinfo=UTC).timestamp() * 1000)
    except ValueError:
        return round(file.stat().st_mtime * 1000)
