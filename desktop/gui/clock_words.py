"""How the window says that the clock of a computer was set."""

from desktop.i18n import _
from desktop.services.records.time_words import span_text
from desktop.services.workspace.watch_clock import WENT_BACK, ClockNotice


def notice_text(notice: ClockNotice) -> str:
    """What the clock did; the order of what was recorded does not depend on it."""
    if notice.kind == WENT_BACK:
        text = _("The clock was {span} behind what was recorded before ({old} → {new}).")
    elif notice.difference_ms < 0:
        text = _("The clock was put back by {span} ({old} → {new}).")
    else:
        text = _("The clock was put forward by {span} ({old} → {new}).")
    return text.format(
        span=span_text(notice.difference_ms // 1000), old=_moment(notice.old), new=_moment(notice.new)
    )


def _moment(time: str) -> str:
    return time[:19].replace("T", " ")
