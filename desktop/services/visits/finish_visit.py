"""The end of a visit on site: submitted, reopened when that was a mistake, signed by the leader and a second one."""

from dataclasses import replace

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.check_clerk import check_clerk
from desktop.services.visits.edit_visit import check_held, check_open
from desktop.services.visits.save_findings import cut_drafts, save_findings
from desktop.services.visits.sign_visit import SignedVisit, sign_visit
from desktop.services.visits.visit_head import (
    SUBMITTED,
    UNDER_WAY,
    VisitHead,
    check_head,
    check_identity,
    check_witness,
    drafted_header,
    head_of,
    head_part,
    keeping_team,
    now,
)
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import STREAM_SETTING, Workspace
from desktop.storage.entries import load_log
from desktop.storage.packages import is_on_its_way
from desktop.storage.settings_table import read_text_setting


def submit_visit(workspace: Workspace, visit_id: str, head: VisitHead) -> str:
    """Close the recording of a visit with its head as it is shown; returns the visit's id.

    Where no end was entered, it ends now.
    """
    check_head(head)
    view = read_visit(workspace.db, visit_id)
    before = drafted_header(workspace, view)
    check_open(workspace, view, before)
    check_identity(workspace, visit_id, before, head)
    if not before.get("started_at") and not view.answers and not view.observations:
        raise UserError(
            _("The visit {id} has no findings yet.").format(id=visit_id), _("Record it first, then sign it.")
        )
    if not head.mode:
        raise UserError(
            _("It is not clear whether this visit was open or covert."),
            _("Choose it among the particulars of the visit."),
        )
    kept = keeping_team(workspace, view, before, head)
    check_witness(kept)
    if before.get("is_from_paper"):
        check_clerk(workspace, kept)
    ended = replace(kept, conclusion=head.conclusion.strip(), ended_at=head.ended_at or now(workspace))
    with workspace.db.atomic():
        header = {**head_part(before, ended), "status": SUBMITTED}
        save_findings(workspace, visit_id, "visit", {"header": header})
        cut_drafts(workspace, visit_id)
        log_event(workspace, {"event": "submitted"}, visit_id)
    return visit_id


def reopen_visit(workspace: Workspace, visit_id: str) -> str:
    """Take back a submit that was a mistake; possible until the visit is signed or has left this computer."""
    view = read_visit(workspace.db, visit_id)
    check_held(workspace, view)
    before = drafted_header(workspace, view)
    if view.is_signed or _has_left(workspace, visit_id):
        raise UserError(
            _("This visit has been signed or handed over since it was submitted."),
            _("Change it by a correction with a reason; the earlier version stays readable."),
        )
    if before.get("status") != SUBMITTED:
        raise UserError(_("This visit is still being recorded."))
    with workspace.db.atomic():
        header = {**before, "status": UNDER_WAY}
        save_findings(workspace, visit_id, "visit", {"header": header})
        cut_drafts(workspace, visit_id)
        log_event(workspace, {"event": "reopened"}, visit_id)
    return visit_id


def finish_visit(
    workspace: Workspace, visit_id: str, conclusion: str | None = None, head: VisitHead | None = None
) -> SignedVisit:
    """Submit the visit, unless it is submitted, and sign it as the leader; now it is changed by corrections only.

    ``head`` is by default what was typed last, with ``conclusion`` where that is given.
    """
    view = read_visit(workspace.db, visit_id)
    before = drafted_header(workspace, view)
    if before.get("status") != SUBMITTED:
        typed = head or head_of(before)
        submit_visit(
            workspace, visit_id, typed if conclusion is None else replace(typed, conclusion=conclusion)
        )
    return sign_visit(workspace, visit_id)


def _has_left(workspace: Workspace, visit_id: str) -> bool:
    """Whether the newest of what this node wrote about the visit lies in a package that was made here."""
    stream = read_text_setting(workspace.db, STREAM_SETTING)
    own = [s.entry.seq for s in load_log(workspace.db, visit_id) if s.entry.stream == stream]
    return bool(own) and is_on_its_way(workspace.db, stream, max(own))
