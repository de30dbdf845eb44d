"""复核: what the office decides about a visit, beside the findings of the inspectors and never in them."""

from collections.abc import Sequence
from decimal import Decimal

from desktop.domain.points import to_stored
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.stored_checklist import find_item, stored_checklist
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.journal import change, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace


def review_visit(
    workspace: Workspace,
    visit_id: str,
    *,
    approved_vetoes: Sequence[int] = (),
    leader_score: Decimal | None = None,
    remark: str = "",
) -> None:
    """Approve vetoes that the team found, or decide the score of a form with too few applicable points.

    A veto takes effect only here, never by itself.
    """
    if not workspace.is_office:
        raise UserError(
            _("Only the office reviews a visit."), _("Export the visit; the office decides when it has come.")
        )
    view = read_visit(workspace.db, visit_id)
    checklist = stored_checklist(workspace.db, view.text("checklist_id"))
    for number in approved_vetoes:
        item = find_item(checklist, number)
        answer = view.answers.get(number)
        if not item.veto or answer is None or not answer["is_veto_hit"]:
            raise UserError(
                _("The team found no veto at item {no}.").format(no=number),
                _("Only a veto that was found on site can be approved."),
            )
    if leader_score is not None and not 0 <= leader_score <= 100:
        raise UserError(_("A score lies between 0 and 100."))
    review: dict[str, object] = {
        "status": "已复核",
        "decided_by": workspace.person.id,
        "decided_on": local_time(workspace.clock_ms())[:10],
        "remark": remark,
        "leader_score_e4": None if leader_score is None else to_stored(leader_score),
        "approved_vetoes": sorted(set(approved_vetoes)),
    }
    with workspace.db.atomic():
        write_entries(workspace, [change(workspace, visit_id, "visit", {"review": review})])
