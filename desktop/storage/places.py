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
