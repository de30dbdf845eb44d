"""How dates, times, names and numbers are written on paper."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from desktop.documents.fonts import BOX, CHECKED_BOX
from desktop.documents.linebreak import WORD_JOINER
from desktop.i18n import _, language


def date_text(day: date) -> str:
    """2026年11月20日 without leading zeros, or ISO in English."""
    if language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day:%Y-%m-%d}"


def time_text(moment: datetime) -> str:
    if language() == "zh":
        return f"{moment.hour}时{moment.minute:02}分"
    return f"{moment:%H:%M}"


def moment_text(moment: datetime | None) -> str:
    """Day and time to the minute, as the moment itself says; no change of time zone."""
    if moment is None:
        return ""
    return _("{date} {time}").format(date=date_text(moment), time=time_text(moment))


def period_text(start: datetime | None, end: datetime | None) -> str:
    """From … to …; the day is said once when both are on it. Without any time, room to write it in."""
    if start is None:
        return _("____-__-__  __:__  to  __:__")
    if end is None:
        return _("{start} to").format(start=moment_text(start))
    until = time_text(end) if start.date() == end.date() else moment_text(end)
    return _("{start} to {end}").format(start=moment_text(start), end=until)


def duration_text(seconds: int) -> str:
    """How long something lasted, in the two largest units that count; nothing for 0."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if minutes and left:
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=left)
    if minutes:
        return _("{minutes} min").format(minutes=minutes)
    return _("{seconds} s").format(seconds=left) if left else ""


def name_text(name: str) -> str:
    """A Chinese name of two characters is spaced to the width of three (张　三)."""
    if language() == "zh" and len(name) == 2 and all(char >= "\u3400" for char in name):
        return f"{name[0]}　{name[1]}"
    return name


def names_text(names: Iterable[str]) -> str:
    return _(", ").join(name_text(name) for name in names)


def points_text(points: Decimal | None) -> str:
    """All digits that count and no others: 8, 9.5, 0.25."""
    if points is None:
        return ""
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def total_text(points: Decimal | None) -> str:
    """At least two decimals, never rounded: what is printed is what was computed."""
    if points is None:
        return ""
    whole, _point, decimals = points_text(points).partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def size_text(size_bytes: int) -> str:
    """In binary steps with one decimal, and below it the exact number of bytes."""
    exact = _("{count} bytes").format(count=f"{size_bytes:,}")
    for unit, factor in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size_bytes >= factor:
            return f"{size_bytes / factor:.1f} {unit}\n{exact}"
    return exact


def choice(text: str, is_chosen: bool = False) -> str:
    """A box with its label, which no line break parts."""
    box = CHECKED_BOX if is_chosen else BOX
    return box + WORD_JOINER + WORD_JOINER.join(text)


def choices(options: Iterable[tuple[str, bool]]) -> str:
    return "  ".join(choice(text, is_chosen) for text, is_chosen in options)
