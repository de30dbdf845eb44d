"""An interview that was begun by mistake: taken out of its visit, and put back from the log.

Nothing is lost: what was typed is cut into a signed entry first, and the entry that removes it comes after.
"""

from collections.abc import Mapping

from desktop.domain.author import Statement
from desktop.domain.canonical import Json
from desktop.domain.entry import Kind
from desktop.domain.registry import REASON
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.edit_visit import check_held, check_open
from desktop.services.visits.interview import INTERVIEW
from desktop.services.visits.removed_interviews import said_in, written_about
from desktop.services.visits.save_findings import cut_draft
from desktop.services.visits.visit_head import drafted_header
from desktop.services.workspace.journal import change, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.interview_rows import removed_interviews


def remove_interview(workspace: Workspace, visit_id: str, key: str, reason: str = "") -> None:
    """Take an interview out of its visit; one that was never stored leaves no trace.

    After the visit was submitted or signed this is a correction and needs a ``reason``.
    """
    view = read_visit(workspace.db, visit_id)
    _check(workspace, view, reason)
    part = f"{INTERVIEW}{key}"
    with workspace.db.atomic():
        cut_draft(workspace, visit_id, part)
        if any(row["key"] == key for row in read_visit(workspace.db, visit_id).interviews):
            _write(workspace, visit_id, part, {}, "interview_removed", reason)


def put_back_interview(workspace: Workspace, visit_id: str, key: str, reason: str = "") -> None:
    """Undo the removal: the interview says again what it said last."""
    view = read_visit(workspace.db, visit_id)
    _check(workspace, view, reason)
    part = f"{INTERVIEW}{key}"
    said = said_in(written_about(workspace, visit_id, part), part)
    if key not in removed_interviews(workspace.db, visit_id) or not said:
        raise UserError(_("This interview was not removed."))
    with workspace.db.atomic():
        _write(workspace, visit_id, part, said[-1], "interview_put_back", reason)


def _write(
    workspace: Workspace, visit_id: str, part: str, value: Mapping[str, Json], event: str, reason: str
) -> None:
    said: dict[str, object] = {REASON: {"text": reason.strip()}} if reason.strip() else {}
    noted = Statement(Kind.LOG, visit_id, None, {"event": {"event": event, "part": part}, **said})
    write_entries(workspace, [change(workspace, visit_id, "visit", {part: value, **said}), noted])


def _check(workspace: Workspace, view: VisitView, reason: str) -> None:
    check_held(workspace, view)
    if not reason.strip():
        check_open(workspace, view, drafted_header(workspace, view))
