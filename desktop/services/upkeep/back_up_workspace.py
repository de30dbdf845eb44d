"""Backing a workspace up into a folder of its own: database, slots and evidence, each with its hash.

Objects are copied before the database, so that a backup never speaks of evidence it does not hold.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.local_time import utc_time
from desktop.services.workspace.workspace import DATABASE, KEYSLOTS, ReportProgress, Workspace, unreported
from desktop.storage.backups import DURABLE, BackupFailedError, backup_failure, write_backup
from desktop.storage.evidence_entries import durable_vector
from desktop.storage.files import copy_file, file_sha256, write_file
from desktop.storage.settings_table import write_setting

MANIFEST = "backup.json"
FORMAT = "mingcha-backup/1"


@dataclass(frozen=True)
class WrittenBackup:
    """``size`` in bytes of all files together."""

    folder: Path
    files: int
    size: int


def back_up_workspace(
    workspace: Workspace, target: Path, report_progress: ReportProgress = unreported
) -> WrittenBackup:
    """Write a complete backup into a new folder in ``target``; everything in it is encrypted as in the workspace.

    The objects of covert missions that have not been sealed yet are left out.
    """
    stamp = datetime.fromtimestamp(workspace.clock_ms() / 1000, UTC).strftime("%Y%m%dT%H%M%S")
    folder = target / f"mingcha-backup-{stamp}"
    if folder.exists():
        raise UserError(
            _("{path} already exists.").format(path=folder.name), _("Wait a second and try again.")
        )
    try:
        files = _write(workspace, folder, report_progress)
        durable = durable_vector(workspace.db, {str(each["sha256"]) for each in files})
    except OSError as error:
        raise backup_failure(error, _size(workspace), target) from None
    with workspace.db.atomic():
        write_setting(workspace.db, DURABLE, {**durable})
        log_event(workspace, {"event": "backed_up", "files": len(files), "folder": folder.name})
    return WrittenBackup(folder, len(files), sum(int(str(each["size"])) for each in files))


def _write(workspace: Workspace, folder: Path, report_progress: ReportProgress) -> list[dict[str, object]]:
    """Write everything, the list of files last: without it a folder is no backup. Leaves nothing on failure."""
    folder.mkdir(0o700)
    try:
        files = _copy_objects(workspace, folder, report_progress)
        write_backup(workspace.db, workspace.keys.database_key(), folder / DATABASE)
        files += [_described(folder, folder / DATABASE)]
        copy_file(workspace.folder / KEYSLOTS, folder / KEYSLOTS)
        files += [_described(folder, folder / KEYSLOTS)]
        value = {
            "format": FORMAT,
            "created": utc_time(workspace.clock_ms()),
            "node": workspace.node,
            "files": files,
        }
        write_file(folder / MANIFEST, json.dumps(value, indent=1, sort_keys=True).encode())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return files


def _size(workspace: Workspace) -> int:
    """What a backup needs, in bytes."""
    files = [
        *_objects(workspace.folder / "objects"),
        workspace.folder / DATABASE,
        workspace.folder / KEYSLOTS,
    ]
    return sum(file.stat().st_size for file in files)


def _copy_objects(
    workspace: Workspace, folder: Path, report_progress: ReportProgress
) -> list[dict[str, object]]:
    sources = list(_objects(workspace.folder / "objects"))
    files = []
    (folder / "objects").mkdir(0o700)
    for done, source in enumerate(sources, 1):
        target = folder / "objects" / source.parent.name / source.name
        target.parent.mkdir(0o700, parents=True, exist_ok=True)
        digest = copy_file(source, target)
        if file_sha256(target) != digest:
            raise BackupFailedError(_("a file reads back differently"))
        files.append(
            {"path": target.relative_to(folder).as_posix(), "sha256": digest, "size": target.stat().st_size}
        )
        report_progress(done, len(sources))
    return files


def _objects(folder: Path) -> Iterator[Path]:
    for inner in sorted(folder.iterdir()):
        if inner.is_dir():
            yield from sorted(path for path in inner.iterdir() if path.is_file())


def _described(folder: Path, path: Path) -> dict[str, object]:
    return {
        "path": path.relative_to(folder).as_posix(),
        "sha256": file_sha256(path),
        "size": path.stat().st_size,
    }
