"""How the window says where a visit stands: words and colours of its chips, scores, days."""

from decimal import Decimal

from desktop.i18n import _
from desktop.services.visits.find_visits import VisitState

STATE_TONES = {
    VisitState.PLANNED: "muted",
    VisitState.RECORDED: "primary",
    VisitState.SIGNED: "ok",
    VisitState.CONFLICT: "bad",
    VisitState.WITHDRAWN: "muted",
}


def state_text(state: VisitState) -> str:
    return {
        VisitState.PLANNED: _("planned"),
        VisitState.RECORDED: _("recorded"),
        VisitState.SIGNED: _("signed off"),
        VisitState.CONFLICT: _("in conflict"),
        VisitState.WITHDRAWN: _("withdrawn"),
    }[state]


def score_text(score: Decimal | None) -> str:
    return "—" if score is None else str(score)


def minute_text(time: str) -> str:
    """The local time of a record, to the minute."""
    return time[:16].replace("T", " ")
