"""When a film was made, read out of its index without trusting any of it. Runs inside the worker only.

No frame is decoded: the boxes of the index are walked, each within the one that holds it, and only a bounded number.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice

from desktop.domain.canonical import Json
from desktop.media.exif_values import absent, judged_time, malformed, raw_text
from desktop.media.observation import Observation, Source

_MOST_BOXES = 4096
_MOST_KEYS = 256
_EPOCH = datetime(1904, 1, 1)  # noqa: DTZ001  # UTC by the format, which not every camera keeps to
_CREATED, _RECORDED = "created_at", "recorded_at"
_APPLE = b"com.apple.quicktime.creationdate"
_TIME = re.compile(rb"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):?(\d\d))?")

Box = tuple[bytes, memoryview]


def describe_film(index: bytes, _options: Mapping[str, Json]) -> tuple[Json, bytes]:
    """Return the observations of a film as JSON; ``index`` is the content of its box ``moov``, empty without one."""
    boxes = list(_boxes(memoryview(index)))
    found = (_created(boxes), _recorded(boxes))
    return [observation.as_json() for observation in found], b""


def _created(boxes: list[Box]) -> Observation:
    """The time in ``mvhd``: seconds since 1904, zero for a clock that was never set."""
    head = _first(boxes, b"mvhd")
    if head is None or len(head) < 4:
        return malformed(Source.CONTAINER, _CREATED, None)
    width = {0: 4, 1: 8}.get(head[0])
    if width is None or len(head) < 4 + width:
        return malformed(Source.CONTAINER, _CREATED, bytes(head[:12]))
    seconds = int.from_bytes(head[4 : 4 + width], "big")
    if not seconds:
        return absent(Source.CONTAINER, _CREATED, "0")
    try:
        moment = _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return malformed(Source.CONTAINER, _CREATED, str(seconds))
    return judged_time(Source.CONTAINER, _CREATED, str(seconds), moment, None)


def _recorded(boxes: list[Box]) -> Observation:
    """The creation date that Apple writes beside it: local time with its offset."""
    text = _apple_date(boxes)
    if text is None:
        return absent(Source.CONTAINER, _RECORDED)
    found = _TIME.fullmatch(text.strip(b"\0 "))
    moment = _moment(found) if found else None
    if found is None or moment is None:
        return malformed(Source.CONTAINER, _RECORDED, text)
    return judged_time(Source.CONTAINER, _RECORDED, raw_text(text), moment, _zone(found))


def _apple_date(boxes: list[Box]) -> bytes | None:
    """The value under Apple's name: the list ``keys`` numbers the names, ``ilst`` holds the values by number."""
    meta = _first(boxes, b"meta")
    if meta is None:
        return None
    # QuickTime begins with the first box, ISO with four bytes of version and flags.
    inner = list(_boxes(meta if bytes(meta[4:8]) == b"hdlr" else meta[4:]))
    number = _number_of(_first(inner, b"keys"))
    values = _first(inner, b"ilst")
    if number is None or values is None:
        return None
    wanted = _first(list(_boxes(values)), number.to_bytes(4, "big"))
    data = _first(list(_boxes(wanted)), b"data") if wanted is not None else None
    # Before the value stand its type and its country.
    return bytes(data[8:72]) if data is not None else None


def _number_of(keys: memoryview | None) -> int | None:
    """At which place the list of names has Apple's; it counts from 1."""
    position, content = 8, keys if keys is not None else memoryview(b"")
    for number in range(1, _MOST_KEYS + 1):
        size = int.from_bytes(content[position : position + 4], "big")
        if size < 8 or position + size > len(content):
            return None
        if bytes(content[position + 8 : position + size]) == _APPLE:
            return number
        position += size
    return None


def _boxes(content: memoryview) -> Iterator[Box]:
    """The boxes one behind the other; ends at the first that is not whole."""
    return islice(_all_boxes(content), _MOST_BOXES)


def _all_boxes(content: memoryview) -> Iterator[Box]:
    position = 0
    while position + 8 <= len(content):
        head, size = 8, int.from_bytes(content[position : position + 4], "big")
        if size == 1:
            head, size = 16, int.from_bytes(content[position + 8 : position + 16], "big")
        elif size == 0:
            size = len(content) - position
        if size < head or position + size > len(content):
            return
        yield bytes(content[position + 4 : position + 8]), content[position + head : position + size]
        position += size


def _first(boxes: list[Box], kind: bytes) -> memoryview | None:
    return next((content for name, content in boxes if name == kind), None)


def _moment(found: re.Match[bytes]) -> datetime | None:
    try:
        return datetime(*(int(found[number]) for number in range(1, 7)))  # type: ignore[arg-type]  # noqa: DTZ001  # six numbers
    except ValueError:
        return None


def _zone(found: re.Match[bytes]) -> timezone | None:
    """None where no offset stands behind the time, or one that no place on earth has."""
    if found[7] is None:
        return UTC if found[0].endswith(b"Z") else None
    hours, minutes = int(found[8]), int(found[9])
    if hours > 14 or minutes > 59:
        return None
    distance = timedelta(hours=hours, minutes=minutes)
    return timezone(-distance if found[7] == b"-" else distance)
