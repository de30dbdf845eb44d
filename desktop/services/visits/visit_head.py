"""The head of a visit being recorded: when, with whom, what the unit said; as it was typed last."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from desktop.domain.lengths import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT, TooLongError
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.form_values import parsed_time
from desktop.services.records.locked_items import was_locked
from desktop.services.records.open_secret import VISIT_MODES, opened_visit
from desktop.services.records.visit_values import VisitView
from desktop.services.visits.visit_team import team_on_the_road
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import drafts_of
from desktop.storage.records import find_row

UNDER_WAY = "检查中"
SUBMITTED = "已提交"
COVERT = "暗访"
FEWEST_INSPECTORS = 2
_TIMES = ("started_at", "ended_at", "identity_shown_at")
HEAD_LENGTHS: Mapping[str, int] = {
    "accompany": LONGEST_LINE,
    "unit_rep": LONGEST_LINE,
    "unit_rep_phone": LONGEST_LINE,
    "refused_reason": LONGEST_TEXT,
    "witness": LONGEST_NAME,
    "leader": LONGEST_NAME,
    "conclusion": LONGEST_TEXT,
    "remark": LONGEST_TEXT,
}
"""How long its texts may be; the names of the team are as long as that of the leader."""


@dataclass(frozen=True)
class VisitHead:
    """What the inspectors write about the visit as a whole. Times are ISO 8601 with their offset, or empty.

    ``leader`` and ``team`` are names; the leader is not among the team. ``refused_reason``: why the unit did not
    sign, empty where it did.
    """

    mode: str = ""
    check_type: str = ""
    started_at: str = ""
    ended_at: str = ""
    identity_shown_at: str = ""
    accompany: str = ""
    unit_rep: str = ""
    unit_rep_phone: str = ""
    unit_opinion: str = ""
    refused_reason: str = ""
    witness: str = ""
    leader: str = ""
    team: tuple[str, ...] = ()
    conclusion: str = ""
    remark: str = ""

    @property
    def inspectors(self) -> tuple[str, ...]:
        """Everybody who inspects, the leader first, each once."""
        return tuple(dict.fromkeys(name for name in (self.leader, *self.team) if name))

    @property
    def is_covert(self) -> bool:
        return self.mode == COVERT


def head_of(part: Mapping[str, object]) -> VisitHead:
    """The head in a part ``header``."""
    team = part.get("team")
    texts = {name: str(part.get(name) or "") for name in asdict(VisitHead()) if name != "team"}
    return VisitHead(team=tuple(map(str, team)) if isinstance(team, list) else (), **texts)


def head_part(before: Mapping[str, object], head: VisitHead) -> dict[str, object]:
    """The part ``header`` with what was typed; its references and its status stay as they were.

    The first answer notes when the visit began, unseen by a head that was shown before: a beginning is changed, never
    emptied.
    """
    began = head.started_at or before.get("started_at") or ""
    return {**before, **asdict(head), "team": list(head.team), "started_at": began}


def check_head(head: VisitHead) -> None:
    """Refuse a head that may not be saved; raises UserError saying what is wrong."""
    for name in _TIMES:
        text = getattr(head, name)
        if text and parsed_time(text) is None:
            raise UserError(
                _("“{text}” is not a time.").format(text=text[:40]), _("Write it as 2026-11-20 09:30.")
            )
    start, end = parsed_time(head.started_at), parsed_time(head.ended_at)
    if start and end and end.replace(tzinfo=None) < start.replace(tzinfo=None):
        raise UserError(_("The visit ends before it begins."), _("Check when it began and when it ended."))
    if head.mode and head.mode not in VISIT_MODES:
        raise UserError(_("A visit is either open or covert."))
    for error in too_long_in_head(head):
        raise error


def is_identity_fixed(workspace: Workspace, visit_id: str, header: Mapping[str, object]) -> bool:
    """Whether the time in a part ``header`` has locked what was recorded until then."""
    return bool(header.get("identity_shown_at")) and was_locked(workspace, visit_id)


def check_identity(
    workspace: Workspace, visit_id: str, before: Mapping[str, object], head: VisitHead
) -> None:
    """Refuse another time, or another mode, than those by which the covert part of the visit ended."""
    stored = head_of(before)
    is_same = (stored.identity_shown_at, stored.mode) == (head.identity_shown_at, head.mode)
    if is_identity_fixed(workspace, visit_id, before) and not is_same:
        raise UserError(
            _("The time identity was shown locked what was recorded before; it is not changed any more."),
            _("If it is wrong, say so in the remark on the visit. The visit stays covert."),
        )


def too_long_in_head(head: VisitHead) -> Iterator[TooLongError]:
    for field, most in HEAD_LENGTHS.items():
        if len(text := getattr(head, field)) > most:
            yield TooLongError(_field_text(field), len(text), most)
    for name in head.team:
        if len(name) > LONGEST_NAME:
            yield TooLongError(_("Members of the team"), len(name), LONGEST_NAME)


def _field_text(field: str) -> str:
    return {
        "accompany": _("Accompanied by"),
        "unit_rep": _("Present for the unit, post"),
        "unit_rep_phone": _("Telephone"),
        "refused_reason": _("Reason of a refusal to sign"),
        "witness": _("Witness of the refusal"),
        "leader": _("Team leader"),
        "conclusion": _("Conclusion of the visit"),
        "remark": _("Remark on the visit"),
    }[field]


def check_witness(head: VisitHead) -> None:
    """Refuse a witness who inspects himself."""
    if head.witness.strip() in head.inspectors:
        raise UserError(
            _("“{name}” inspects and cannot be the witness as well.").format(name=head.witness.strip()),
            _("Name somebody as the witness who is not of the team, or leave the witness out."),
        )


def check_refusal(head: VisitHead) -> None:
    """Refuse a refusal to sign that nobody can vouch for: two inspectors saw it, the witness is none of them."""
    if head.refused_reason and len(head.inspectors) < FEWEST_INSPECTORS:
        raise UserError(
            _("The unit refused to sign; two inspectors have to vouch for that."),
            _("Name the second inspector among the team, then sign."),
        )
    check_witness(head)


def missing_in_head(head: VisitHead) -> tuple[str, ...]:
    """What should still be filled in before the visit is signed; nothing of it stops anybody."""
    missing = []
    if not head.started_at:
        missing.append(_("the time the visit began is missing: it enters the score of no period"))
    if len(head.inspectors) < FEWEST_INSPECTORS:
        missing.append(_("only one inspector is named; a visit is made by at least two"))
    if head.is_covert and not head.identity_shown_at:
        missing.append(_("the time identity was shown is missing"))
    if not head.unit_opinion and not head.refused_reason:
        missing.append(_("the opinion of the unit is missing"))
    return tuple(missing)


def plan_of(workspace: Workspace, view: VisitView) -> dict[str, str]:
    """What the plan of the visit says, opened where it is sealed."""
    names = ("mission_id", "unit_id", "site_id", "checklist_id", "mode")
    plan = {name: view.text(name) for name in names}
    return {**plan, **opened_visit(workspace, plan["mission_id"], view.id)}


def drafted_header(workspace: Workspace, view: VisitView) -> dict[str, object]:
    """The part ``header`` as it was last typed, else as it was cut, else as the plan begins it."""
    for draft in drafts_of(workspace.db, view.id):
        if draft.part == "header":
            return dict(draft.value)
    begun = _begun(workspace, view, plan_of(workspace, view))
    stored: dict[str, object] = {
        name: view.head[name] for name in begun if view.head.get(name) and name != "team"
    }
    return {**begun, **stored, "is_from_paper": bool(view.head.get("is_from_paper"))}


def _begun(workspace: Workspace, view: VisitView, plan: Mapping[str, str]) -> dict[str, object]:
    checklist = find_row(workspace.db, "checklist", plan["checklist_id"])
    team = team_on_the_road(workspace, plan["mission_id"], view.id)
    leader = view.text("leader") or team.leader or workspace.person.name
    return {
        **head_part({}, VisitHead()),
        **plan,
        "mode": plan["mode"] if plan["mode"] in VISIT_MODES else "",
        "checklist_hash": str(checklist["content_hash"] or "") if checklist else "",
        "status": UNDER_WAY,
        "is_from_paper": False,
        "leader": leader,
        "team": list(view.team) or [name for name in team.members if name != leader],
    }


def keeping_team(
    workspace: Workspace, view: VisitView, before: Mapping[str, object], head: VisitHead
) -> VisitHead:
    """A typed head with the settled names as they were: those are changed with a reason, never typed over."""
    settled, stored = team_on_the_road(workspace, view.text("mission_id"), view.id), head_of(before)
    return replace(
        head,
        leader=stored.leader if settled.leader else head.leader,
        team=stored.team if settled.members else head.team,
    )


def started(workspace: Workspace, header: Mapping[str, object]) -> dict[str, object]:
    """The header of a visit that begins now, unless it has begun."""
    if header.get("started_at"):
        return dict(header)
    return {**header, "started_at": now(workspace)}


def now(workspace: Workspace) -> str:
    return local_time(workspace.clock_ms())
