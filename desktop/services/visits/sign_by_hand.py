"""Signing by hand under exactly the text that was shown, and noting that somebody would not (拒签)."""

import base64
from dataclasses import dataclass

from desktop.domain.canonical import encode
from desktop.domain.lengths import LONGEST_LINE, LONGEST_TEXT, check_length
from desktop.domain.signing import INSPECTOR, LEADER, UNIT, WITNESS
from desktop.domain.strokes import Stroke, is_signature, strokes_as_json, strokes_from_json
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_text import visit_text
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.save_findings import cut_drafts
from desktop.services.visits.show_signatures import shown_signatures
from desktop.services.visits.sign_visit import (
    SignedVisit,
    check_may_be_signed,
    head_of_view,
    text_hash,
    write_signature,
)
from desktop.services.visits.signing_sheet import is_corrected, signing_sheet
from desktop.services.visits.visit_head import FEWEST_INSPECTORS, VisitHead
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace


@dataclass(frozen=True)
class Handwriting:
    """What somebody wrote on the pad, as what."""

    role: str
    signer: str
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True)
class RefusalToSign:
    """``witnesses``: the inspectors who saw it, two at least."""

    signer: str
    reason: str
    witnesses: tuple[str, ...]


class TextChangedError(UserError):
    """What was on the screen is not what the visit says now."""

    def __init__(self) -> None:
        super().__init__(
            _("The visit has changed since this text was shown; nothing was signed."),
            _("Read the text as it stands now, then sign again."),
        )


def sign_by_hand(workspace: Workspace, visit_id: str, written: Handwriting, shown_sha256: str) -> SignedVisit:
    """Keep a signature under the text whose hash is ``shown_sha256``. That of the leader freezes the visit."""
    if not is_signature(written.strokes):
        raise UserError(
            _("Nothing has been written that could be a signature."),
            _("Write the name on the pad, then sign."),
        )
    strokes = strokes_as_json(strokes_from_json(strokes_as_json(written.strokes)))
    picture = workspace.worker.run("signature", encode(strokes)).data
    with workspace.db.atomic():
        view = _same_text(workspace, visit_id, shown_sha256)
        name = _checked_signer(workspace, view, written)
        said = {
            "signer": name,
            "role": written.role,
            "strokes": strokes,
            "picture": base64.b64encode(picture).decode(),
        }
        signed = write_signature(workspace, view, said)
        # The one event says that the visit is frozen, the other that a signature was added.
        event = "signed" if written.role == LEADER and not view.is_signed else "signed_by_hand"
        log_event(workspace, {"event": event, "role": written.role}, visit_id)
    return signed


def record_refusal(
    workspace: Workspace, visit_id: str, refusal: RefusalToSign, shown_sha256: str
) -> SignedVisit:
    """Note that the unit would not sign the text that was shown, why, and which inspectors saw it."""
    with workspace.db.atomic():
        view = _same_text(workspace, visit_id, shown_sha256)
        said = _checked_refusal(head_of_view(view), refusal)
        signed = write_signature(workspace, view, said)
        log_event(workspace, {"event": "signature_refused", "role": UNIT}, visit_id)
    return signed


def _same_text(workspace: Workspace, visit_id: str, shown_sha256: str) -> VisitView:
    signing_sheet(workspace, visit_id)
    cut_drafts(workspace, visit_id)
    view = read_visit(workspace.db, visit_id)
    check_may_be_signed(workspace, view)
    if is_corrected(view, shown_signatures(workspace, view)):
        raise UserError(
            _("The visit was corrected after the leader had signed it."),
            _("What was signed before stays readable; the corrected visit is not signed again."),
        )
    if text_hash(visit_text(workspace, view)) != shown_sha256:
        raise TextChangedError
    return view


def _checked_signer(workspace: Workspace, view: VisitView, written: Handwriting) -> str:
    head, name, role = head_of_view(view), _checked_name(written.signer), written.role
    is_inspector = name in head.inspectors
    if role == LEADER and name != head.leader:
        raise UserError(_("The leader of this visit is {name}.").format(name=head.leader or "—"))
    if role == INSPECTOR and not is_inspector:
        raise UserError(
            _("“{name}” is not among the inspectors of this visit.").format(name=name),
            _("The team stands in the particulars of the visit."),
        )
    if role in (UNIT, WITNESS) and is_inspector:
        raise UserError(
            _("“{name}” inspects, and cannot sign for the unit or as a witness.").format(name=name),
            _("An inspector signs in his own line."),
        )
    if role == WITNESS and name == head.unit_rep:
        raise UserError(_("Who stands for the unit cannot be the witness as well."))
    for each in shown_signatures(workspace, view):
        if (each.role, each.signer) == (role, name) and each.strokes and each.is_current:
            raise UserError(_("“{name}” has signed this text already.").format(name=name))
    return name


def _checked_refusal(head: VisitHead, refusal: RefusalToSign) -> dict[str, object]:
    reason = " ".join(refusal.reason.split())
    if not reason:
        raise UserError(
            _("A refusal needs its reason."), _("Write what the unit said, or that it said nothing.")
        )
    check_length(_("Reason of a refusal to sign"), reason, LONGEST_TEXT)
    witnesses = tuple(dict.fromkeys(refusal.witnesses))
    strangers = [name for name in witnesses if name not in head.inspectors]
    if strangers:
        raise UserError(
            _("“{name}” is not among the inspectors of this visit.").format(name=strangers[0]),
            _("The team stands in the particulars of the visit."),
        )
    if len(witnesses) < FEWEST_INSPECTORS:
        raise UserError(
            _("The unit refused to sign; two inspectors have to vouch for that."),
            _("Choose two inspectors who saw it; a visit of one alone notes no refusal."),
        )
    signer = refusal.signer.strip()
    check_length(_("Name of the signer"), signer, LONGEST_LINE)
    if signer in head.inspectors:
        raise UserError(
            _("“{name}” inspects, and cannot sign for the unit or as a witness.").format(name=signer),
            _("An inspector signs in his own line."),
        )
    return {
        "signer": signer,
        "role": UNIT,
        "refusal": reason,
        "witnesses": list(witnesses),
    }


def _checked_name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise UserError(_("Who signs?"), _("Write the name of the person who signs."))
    # As long as who is present for the unit, whose line proposes the name.
    check_length(_("Name of the signer"), name, LONGEST_LINE)
    return name
