"""Jumps of the clock of this computer, noted in its signed log. They are told to the user and stop nothing."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.canonical import Json
from desktop.domain.clock_reading import ClockJump, step_back
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import STREAM_SETTING, Workspace
from desktop.storage.clock_entries import Event, clock_events, newest_entries
from desktop.storage.entries import stream_end
from desktop.storage.settings_table import read_text_setting

CHANGED, WENT_BACK = "clock_changed", "clock_went_back"
FINE = "ok"


@dataclass(frozen=True)
class ClockNotice:
    """A jump that a log tells of. ``kind``: CHANGED while the program ran, WENT_BACK found when it was opened.

    ``old`` and ``new`` are times with their offset. The time between two notices is what the log says it is.
    """

    kind: str
    old: str
    new: str
    difference_ms: int


def steady_clock_ms() -> int:
    """Milliseconds that nobody can set, and that also pass while the computer sleeps, where the system has such."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return (time.monotonic_ns() if clock is None else time.clock_gettime_ns(clock)) // 1_000_000


def note_jump(workspace: Workspace, jump: ClockJump) -> ClockNotice:
    """Write down that the clock was set while the workspace is open."""
    with workspace.db.atomic():
        return _note(workspace, CHANGED, jump)


def note_clock_at_opening(workspace: Workspace) -> None:
    """Write down that the clock shows less than what this computer has written already."""
    jump = _step_back(workspace)
    if jump is not None:
        with workspace.db.atomic():
            _note(workspace, WENT_BACK, jump)


def notice_at_opening(workspace: Workspace) -> ClockNotice | None:
    """What was noted when this workspace was opened, as long as nothing else has been written since."""
    stream = read_text_setting(workspace.db, STREAM_SETTING)
    end = stream_end(workspace.db, stream)
    notices = clock_notices(workspace, stream, end.seq, end.seq) if end else ()
    return next((each for each in notices if each.kind == WENT_BACK), None)


def clock_notices(workspace: Workspace, stream: str, first: int, last: int) -> tuple[ClockNotice, ...]:
    """The jumps noted in a stream from one number to another, in their order."""
    return tuple(
        notice
        for _seq, event in clock_events(workspace.db, stream, first, last)
        if (notice := _notice(event))
    )


def clock_state(notices: Sequence[ClockNotice]) -> str:
    """The word for the manifest of a package: what the program thinks of the clock since the package before."""
    kinds = {notice.kind for notice in notices}
    words = {CHANGED: "changed", WENT_BACK: "went_back"}
    return next((word for kind, word in words.items() if kind in kinds), FINE)


def _step_back(workspace: Workspace) -> ClockJump | None:
    """Measured by the newest entry of which the log tells under what time of this computer it was written."""
    stream = read_text_setting(workspace.db, STREAM_SETTING)
    for entry, event in newest_entries(workspace.db, stream):
        new_ms = event.get("new_ms") if event.get("event") in (CHANGED, WENT_BACK) else None
        if isinstance(new_ms, int):
            return step_back(new_ms, workspace.clock_ms())
        # With a counter beside it, the time is that of an earlier entry, or of a computer that is ahead.
        if entry.hlc[1] == 0:
            return step_back(entry.hlc[0], workspace.clock_ms())
    return None


def _note(workspace: Workspace, kind: str, jump: ClockJump) -> ClockNotice:
    notice = ClockNotice(kind, local_time(jump.old_ms), local_time(jump.new_ms), jump.difference_ms)
    event: dict[str, Json] = {
        "event": kind,
        "old": notice.old,
        "new": notice.new,
        "new_ms": jump.new_ms,
        "difference_ms": notice.difference_ms,
    }
    log_event(workspace, event)
    return notice


def _notice(event: Event) -> ClockNotice | None:
    match event:
        case {"event": ("clock_changed" | "clock_went_back") as kind, "old": str(old), "new": str(new)}:
            difference = event.get("difference_ms")
            return ClockNotice(str(kind), old, new, difference if isinstance(difference, int) else 0)
    return None
