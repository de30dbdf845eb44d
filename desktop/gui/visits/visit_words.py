"""How the window says where a visit stands: words and colours of its chips, scores, days."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from desktop.i18n import _
from desktop.services.visits.change_team import ChangedTeam
from desktop.services.visits.find_visits import VisitState
from desktop.services.visits.interview import Removal
from desktop.services.visits.settled_conflicts import SettledConflict


@dataclass(frozen=True)
class VisitPageWords:
    """What the page of a visit says otherwise on a laptop and at the office. Advices follow a deed."""

    icon_name: str
    title: Callable[[], str]
    nothing_open: Callable[[], str]
    signed_advice: Callable[[], str]
    team_advice: Callable[[], str]


LAPTOP_WORDS = VisitPageWords(
    "clipboard-check",
    lambda: _("Visit on site"),
    lambda: _("Choose a visit on the page “Missions of today” and press “Record this visit”."),
    lambda: _("Hand it over on the page “Export”."),
    lambda: _("The office sees the change and its reason with the results."),
)
OFFICE_WORDS = VisitPageWords(
    "pencil",
    lambda: _("Paper records"),
    lambda: _(
        "Press “Enter a paper record …” on the page “Results”, or “Open to key in” for one that was begun."
    ),
    lambda: _("It counts in the results from now on."),
    lambda: _("The change and its reason stand in the log."),
)
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


def stage_text(*, is_signed: bool) -> str:
    """Of a visit that is not recorded any more."""
    return _("Signed; corrections only.") if is_signed else _("Submitted")


def unsigned_text() -> str:
    """What a correction means where there is no signature that could lose what it covers."""
    return _(
        "The earlier version stays readable. Nobody has signed yet; what is signed will be the corrected version."
    )


def kept_words() -> tuple[Callable[[], str], Callable[[], str]]:
    """What is said where somebody goes on before a correction is saved."""
    return (
        lambda: _("The correction of this item is not saved yet."),
        lambda: _("Save it with a reason, or give it up; then go on."),
    )


def score_text(score: Decimal | None) -> str:
    return "—" if score is None else str(score)


def team_text(changed: ChangedTeam) -> str:
    """What became of a change of the team on the road."""
    names = _(", ").join(changed.team.names)
    text = _("From now on go, the leader first: {names}.").format(names=names)
    if changed.new_people:
        new = _("New on record: {names}.").format(names=_(", ").join(changed.new_people))
        return _("{text} {more}").format(text=text, more=new)
    return text


def settled_text(settled: SettledConflict) -> str:
    """What the office made of a conflict."""
    if settled.taken_from:
        text = _("The office settled {what} on {time}: it took what {who} wrote. Reason: {reason}")
    else:
        text = _("The office settled {what} on {time} with a version of its own. Reason: {reason}")
    return text.format(
        what=settled.what, time=minute_text(settled.at), who=settled.taken_from, reason=settled.reason
    )


def mode_text(mode: str) -> str:
    """How a visit is made; the records hold the Chinese word."""
    words = {"明查": _("open"), "暗访": _("covert"), "明暗结合": _("mixed")}
    return words.get(mode, mode)


def spoken_text(question: str, answer: str) -> str:
    """A question of an interview and what was answered, on two lines."""
    return _("Q: {question}\nA: {answer}").format(question=question, answer=answer)


def removal_text(removal: Removal) -> str:
    """When an interview was taken out of its visit, by whom and why."""
    if removal.reason:
        text = _("Interview removed on {time} by {who}, by a correction: {reason}")
        return text.format(time=removal.at, who=removal.by, reason=removal.reason)
    return _("Interview removed on {time} by {who}").format(time=removal.at, who=removal.by)


def where_text(site: str, checklist: str) -> str:
    """What tells two visits of one unit apart: the site, if it has one, and the checklist."""
    return " · ".join(name for name in (site, checklist) if name)


def minute_text(time: str) -> str:
    """The local time of a record, to the minute."""
    return time[:16].replace("T", " ")


def identity_text() -> tuple[str, str]:
    """What showing identity means for what was recorded, and what can be done from then on."""
    return (
        _("Identity is shown: what was recorded until now is locked."),
        _("Items that were answered change by corrections only; new photos belong to the visit as a whole."),
    )
