"""The sticks, cards and discs that are plugged in, and what there is to know of a folder before it is written to."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.exchange.medium import MAX_FILE_BYTES
from desktop.storage.places import is_removable, removable_places, volume_format

LARGEST_FILE_BYTES = MAX_FILE_BYTES
"""A package is never larger, whatever the medium: it has to fit on the next stick, too."""

_FAT = frozenset({"vfat", "msdos", "fat", "fat32", "fat16"})
_NAMES = {
    "vfat": "FAT32",
    "msdos": "FAT",
    "exfat": "exFAT",
    "ntfs": "NTFS",
    "ntfs3": "NTFS",
    "fuseblk": "NTFS",
}


@dataclass(frozen=True)
class Medium:
    """``file_system`` as people call it, empty where the system does not tell; sizes are 0 where it is gone."""

    folder: Path
    file_system: str
    is_fat: bool
    is_removable: bool
    is_writable: bool
    free_bytes: int
    total_bytes: int

    @property
    def is_there(self) -> bool:
        return self.total_bytes > 0


def find_media(places: Callable[[], list[Path]] = removable_places) -> tuple[Medium, ...]:
    """What can be pulled out and is plugged in now, by name."""
    found = (look_at_medium(folder) for folder in sorted(places()))
    return tuple(medium for medium in found if medium.is_there)


def look_at_medium(folder: Path) -> Medium:
    """A folder that is gone is no error here: the answer says so."""
    real = Path(os.path.realpath(folder))
    try:
        usage = shutil.disk_usage(real)
    except OSError:
        return Medium(folder, "", False, False, False, 0, 0)
    kind = volume_format(real).lower()
    return Medium(
        folder,
        _NAMES.get(kind, kind),
        kind in _FAT,
        is_removable(real),
        os.access(real, os.W_OK),
        usage.free,
        usage.total,
    )
