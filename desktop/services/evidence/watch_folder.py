"""A folder that is watched while a visit is open: what a camera, phone or scanner puts there is evidence."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.errors import UserError, system_reason
from desktop.i18n import _
from desktop.services.evidence.collect_evidence import FROM_DEVICE, FROM_SCANNER
from desktop.services.evidence.photo_folder import MOST_LOOKED_AT, PHOTO_KINDS
from desktop.services.workspace.workspace import Workspace
from desktop.storage.settings_table import read_setting, write_setting

_SETTING = "watched_folder"
_SCAN_KINDS = frozenset({"jpg", "jpeg", "png", "tif", "tiff", "bmp", "pdf", "ofd"})

FileState = tuple[str, int, int]
"""Path, size and time of change: a file that is written anew is another file."""


class WatchKind(StrEnum):
    CAMERA = "camera"
    SCANNER = "scanner"


@dataclass(frozen=True)
class WatchedFolder:
    """Chosen on this computer; it never travels."""

    folder: Path
    kind: WatchKind

    @property
    def capture_mode(self) -> str:
        return FROM_SCANNER if self.kind is WatchKind.SCANNER else FROM_DEVICE


@dataclass(frozen=True)
class Look:
    """What lay in the folder at one moment."""

    files: frozenset[FileState]

    def settled(self, before: "Look", known: frozenset[FileState]) -> tuple[FileState, ...]:
        """Files that are not known yet and have not grown since the look before, the oldest first."""
        found = (self.files & before.files) - known
        return tuple(sorted((each for each in found if each[1]), key=lambda each: (each[2], each[0])))


def watched_folder(workspace: Workspace) -> WatchedFolder | None:
    match read_setting(workspace.db, _SETTING):
        case {"folder": str(folder), "kind": str(kind)} if kind in set(WatchKind):
            return WatchedFolder(Path(folder), WatchKind(kind))
    return None


def choose_watched_folder(workspace: Workspace, watched: WatchedFolder | None) -> None:
    """None: nothing is watched any more."""
    value: Mapping[str, str] | None = (
        None if watched is None else {"folder": str(watched.folder), "kind": watched.kind.value}
    )
    with workspace.db.atomic():
        write_setting(workspace.db, _SETTING, dict(value) if value else None)


def look_at(watched: WatchedFolder) -> Look:
    """Everything of the kind in the folder and below it; needs no workspace. A UserError where it cannot be read."""
    try:
        os.scandir(watched.folder).close()
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else str(error)
        raise UserError(
            _("The watched folder {folder} cannot be read: {reason}.").format(
                folder=watched.folder, reason=reason
            ),
            _("It is looked for every few seconds; plug the device in again, or stop watching."),
        ) from None
    kinds = _SCAN_KINDS if watched.kind is WatchKind.SCANNER else PHOTO_KINDS
    return Look(frozenset(_states(watched.folder, kinds)))


def _states(folder: Path, kinds: frozenset[str]) -> Iterator[FileState]:
    looked_at = 0
    for place, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        looked_at += len(names)
        if looked_at > MOST_LOOKED_AT:
            return
        for name in names:
            if not name.startswith(".") and name.rpartition(".")[2].lower() in kinds:
                yield from _state(os.path.join(place, name))  # noqa: PTH118  a text is what is compared


def _state(path: str) -> Iterator[FileState]:
    """Nothing for a file that has gone meanwhile."""
    try:
        info = os.lstat(path)
    except OSError:
        return
    yield path, info.st_size, info.st_mtime_ns
