"""What a file tells about itself, found out by the worker process; evidence that it cannot read stays evidence."""

from collections.abc import Mapping

from desktop.media.observation import observations_from_json
from desktop.media.sniff import PREVIEWABLE
from desktop.media.task import Outcome, Result
from desktop.services.workspace.workspace import Workspace
from desktop.storage.object_errors import ObjectDamagedError, ObjectMissingError, ObjectTooLargeError

LARGEST_PICTURE_BYTES = 200 << 20


def describe_evidence(workspace: Workspace, sha256: str, size: int, mime: str) -> Mapping[str, object] | None:
    """The ``metadata`` part of a picture; None for what is kept unread."""
    if mime not in PREVIEWABLE or size > LARGEST_PICTURE_BYTES:
        return None
    data = workspace.objects.read_bytes(sha256, LARGEST_PICTURE_BYTES)
    return _metadata(workspace.worker.run("describe", data))


def describe_film(workspace: Workspace, index: bytes) -> Mapping[str, object]:
    """The ``metadata`` part of a film, out of the index that ``FilmIndex`` has caught."""
    return _metadata(workspace.worker.run("film", index))


def thumbnail(workspace: Workspace, sha256: str, longest_side: int) -> bytes:
    """A small upright JPEG of a picture, empty where none can be made."""
    try:
        data = workspace.objects.read_bytes(sha256, LARGEST_PICTURE_BYTES)
    except (ObjectTooLargeError, ObjectMissingError, ObjectDamagedError):
        return b""
    return workspace.worker.run("thumbnail", data, {"longest_side": longest_side}).data


def _metadata(result: Result) -> Mapping[str, object]:
    status, observations = _observations(result)
    return {"status": status, "observations": observations}


def _observations(result: Result) -> tuple[str, list[object]]:
    """What the worker says, checked: a picture may have taken it over, and then it can say anything."""
    if result.outcome is not Outcome.OK:
        return result.outcome.value, []
    try:
        return result.outcome.value, [each.as_json() for each in observations_from_json(result.value)]
    except ValueError:
        return Outcome.CRASHED.value, []
