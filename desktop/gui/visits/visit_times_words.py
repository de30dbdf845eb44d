"""How the window says between which moments a visit was recorded, and what the clock did meanwhile."""

from desktop.gui.clock_words import notice_text
from desktop.gui.visits.visit_words import minute_text
from desktop.i18n import _
from desktop.services.records.visit_times import VisitTimes


def times_text(times: VisitTimes) -> str:
    """Empty where neither bound is known."""
    issued, received = minute_text(times.issued_at), minute_text(times.received_at)
    if issued and received:
        return _(
            "Recorded between {issued} (mission issued) and {received} (received by the office)."
        ).format(issued=issued, received=received)
    if issued:
        return _("Recorded after {issued} (mission issued); the office has not received it yet.").format(
            issued=issued
        )
    if received:
        return _("Recorded before {received} (received by the office).").format(received=received)
    return ""


def proof_text(times: VisitTimes) -> str:
    if not times.issued_at:
        return ""
    if times.is_proved:
        return _("The record begins with the number of the mission, which nobody knew before it was issued.")
    return _("The record does not begin with the number of the mission.")


def clock_texts(times: VisitTimes) -> tuple[str, ...]:
    return tuple(
        _("{node}: {notice}").format(node=clock.node, notice=notice_text(notice))
        for clock in times.clocks
        for notice in clock.notices
    )
