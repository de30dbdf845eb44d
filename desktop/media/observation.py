"""What a file says about itself: observations, never facts.

Everything here was written by a camera, a program or a forger. It is kept as it was found (``raw``), beside what
it was understood to mean (``parsed``) and how far that can be believed (``status``). Nothing is chosen silently:
a person may assert one of several values later, and that is recorded elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.canonical import Json

MAX_RAW_CHARACTERS = 1000
"""The original holds the rest; records stay small however long a hostile tag is."""


class Source(StrEnum):
    """Where in the file an observation was found."""

    CONTAINER = "container"
    EXIF = "exif"
    GPS = "gps"


class Status(StrEnum):
    """How far a value can be used. ABSENT is ordinary: WeChat strips all metadata from photos it sends."""

    OK = "ok"
    ABSENT = "absent"
    MALFORMED = "malformed"
    IMPLAUSIBLE = "implausible"


@dataclass(frozen=True)
class Observation:
    """One value. ``parsed`` is None unless the status is OK or IMPLAUSIBLE."""

    source: Source
    key: str
    raw: str
    parsed: int | str | None
    status: Status

    def as_json(self) -> Json:
        return [self.source, self.key, self.raw, self.parsed, self.status]


FIELDS: Mapping[Source, tuple[str, ...]] = {
    Source.CONTAINER: (
        "format",
        "width_px",
        "height_px",
        "trailing_bytes",
        "trailing_type",
        "created_at",
        "recorded_at",
    ),
    Source.EXIF: (
        "metadata",
        "captured_at",
        "digitized_at",
        "modified_at",
        "make",
        "model",
        "software",
        "orientation",
    ),
    Source.GPS: ("latitude_udeg", "longitude_udeg", "fixed_at", "datum"),
}
"""All that is ever read out of a file; serial numbers, owner names and comments are not collected.

``latitude_udeg`` and ``longitude_udeg`` are millionths of a degree, north and east positive, in the datum the
file names; Chinese phone programs write GCJ-02 and WGS-84 alike, so a position may be off by 500 m. Times are ISO
8601: with an offset where the file has one, without where it does not (local time, zone unknown). ``created_at`` is
that of a film, UTC by its format, and ``recorded_at`` the one that Apple writes beside it. ``metadata`` appears only
where the metadata as a whole cannot be read.
"""


def observations_from_json(value: Json) -> tuple[Observation, ...]:
    """Return the observations that ``as_json`` wrote; raises ValueError for anything else.

    The values come out of the process that reads hostile files, so nothing about them is taken on trust.
    """
    if not isinstance(value, list):
        raise ValueError("not a list of observations")
    return tuple(_observation(row) for row in value)


def _observation(row: Json) -> Observation:
    match row:
        case [str(source), str(key), str(raw), str() | int() | None as parsed, str(status)]:
            observation = Observation(Source(source), key, raw, parsed, Status(status))
        case _:
            raise ValueError("not an observation")
    texts = (raw, parsed if isinstance(parsed, str) else "")
    if key not in FIELDS[observation.source] or any(len(text) > MAX_RAW_CHARACTERS for text in texts):
        raise ValueError("not an observation")
    return observation
