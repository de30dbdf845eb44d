"""What lies on the table when a visit is signed by hand: the text, and everybody who has signed or still should."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.signing import INSPECTOR, LEADER, UNIT, WITNESS
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_text import visit_text
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.show_signatures import ShownSignature, shown_signatures
from desktop.services.visits.sign_visit import head_of_view, text_hash
from desktop.services.visits.visit_head import SUBMITTED, VisitHead
from desktop.services.workspace.workspace import Workspace


class SignerState(StrEnum):
    """OUTDATED: signed, but the visit says something else now. SIGNED_OFF: by the program, not by hand."""

    NOT_YET = "not_yet"
    SIGNED = "signed"
    SIGNED_OFF = "signed_off"
    OUTDATED = "outdated"
    REFUSED = "refused"


@dataclass(frozen=True)
class SignerLine:
    """One who signs. ``signature`` is the newest of this person; ``reason``: why he refused."""

    role: str
    name: str
    state: SignerState
    signature: ShownSignature | None = None
    reason: str = ""

    @property
    def may_sign(self) -> bool:
        return self.state is not SignerState.SIGNED


@dataclass(frozen=True)
class SigningSheet:
    """``text_sha256`` is the hash of ``text``: what is handed back when somebody signs.

    ``is_corrected``: the leader signed an earlier version, so nobody signs the visit of now any more.
    """

    visit_id: str
    text: str
    text_sha256: str
    lines: tuple[SignerLine, ...]
    inspectors: tuple[str, ...]
    refused_reason: str
    is_signed: bool
    is_corrected: bool


def signing_sheet(workspace: Workspace, visit_id: str) -> SigningSheet:
    """The sheet of a visit that was submitted; raises UserError for one that is still being recorded."""
    view = read_visit(workspace.db, visit_id)
    if view.text("status") != SUBMITTED and not view.is_signed:
        raise UserError(
            _("This visit is still being recorded."),
            _("Submit it first; then everybody signs the same text."),
        )
    signatures = shown_signatures(workspace, view)
    head = head_of_view(view)
    text = visit_text(workspace, view)
    return SigningSheet(
        visit_id=visit_id,
        text=text,
        text_sha256=text_hash(text),
        lines=signer_lines(head, signatures),
        inspectors=head.inspectors,
        refused_reason=head.refused_reason,
        is_signed=view.is_signed,
        is_corrected=is_corrected(view, signatures),
    )


def is_corrected(view: VisitView, signatures: tuple[ShownSignature, ...]) -> bool:
    """Whether the leader has signed, and none of his signatures stands under what the visit says now."""
    return view.is_signed and not any(each.is_current for each in signatures if each.role == LEADER)


def signer_lines(head: VisitHead, signatures: tuple[ShownSignature, ...]) -> tuple[SignerLine, ...]:
    """The unit, the inspectors, the leader, a witness where there is one; and whoever signed besides them."""
    members = [name for name in head.inspectors if name != head.leader]
    expected = [(UNIT, head.unit_rep), *((INSPECTOR, name) for name in members), (LEADER, head.leader)]
    has_refused = bool(head.refused_reason) or any(each.refusal for each in signatures)
    if head.witness or has_refused:
        expected.append((WITNESS, head.witness))
    lines = []
    left = list(signatures)
    for role, name in expected:
        own = [each for each in left if each.role == role and (role != INSPECTOR or each.signer == name)]
        left = [each for each in left if each not in own]
        reason = head.refused_reason if role == UNIT else ""
        lines.append(_line(role, name, own, reason))
    return (*lines, *(_line(each.role, each.signer, [each], "") for each in left))


def _line(role: str, name: str, own: list[ShownSignature], reason: str) -> SignerLine:
    # What was written by hand says more than what the program noted.
    newest = max(
        own, key=lambda each: (each.is_current, bool(each.strokes or each.refusal), each.at), default=None
    )
    if newest is None:
        return SignerLine(role, name, SignerState.REFUSED if reason else SignerState.NOT_YET, None, reason)
    name = newest.signer or name
    if newest.refusal:
        return SignerLine(role, name, SignerState.REFUSED, newest, newest.refusal)
    if not newest.is_current:
        return SignerLine(role, name, SignerState.OUTDATED, newest)
    state = SignerState.SIGNED if newest.strokes else SignerState.SIGNED_OFF
    return SignerLine(role, name, state, newest)
