"""What single metadata tags mean: pure functions from what a decoder handed over to observations.

Nothing is corrected. A value that breaks the standard is MALFORMED, one that follows it but cannot be true is
IMPLAUSIBLE, and what cameras write for "not known" is ABSENT.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

from PIL.TiffImagePlugin import IFDRational

from desktop.media.observation import MAX_RAW_CHARACTERS, Observation, Source, Status

FIRST_YEAR, LAST_YEAR = 1995, 2079
"""Digital cameras of before 1995 and clocks of after 2079 are set wrong. Whether a time fits the visit is judged
where the visit is known; there is no clock in here."""

_UNKNOWN_TIME = re.compile(r"[0: .-]*")
_TIME = re.compile(r"(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})")
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")
_EPOCHS = ((1904, 1, 1), (1970, 1, 1))  # clocks that were never set


def text_observation(source: Source, key: str, value: object) -> Observation:
    """A text as it is meant to be read; GBK and UTF-8, which the standard does not know, are recognized."""
    if value is None:
        return absent(source, key)
    data = _as_bytes(value)
    if data is None:
        return malformed(source, key, value)
    data = data.rstrip(b"\0 ")
    if not data:
        return absent(source, key, raw_text(value))
    text = _decoded(data)
    if text is None or len(text) > MAX_RAW_CHARACTERS:
        return malformed(source, key, value)
    return Observation(source, key, raw_text(value), text, Status.OK)


def time_observation(source: Source, key: str, value: object, offset: object = None) -> Observation:
    """A time ``YYYY:MM:DD hh:mm:ss``, with the zone in ``offset`` (``+08:00``) where the camera knew it."""
    if value is None:
        return absent(source, key)
    raw = raw_text(value) if offset is None else f"{raw_text(value)} {raw_text(offset)}"[:MAX_RAW_CHARACTERS]
    text = _ascii(value)
    if text is not None and _UNKNOWN_TIME.fullmatch(text):
        return absent(source, key, raw)
    found = _TIME.fullmatch(text or "")
    moment = _moment(tuple(map(int, found.groups()))) if found else None
    if moment is None:
        return Observation(source, key, raw, None, Status.MALFORMED)
    return judged_time(source, key, raw, moment, _zone(offset))


def judged_time(source: Source, key: str, raw: str, moment: datetime, zone: timezone | None) -> Observation:
    """A time that was understood: absent on a day at which clocks begin, implausible before and after all cameras."""
    if (moment.year, moment.month, moment.day) in _EPOCHS:
        return absent(source, key, raw)
    status = Status.OK if FIRST_YEAR <= moment.year <= LAST_YEAR else Status.IMPLAUSIBLE
    return Observation(source, key, raw, moment.replace(tzinfo=zone).isoformat(), status)


def gps_time_observation(date: object, time: object) -> Observation:
    """The moment of the fix, UTC by the standard: ``YYYY:MM:DD`` and three rationals."""
    source, key = Source.GPS, "fixed_at"
    if date is None and time is None:
        return absent(source, key)
    raw = f"{raw_text(date)} {raw_text(time)}"[:MAX_RAW_CHARACTERS]
    parts = _fractions(time)
    day = (_ascii(date) or "").replace("-", ":")
    if parts is None or not all(part >= 0 for part in parts):
        return Observation(source, key, raw, None, Status.MALFORMED)
    hours, minutes, seconds = parts
    clock = timedelta(seconds=int(hours * 3600 + minutes * 60 + seconds)) if hours < 24 else None
    try:
        moment = datetime.strptime(day, "%Y:%m:%d").replace(tzinfo=UTC)
    except ValueError:
        moment = None
    if moment is None or clock is None or clock >= timedelta(days=1):
        return Observation(source, key, raw, None, Status.MALFORMED)
    return judged_time(source, key, raw, (moment + clock).replace(tzinfo=None), UTC)


def position_observations(
    latitude: object, north_south: object, longitude: object, east_west: object
) -> tuple[Observation, Observation]:
    """Latitude and longitude in millionths of a degree, halves away from zero.

    Both are IMPLAUSIBLE at 0/0 and when one lies outside its range: a position is one statement.
    """
    north = _angle("latitude_udeg", latitude, north_south, "NS")
    east = _angle("longitude_udeg", longitude, east_west, "EW")
    if isinstance(north.parsed, int) and isinstance(east.parsed, int):
        is_nowhere = north.parsed == 0 == east.parsed
        if is_nowhere or abs(north.parsed) > 90_000_000 or abs(east.parsed) > 180_000_000:
            return _doubted(north), _doubted(east)
    return north, east


def orientation_observation(value: object) -> Observation:
    if value is None:
        return absent(Source.EXIF, "orientation")
    if isinstance(value, int) and 1 <= value <= 8:
        return Observation(Source.EXIF, "orientation", str(value), value, Status.OK)
    return malformed(Source.EXIF, "orientation", value)


def absent(source: Source, key: str, raw: str = "") -> Observation:
    return Observation(source, key, raw, None, Status.ABSENT)


def malformed(source: Source, key: str, value: object) -> Observation:
    return Observation(source, key, raw_text(value), None, Status.MALFORMED)


def raw_text(value: object) -> str:
    """Return what stood in the tag as printable ASCII; bytes beyond it become ``\\xNN``, rationals ``n/d``."""
    if value is None:
        return ""
    data = _as_bytes(value)
    if data is not None:
        text = data[:MAX_RAW_CHARACTERS].rstrip(b"\0").decode("ascii", "backslashreplace")
        text = re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\x{ord(found[0]):02x}", text)
    elif isinstance(value, IFDRational):
        text = f"{value.numerator}/{value.denominator}"
    elif isinstance(value, tuple):
        text = " ".join(raw_text(part) for part in value[:MAX_RAW_CHARACTERS])
    else:
        text = ascii(value)
    return text[:MAX_RAW_CHARACTERS]


def _as_bytes(value: object) -> bytes | None:
    """Undo the decoder's reading of texts, which takes every byte for a Latin-1 character."""
    if isinstance(value, str):
        return value.encode("latin-1", "backslashreplace")
    return value if isinstance(value, bytes) else None


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None  # UTF-16 has no place in these tags
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            text.encode("utf-8")
        except UnicodeError:
            continue
        return text
    return None


