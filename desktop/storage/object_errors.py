"""What can go wrong with evidence on its way into the store and out of it."""

import errno
from pathlib import Path
from shutil import disk_usage

from desktop.errors import UserError
from desktop.i18n import _

_MEBIBYTE = 1 << 20
FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})  # Windows has no quota error


class ObjectMissingError(UserError):
    def __init__(self, sha256: str) -> None:
        super().__init__(
            _("The evidence {digest} is not in the store of this computer.").format(digest=short(sha256)),
            _("Read the package that brought it once more, or restore it from a backup."),
        )
        self.sha256 = sha256


class ObjectDamagedError(UserError):
    """Bytes that came out before this was raised are worthless."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            _("The evidence {digest} in the store of this computer is damaged.").format(digest=short(sha256)),
            _("Take the same file in again, read its package once more, or restore it from a backup."),
        )
        self.sha256 = sha256


class ObjectTooLargeError(UserError):
    def __init__(self, sha256: str) -> None:
        super().__init__(
            _("The evidence {digest} is too large to be held in memory.").format(digest=short(sha256)),
            _("Export the original to a file to look at it."),
        )


class StoreFullError(UserError):
    def __init__(self, needed_bytes: int, available_bytes: int) -> None:
        super().__init__(
            _(
                "There is not enough free space on this computer: {needed} MB are needed, {free} MB are free."
            ).format(needed=-(-needed_bytes // _MEBIBYTE), free=available_bytes // _MEBIBYTE),
            _("Free some space, then take the file in again. Nothing was stored."),
        )


class StoreFailedError(UserError):
    """The disk did not take the bytes, or gave back others. The intake is void and has to be done anew."""

    def __init__(self) -> None:
        super().__init__(
            _("The disk of this computer did not store the file reliably."),
            _("The file was not taken in. Check the disk, make a backup, then take the file in again."),
        )


class SourceRefusedError(UserError):
    """The file cannot be taken in; whatever was stored of it is gone again."""


def short(sha256: str) -> str:
    """The first and last eight digits: enough to compare on paper."""
    return f"{sha256[:8]}…{sha256[-8:]}"


def store_error(error: OSError, needed_bytes: int, folder: Path) -> UserError:
    """Say in the user's words what the system said while ``folder`` was written."""
    if error.errno in FULL:
        return StoreFullError(needed_bytes, free_bytes(folder))
    return StoreFailedError()


def free_bytes(folder: Path) -> int:
    """Free space for this user on the disk that holds ``folder``; 0 where it does not tell."""
    try:
        return disk_usage(folder).free
    except OSError:
        return 0


def not_a_file(name: str) -> SourceRefusedError:
    return SourceRefusedError(
        _("“{name}” is not an ordinary file (it may be a folder, a link or a device).").format(name=name),
        _("Choose the file itself."),
    )


def too_large(name: str, size_bytes: int, most_bytes: int) -> SourceRefusedError:
    return SourceRefusedError(
        _("“{name}” is larger than one piece of evidence may be ({size} MB, at most {most} MB).").format(
            name=name, size=-(-size_bytes // _MEBIBYTE), most=most_bytes // _MEBIBYTE
        ),
        _("Split it, for example the film into several parts, keep the original, and take the parts in."),
    )


def source_changed(name: str) -> SourceRefusedError:
    return SourceRefusedError(
        _("“{name}” changed while it was being read.").format(name=name),
        _("Close the program that is writing it, then take the file in again."),
    )


def read_differently(name: str, first_sha256: str, second_sha256: str) -> SourceRefusedError:
    return SourceRefusedError(
        _("“{name}” gave different contents when it was read a second time ({first}, then {second}).").format(
            name=name, first=short(first_sha256), second=short(second_sha256)
        ),
        _("The card or stick is probably failing. Copy the file to the disk and take the copy in."),
    )


def source_unreadable(name: str) -> SourceRefusedError:
    return SourceRefusedError(
        _("“{name}” could not be read to its end.").format(name=name),
        _("Check that the stick or card is plugged in and that the file opens, then take it in again."),
    )
