"""What a picture tells about itself, found out by the worker process; evidence that it cannot read stays evidence."""

from collections.abc import Mapping

from desktop.media.sniff import PREVIEWABLE
from desktop.services.workspace import Workspace

LARGEST_PICTURE_BYTES = 200 << 20


def describe_evidence(workspace: Workspace, sha256: str, size: int, mime: str) -> Mapping[str, object] | None:
    """The ``metadata`` part of a piece of evidence; None for what is kept unread."""
    if mime not in PREVIEWABLE or size > LARGEST_PICTURE_BYTES:
        return None
    data = workspace.objects.read_bytes(sha256, LARGEST_PICTURE_BYTES)
    result = workspace.worker.run("describe", data)
    observations = result.value if isinstance(result.value, list) else []
    return {"status": result.outcome.value, "observations": observations}


def thumbnail(workspace: Workspace, sha256: str, longest_side: int) -> bytes:
    """A small upright JPEG of a picture, empty where none can be made."""
    try:
        data = workspace.objects.read_bytes(sha256, LARGEST_PICTURE_BYTES)
    except ValueError:
        return b""
    result = workspace.worker.run("thumbnail", data, {"longest_side": longest_side})
    return result.data
