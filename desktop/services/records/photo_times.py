"""What the camera of a piece of evidence says about the time, as far as the file says it at all."""

from desktop.domain.photo_time import CameraTime, read_camera_time
from desktop.media.observation import Observation, Status, observations_from_json
from desktop.storage.records import Row, json_value

_UTC_BY_FORMAT = "created_at"
_KEYS = ("captured_at", "digitized_at", "recorded_at", "fixed_at", _UTC_BY_FORMAT)
"""In this order: when a photo was taken, when it became a file; when a film was recorded, by the telephone; when a
satellite was heard last; when a film was begun, by its format."""


def camera_time(row: Row) -> CameraTime | None:
    """None where nothing was read, or nothing that can be a time."""
    try:
        observations = observations_from_json(json_value(row, "observations", []))
    except ValueError:
        return None
    told = {each.key: each for each in observations if _is_told(each)}
    first = next((told[key] for key in _KEYS if key in told), None)
    if first is None:
        return None
    return read_camera_time(str(first.parsed), is_utc_by_format=first.key == _UTC_BY_FORMAT)


def _is_told(observation: Observation) -> bool:
    return observation.status in (Status.OK, Status.IMPLAUSIBLE) and isinstance(observation.parsed, str)
