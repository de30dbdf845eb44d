"""The folder into which the camera or the phone puts its pictures, and the newest one in it."""

import os
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError, system_reason
from desktop.i18n import _
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.settings_table import read_setting, write_setting

_SETTING = "photo_folder"
PHOTO_KINDS = frozenset("jpg jpeg png heic heif webp tif tiff bmp gif dng mp4 mov m4v 3gp avi mts".split())  # noqa: SIM905
MOST_LOOKED_AT = 50_000


@dataclass(frozen=True)
class NewestPhoto:
    """``at``: when the file was last changed, local time to the second, as untrusted as any file time."""

    path: Path
    at: str


def photo_folder(workspace: Workspace) -> Path | None:
    """The folder chosen on this computer; it never travels."""
    folder = read_setting(workspace.db, _SETTING)
    return Path(folder) if isinstance(folder, str) else None


def choose_photo_folder(workspace: Workspace, folder: Path) -> None:
    with workspace.db.atomic():
        write_setting(workspace.db, _SETTING, str(folder))


def last_photo(workspace: Workspace) -> NewestPhoto | None:
    """The newest one of the folder that was chosen; None where none was."""
    folder = photo_folder(workspace)
    return None if folder is None else newest_photo(folder)


def newest_photo(folder: Path) -> NewestPhoto:
    """The photo or film that was written last in ``folder`` or below it."""
    newest = (0, "")
    looked_at = 0
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise UserError(
            _("The photo folder {folder} cannot be read: {reason}.").format(
                folder=folder, reason=system_reason(error)
            ),
            _("Plug the camera, phone or card in, or choose another photo folder."),
        ) from None
    for place, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(".")]
        found = [
            (_changed_ns(Path(place, name)), str(Path(place, name))) for name in names if _is_photo(name)
        ]
        newest = max(newest, *found, key=lambda each: each[0]) if found else newest
        looked_at += len(names)
        if looked_at > MOST_LOOKED_AT:
            break
    if not newest[1]:
        raise UserError(
            _("There is no photo in {folder}.").format(folder=folder),
            _("Take the photo first, or choose another photo folder."),
        )
    return NewestPhoto(Path(newest[1]), local_time(newest[0] // 1_000_000)[:19].replace("T", " "))


def _is_photo(name: str) -> bool:
    return not name.startswith(".") and name.rpartition(".")[2].lower() in PHOTO_KINDS


def _changed_ns(path: Path) -> int:
    try:
        return os.lstat(path).st_mtime_ns
    except OSError:
        return 0
