"""Where a workspace may lie: SQLite's locks and write-ahead log are only safe on a disk of this computer."""

import ctypes
import os
import sys
from pathlib import Path

from desktop.errors import UserError
from desktop.i18n import _

_NETWORK_TYPES = frozenset(
    "nfs nfs4 cifs smb smb2 smb3 smbfs afpfs 9p fuse.sshfs davfs fuse.davfs2 ncpfs afs".split()  # noqa: SIM905
)  # fmt: skip


_WINDOWS_REMOVABLE = 2
_MEDIA_ROOTS = (Path("/media"), Path("/run/media"), Path("/mnt"))


def check_local(folder: Path, *, is_portable: bool) -> None:
    """Refuse a folder on a network share, and one on a removable disk unless it was made to be carried."""
    path = Path(os.path.realpath(folder))
    if str(path).startswith("\\\\") or file_system_of(path) in _NETWORK_TYPES:
        raise UserError(
            _("A workspace cannot lie on a network share."),
            _("Choose a folder on a disk of this computer; data is handed over in packages."),
        )
    if not is_portable and is_removable(path):
        raise UserError(
            _("This folder lies on a removable disk."),
            _("Choose a folder on a fixed disk, or make the workspace with --portable."),
        )


def file_system_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The type of the file system that holds ``path``; empty where the system does not tell."""
    return _mount_of(path, mounts)[1]


def volume_format(path: Path) -> str:
    """How the volume that holds ``path`` is formatted, also where there is no list of mounts."""
    if sys.platform == "win32":
        name = ctypes.create_unicode_buffer(64)
        ctypes.windll.kernel32.GetVolumeInformationW(path.anchor, None, 0, None, None, None, name, 64)
        return name.value
    return file_system_of(path)


def removable_places(
    mounts: Path = Path("/proc/mounts"), blocks: Path = Path("/sys/class/block")
) -> list[Path]:
    """Where sticks, cards and discs are plugged in now."""
    if sys.platform == "win32":
        drives = ctypes.windll.kernel32.GetLogicalDrives()
        roots = [Path(f"{chr(ord('A') + number)}:\\") for number in range(26) if drives >> number & 1]
        return [root for root in roots if is_removable(root)]
    places = [Path(mount[0]) for mount in _mounts(mounts) if mount[2].startswith("/dev/")]
    return [
        place
        for place in dict.fromkeys(places)
        if any(root in place.parents for root in _MEDIA_ROOTS) or is_removable(place, mounts, blocks)
    ]


def is_removable(
    path: Path, mounts: Path = Path("/proc/mounts"), blocks: Path = Path("/sys/class/block")
) -> bool:
    """Whether ``path`` lies on a disk that the system calls removable; False where it does not tell."""
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _WINDOWS_REMOVABLE)
    name = Path(_mount_of(path, mounts)[2]).name
    for candidate in (blocks / name / "removable", (blocks / name).resolve().parent / "removable"):
        if name and candidate.is_file():
            return candidate.read_text().strip() == "1"
    return False


def _mount_of(path: Path, mounts: Path) -> tuple[str, str, str]:
    """The innermost mount that holds ``path``: (mount point, type, device), empty where unknown."""
    holding = [m for m in _mounts(mounts) if path == Path(m[0]) or Path(m[0]) in path.parents]
    return max(holding, key=lambda mount: len(mount[0]), default=("", "", ""))


def _mounts(mounts: Path) -> list[tuple[str, str, str]]:
    """(mount point, type, device) of every mount."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    rows = [line.split(" ") for line in lines]
    return [(row[1].replace("\\040", " "), row[2], row[0]) for row in rows if len(row) >= 3]
