"""Wall-clock times as they are written into records: local time with its offset from UTC."""

from datetime import UTC, datetime


def local_time(ms: int) -> str:
    """“2026-11-20T09:30:05+08:00” for milliseconds since 1970, in the zone of this computer."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().isoformat(timespec="seconds")


def utc_time(ms: int) -> str:
    """“2026-11-20T01:30:05Z”."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
