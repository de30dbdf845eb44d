"""Restoring a backup into a new workspace, by pass phrase or with nothing but the recovery sheet.

The restored node goes on in a new stream: what it wrote after the backup may exist elsewhere, and two entries must
never claim one number.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from desktop.domain.author import Statement
from desktop.domain.entry import Kind
from desktop.errors import UserError, system_reason
from desktop.i18n import _
from desktop.keys.identity import new_stream_id
from desktop.keys.keyslots import read_keyslots, save_keyslots, unlock
from desktop.keys.keytree import KeyTree
from desktop.keys.passphrase import STANDARD_COST, KdfCost
from desktop.services.setup.enroll_node import own_card
from desktop.services.upkeep.back_up_workspace import FORMAT, MANIFEST
from desktop.services.workspace.journal import write_entries
from desktop.services.workspace.new_folder import check_new_folder, new_folder
from desktop.services.workspace.open_workspace import assemble, system_clock_ms
from desktop.services.workspace.workspace import (
    DATABASE,
    FOLDERS,
    KEYSLOTS,
    LOCK,
    STREAM_SETTING,
    ReportProgress,
    Workspace,
    unreported,
)
from desktop.storage.backups import verify_backup
from desktop.storage.database import open_database
from desktop.storage.entries import stream_end
from desktop.storage.files import copy_file
from desktop.storage.lock import WriterLock
from desktop.storage.migrations import upgrade
from desktop.storage.places import check_local
from desktop.storage.settings_table import read_text_setting, write_setting

MAX_MANIFEST_BYTES = 256 << 20


class BackupDamagedError(UserError):
    def __init__(self, place: str) -> None:
        super().__init__(
            _("This is no complete backup of this program ({place}).").format(place=place),
            _("Choose another backup; nothing was restored."),
        )


@dataclass(frozen=True)
class _File:
    """A file of a backup. ``path``: where it belongs; ``sha256`` is empty where the backup lists none."""

    path: PurePosixPath
    source: Path
    sha256: str


def restore_workspace(
    backup: Path,
    folder: Path,
    passphrase: str,
    *,
    login: str | None = None,
    recovery_key: str | None = None,
    cost: KdfCost = STANDARD_COST,
    clock_ms: Callable[[], int] = system_clock_ms,
    report_progress: ReportProgress = unreported,
) -> Workspace:
    """Restore ``backup`` into the new folder and open it.

    ``backup`` is the folder of a complete backup, a folder with one such backup in it, or one of the rolling
    backups: a file in the ``backups`` folder of a workspace, whose slots and evidence are then taken from that
    workspace as they are today.
    With ``recovery_key`` the pass phrase is a new one for the first login; without, it is that of ``login``.
    """
    files = _rolling(backup) if backup.is_file() else _read_manifest(_complete(backup))
    check_new_folder(folder)
    keyslots = read_keyslots(next(file.source for file in files if file.path.name == KEYSLOTS))
    check_local(folder.parent, is_portable=keyslots.is_portable)
    with new_folder(folder, "restoring") as draft:
        _copy(draft, files, report_progress)
        key, chosen = _unlock(draft, passphrase, login, recovery_key, cost, clock_ms())
        verify_backup(draft / DATABASE, KeyTree(key).database_key())
    return _open_in_new_stream(folder, key, chosen, clock_ms)


def _complete(chosen: Path) -> Path:
    """Whoever backed up to a medium remembers the medium, not the folder that was made on it."""
    if (chosen / MANIFEST).exists():
        return chosen
    found = sorted(chosen.glob(f"*/{MANIFEST}"))
    if len(found) > 1:
        raise UserError(
            _("{count} backups lie in this folder.").format(count=len(found)),
            _("Choose the one to be restored; the newest is {name}.").format(name=found[-1].parent.name),
        )
    return found[0].parent if found else chosen


def _read_manifest(backup: Path) -> list[_File]:
    try:
        if (backup / MANIFEST).stat().st_size > MAX_MANIFEST_BYTES:
            raise BackupDamagedError(MANIFEST)
        value = json.loads((backup / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        raise BackupDamagedError(MANIFEST) from None
    if (
        not isinstance(value, dict)
        or value.get("format") != FORMAT
        or not isinstance(value.get("files"), list)
    ):
        raise BackupDamagedError(MANIFEST)
    files = [_file(backup, each) for each in value["files"]]
    if not {PurePosixPath(DATABASE), PurePosixPath(KEYSLOTS)} <= {each.path for each in files}:
        raise BackupDamagedError(MANIFEST)
    return files


def _rolling(backup: Path) -> list[_File]:
    """A rolling backup holds the database alone; evidence is never changed, so that of today is that of then."""
    workspace = backup.absolute().parent.parent
    if not (workspace / KEYSLOTS).is_file():
        raise BackupDamagedError(backup.name)
    objects = sorted(path for path in (workspace / "objects").glob("*/*") if path.is_file())
    return [
        _File(PurePosixPath(DATABASE), backup, ""),
        _File(PurePosixPath(KEYSLOTS), workspace / KEYSLOTS, ""),
        *(_File(PurePosixPath(*path.parts[-3:]), path, "") for path in objects),
    ]


def _file(backup: Path, value: Mapping[str, object]) -> _File:
    match value:
        case {"path": str(path), "sha256": str(sha256)}:
            pure = PurePosixPath(path)
            is_object = (
                len(pure.parts) == 3 and pure.parts[0] == "objects" and all(p.isalnum() for p in pure.parts)
            )
            if is_object or path in (DATABASE, KEYSLOTS):
                return _File(pure, backup / pure, sha256)
    raise BackupDamagedError(MANIFEST)


def _copy(draft: Path, files: Sequence[_File], report_progress: ReportProgress) -> None:
    for name in FOLDERS:
        (draft / name).mkdir(0o700)
    for done, file in enumerate(files, 1):
        target = draft / file.path
        target.parent.mkdir(0o700, parents=True, exist_ok=True)
        try:
            digest = copy_file(file.source, target)
        except FileNotFoundError:
            raise BackupDamagedError(str(file.path)) from None
        except OSError as error:
            raise UserError(
                _("The backup could not be copied: {reason}.").format(reason=system_reason(error)),
                _("Check the free space and the medium, then try again."),
            ) from None
        if file.sha256 and digest != file.sha256:
            raise BackupDamagedError(str(file.path))
        report_progress(done, len(files))


def _unlock(
    folder: Path, passphrase: str, login: str | None, recovery_key: str | None, cost: KdfCost, now_ms: int
) -> tuple[bytes, str]:
    if recovery_key is None:
        unlocked = unlock(folder / KEYSLOTS, login, passphrase, now_ms)
        return unlocked.workspace_key, unlocked.login
    keyslots = read_keyslots(folder / KEYSLOTS)
    key = keyslots.open_with_recovery(recovery_key)
    chosen = login or min(keyslots.slots)
    save_keyslots(folder / KEYSLOTS, keyslots.with_new_passphrase(chosen, passphrase, key, cost))
    return key, chosen


def _open_in_new_stream(folder: Path, key: bytes, login: str, clock_ms: Callable[[], int]) -> Workspace:
    keys = KeyTree(key)
    lock = WriterLock(folder / LOCK)
    db = open_database(folder / DATABASE, keys.database_key())
    upgrade(db)
    workspace = assemble(folder, read_keyslots(folder / KEYSLOTS), keys, db, lock, login, clock_ms)
    before = stream_end(db, read_text_setting(db, STREAM_SETTING))
    with db.atomic():
        write_setting(db, STREAM_SETTING, new_stream_id(workspace.node))
        after = [before.stream, before.seq, before.hash] if before else None
        event = {"event": "restored", "card": own_card(workspace).decode(), "after": after}
        write_entries(workspace, [Statement(Kind.OPEN, parts={"event": event})])
    return workspace