def _ascii(value: object) -> str | None:
    data = _as_bytes(value)
    return data.rstrip(b"\0 ").decode("ascii", "replace") if data is not None else None


def _zone(offset: object) -> timezone | None:
    found = _OFFSET.fullmatch(_ascii(offset) or "")
    if not found or int(found[2]) > 14 or int(found[3]) > 59:
        return None
    distance = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-distance if found[1] == "-" else distance)


def _moment(parts: tuple[int, ...]) -> datetime | None:
    try:
        year, month, day, hour, minute, second = parts
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # the zone is not known
    except ValueError:
        return None


def _fractions(value: object) -> list[Fraction] | None:
    """Return the three parts of an angle or a time, or None when there are not three real numbers."""
    if not isinstance(value, Sequence) or isinstance(value, str | bytes) or len(value) != 3:
        return None
    parts = []
    for part in value:
        if isinstance(part, IFDRational):
            # Pillow turns a denominator of zero into NaN.
            if part.denominator == 0:
                return None
            parts.append(Fraction(int(part.numerator), int(part.denominator)))
        elif isinstance(part, int):
            parts.append(Fraction(part))
        else:
            return None
    return parts


def _angle(key: str, value: object, reference: object, letters: str) -> Observation:
    if value is None and reference is None:
        return absent(Source.GPS, key)
    raw = f"{raw_text(value)} {raw_text(reference)}"[:MAX_RAW_CHARACTERS].rstrip()
    parts = _fractions(value)
    letter = (_ascii(reference) or "").upper()
    if parts is None or len(letter) != 1 or letter not in letters or any(part < 0 for part in parts):
        return Observation(Source.GPS, key, raw, None, Status.MALFORMED)
    degrees, minutes, seconds = parts
    microdegrees = int((degrees + minutes / 60 + seconds / 3600) * 1_000_000 + Fraction(1, 2))
    return Observation(Source.GPS, key, raw, -microdegrees if letter in "SW" else microdegrees, Status.OK)


def _doubted(observation: Observation) -> Observation:
    return Observation(
        observation.source, observation.key, observation.raw, observation.parsed, Status.IMPLAUSIBLE
    )
