"""How the window says what a file tells about itself, and how far that can be believed."""

from desktop.i18n import _
from desktop.media.observation import Observation, Status

STATUS_TONES = {
    Status.OK: "ok",
    Status.ABSENT: "muted",
    Status.MALFORMED: "bad",
    Status.IMPLAUSIBLE: "warn",
}
_POSITION_KEYS = ("latitude_udeg", "longitude_udeg")


def status_text(status: Status) -> str:
    return {
        Status.OK: _("readable"),
        Status.ABSENT: _("not given"),
        Status.MALFORMED: _("malformed"),
        Status.IMPLAUSIBLE: _("implausible"),
    }[status]


def key_text(key: str) -> str:
    return {
        "format": _("Format"),
        "width_px": _("Width"),
        "height_px": _("Height"),
        "trailing_bytes": _("Behind the picture"),
        "trailing_type": _("Kind of what follows"),
        "metadata": _("Metadata"),
        "captured_at": _("Taken at"),
        "created_at": _("Film made at"),
        "recorded_at": _("Recorded at"),
        "digitized_at": _("Digitized at"),
        "modified_at": _("Changed at"),
        "make": _("Make"),
        "model": _("Model"),
        "software": _("Software"),
        "orientation": _("Orientation"),
        "latitude_udeg": _("Latitude"),
        "longitude_udeg": _("Longitude"),
        "fixed_at": _("Position fixed at"),
        "datum": _("Datum"),
    }[key]


def value_text(observation: Observation) -> str:
    """What was understood; where nothing was, what stands in the file; “—” where nothing does."""
    value = observation.parsed
    if value is None:
        return observation.raw or "—"
    if observation.key in _POSITION_KEYS and isinstance(value, int):
        return degrees_text(value, is_latitude=observation.key == "latitude_udeg")
    if observation.key.endswith("_px"):
        return _("{count} pixels").format(count=value)
    if observation.key == "trailing_bytes":
        return _("{count} bytes").format(count=value)
    if observation.key == "created_at":
        return _("{time} (UTC by the format)").format(time=str(value).replace("T", " "))
    return str(value).replace("T", " ") if observation.key.endswith("_at") else str(value)


def degrees_text(millionths: int, *, is_latitude: bool) -> str:
    """30.250000° N; computed in whole numbers, so that no digit is invented."""
    letter = ("N" if millionths >= 0 else "S") if is_latitude else ("E" if millionths >= 0 else "W")
    whole, rest = divmod(abs(millionths), 1_000_000)
    return f"{whole}.{rest:06d}° {letter}"
