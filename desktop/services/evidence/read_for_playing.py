"""Films and sound as they are played: their bytes in memory, never in a file."""

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.workspace.workspace import Workspace
from desktop.storage.object_errors import ObjectTooLargeError

MOST_PLAYED_BYTES = 200 << 20
"""Is held in memory while it plays; small laptops have 4 GiB."""

_PLAYABLE = frozenset(
    {
        "video/mp4",
        "video/quicktime",
        "video/3gpp",
        "video/x-matroska",
        "video/x-msvideo",
        "video/mpeg",
        "video/x-ms-asf",
        "video/x-flv",
        "audio/mp4",
        "audio/mpeg",
        "audio/aac",
        "audio/ogg",
        "audio/flac",
        "audio/amr",
        "audio/wav",
    }
)


def is_playable(mime: str) -> bool:
    """Whether such a file may be tried at all."""
    return mime in _PLAYABLE


def read_for_playing(workspace: Workspace, sha256: str) -> bytes:
    """The whole original; a UserError says why it cannot be played here."""
    try:
        return workspace.objects.read_bytes(sha256, MOST_PLAYED_BYTES)
    except ObjectTooLargeError:
        raise UserError(
            _("Only films and sound of up to {most} MB are played here.").format(
                most=MOST_PLAYED_BYTES >> 20
            ),
            _("Save the original to look at it or listen to it elsewhere."),
        ) from None
