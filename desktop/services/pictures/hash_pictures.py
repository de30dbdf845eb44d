"""Computing, beside other work, the bits by which alike pictures are found; of evidence from packages, too."""

from time import monotonic

from desktop.media.sniff import PREVIEWABLE
from desktop.services.records.describe_media import LARGEST_PICTURE_BYTES
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.object_errors import ObjectDamagedError, ObjectMissingError, ObjectTooLargeError
from desktop.storage.picture_table import keep_picture_bits, unread_pictures

MOST_AT_ONCE = 25
_DIGITS = 16

Hashed = tuple[tuple[str, int | None], ...]
"""(SHA-256 of the picture, its bits or None where nothing can be seen)."""


def hash_pictures(
    workspace: Workspace, report_progress: ReportProgress = unreported, most_s: float = 1.0
) -> Hashed:
    """The bits of some pictures that have none yet. Nothing is written; none is begun after ``most_s`` seconds."""
    until, found = monotonic() + most_s, []
    wanted = unread_pictures(workspace.db, sorted(PREVIEWABLE), LARGEST_PICTURE_BYTES, MOST_AT_ONCE)
    for done, sha256 in enumerate(wanted):
        report_progress(done, len(wanted))
        found.append((sha256, picture_likeness(workspace, sha256)))
        if monotonic() > until:
            break
    return tuple(found)


def keep_hashed(workspace: Workspace, found: Hashed) -> None:
    with workspace.db.atomic():
        keep_picture_bits(workspace.db, found)


def picture_likeness(workspace: Workspace, sha256: str) -> int | None:
    """What the worker says, checked: a picture may have taken it over, and then it can say anything."""
    try:
        data = workspace.objects.read_bytes(sha256, LARGEST_PICTURE_BYTES)
    except (ObjectTooLargeError, ObjectMissingError, ObjectDamagedError):
        return None
    return bits_from(workspace.worker.run("likeness", data, {}).value)


def bits_from(value: object) -> int | None:
    if not isinstance(value, str) or len(value) != _DIGITS:
        return None
    try:
        return int(value, 16)
    except ValueError:
        return None
