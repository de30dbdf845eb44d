"""Wall-clock times as they are written into records: local time with its offset from UTC."""

from datetime import UTC, datetime


def local_time(ms: int) -> str:
    """“2026-11-20T09:30:05+08:00” for milliseconds since 1970, in the zone of this computer."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().isoformat(timespec="seconds")


def utc_time(ms: int) -> str:
    """“2026-11-20T01:30:05Z”."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def typed_time(text: str) -> str:
    """A time that a person typed as the local time of this computer, with its offset; else the text as it is.

    A Chinese colon or a single-digit hour will do: “2026-11-20 9：30”.
    """
    plain = text.strip().replace("：", ":")
    day, _blank, clock = plain.partition(" ")
    try:
        time = datetime.fromisoformat(f"{day} {clock.strip().rjust(5, '0')}" if clock else plain)
    except ValueError:
        return plain
    return (time if time.tzinfo else time.astimezone()).isoformat(timespec="seconds")
