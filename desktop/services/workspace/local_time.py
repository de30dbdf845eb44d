"""Wall-clock times as they are written into records: local time with its offset from UTC."""

from datetime import UTC, datetime

from desktop.services.records.typed_texts import day_text


def local_time(ms: int) -> str:
    """“2026-11-20T09:30:05+08:00” for milliseconds since 1970, in the zone of this computer."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().isoformat(timespec="seconds")


def utc_time(ms: int) -> str:
    """“2026-11-20T01:30:05Z”."""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def typed_time(text: str) -> str:
    """A time that a person typed as the local time of this computer, with its offset; else the text as it is.

    Days are read as everywhere else, and a Chinese colon or a single-digit hour will do: “2026.11.20 9：30”,
    “2026年11月20日9时30分”.
    """
    plain = text.strip().replace("：", ":")
    day, _blank, clock = plain.replace("日", "日 ").partition(" ")
    clock = clock.strip().replace("时", ":").removesuffix("分").rjust(5, "0")
    try:
        time = datetime.fromisoformat(f"{day_text(day)} {clock}" if clock.strip("0") else plain)
    except ValueError:
        return plain
    return (time if time.tzinfo else time.astimezone()).isoformat(timespec="seconds")
