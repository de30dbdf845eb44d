"""What a camera says about when it took something, beside when the visit was: consistent, off, or unknown.

Nothing here is a verdict. Cameras are set wrong, phones forget their zone, and messengers strip everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

SLACK_S = 15 * 60
"""Photos are taken on the way in and out; nobody's watch is exact."""
LONGEST_VISIT_S = 8 * 3600
"""How long a visit is taken to last as long as nobody says when it ended."""
_FARTHEST_ZONE_S = 14 * 3600
_BOUND_SLACK_S = 120


class Zone(StrEnum):
    """STATED: the offset stands beside the time. UNKNOWN: local time of an unknown zone.

    ASSUMED_UTC: the format says UTC (MP4, MOV), and many cameras write local time all the same.
    """

    STATED = "stated"
    UNKNOWN = "unknown"
    ASSUMED_UTC = "assumed_utc"


class Fit(StrEnum):
    """BEFORE_ISSUE, AFTER_RECEIPT: it cannot have been then, whatever the zone of the camera."""

    CONSISTENT = "consistent"
    OFF = "off"
    UNKNOWN = "unknown"
    BEFORE_ISSUE = "before_issue"
    AFTER_RECEIPT = "after_receipt"

    @property
    def is_implausible(self) -> bool:
        return self in (Fit.BEFORE_ISSUE, Fit.AFTER_RECEIPT)

    @property
    def is_odd(self) -> bool:
        return self.is_implausible or self is Fit.OFF


@dataclass(frozen=True)
class CameraTime:
    """``moment`` has an offset where its ``zone`` is STATED, and none else."""

    moment: datetime
    zone: Zone


@dataclass(frozen=True)
class VisitTime:
    """When the visit began and ended; between when it was issued and when the office had it. None: not known."""

    started: datetime | None = None
    ended: datetime | None = None
    issued: datetime | None = None
    received: datetime | None = None


@dataclass(frozen=True)
class TimeFit:
    """``off_s``: how far from the visit, negative where it was earlier; whole seconds."""

    fit: Fit
    off_s: int = 0
    zone: Zone = Zone.STATED


def read_camera_time(text: str, *, is_utc_by_format: bool = False) -> CameraTime | None:
    """A time in ISO 8601; None for what is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if is_utc_by_format:
        return CameraTime(moment.replace(tzinfo=None), Zone.ASSUMED_UTC)
    return CameraTime(moment, Zone.STATED if moment.tzinfo else Zone.UNKNOWN)


def fit_time(taken: CameraTime | None, visit: VisitTime) -> TimeFit:
    """Compare the time of a photo with that of its visit."""
    if taken is None:
        return TimeFit(Fit.UNKNOWN)
    outside = _beyond_bounds(taken, visit)
    if outside is not None:
        return outside
    start = visit.started or visit.ended
    if start is None:
        return TimeFit(Fit.UNKNOWN, 0, taken.zone)
    end = visit.ended or start + timedelta(seconds=LONGEST_VISIT_S)
    off_s = min((_distance(each, start, end) for each in _readings(taken, start)), key=abs)
    return TimeFit(Fit.CONSISTENT if abs(off_s) <= SLACK_S else Fit.OFF, off_s, taken.zone)


def _readings(taken: CameraTime, visit: datetime) -> Iterable[datetime]:
    """The moments that the camera may mean, in the terms of a time of the visit."""
    if taken.zone is Zone.STATED:
        # A visit that was typed without a zone was local time, and so was the camera's.
        yield taken.moment if visit.tzinfo else taken.moment.replace(tzinfo=None)
        return
    yield taken.moment.replace(tzinfo=visit.tzinfo)
    if taken.zone is Zone.ASSUMED_UTC and visit.tzinfo:
        yield taken.moment.replace(tzinfo=UTC)


def _beyond_bounds(taken: CameraTime, visit: VisitTime) -> TimeFit | None:
    unsure_s = _BOUND_SLACK_S + (0 if taken.zone is Zone.STATED else _FARTHEST_ZONE_S)
    moment = taken.moment if taken.moment.tzinfo else taken.moment.replace(tzinfo=UTC)
    for bound, fit, sign in ((visit.issued, Fit.BEFORE_ISSUE, -1), (visit.received, Fit.AFTER_RECEIPT, 1)):
        if bound is not None and bound.tzinfo:
            off_s = _seconds(moment - bound)
            if sign * off_s > unsure_s:
                return TimeFit(fit, off_s, taken.zone)
    return None


def _distance(moment: datetime, start: datetime, end: datetime) -> int:
    first, last = (each.replace(tzinfo=None) if moment.tzinfo is None else each for each in (start, end))
    # Of a visit that began with a zone and ended without one, or the other way round, both are local.
    first, last = (
        each if bool(each.tzinfo) == bool(moment.tzinfo) else each.replace(tzinfo=moment.tzinfo)
        for each in (first, last)
    )
    if moment < first:
        return _seconds(moment - first)
    return _seconds(moment - last) if moment > last else 0


def _seconds(distance: timedelta) -> int:
    return distance.days * 86_400 + distance.seconds
