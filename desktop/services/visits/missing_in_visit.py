"""What is still missing in a visit when it is signed: in its head, its items, its interviews, its scan."""

from dataclasses import replace

from desktop.domain.answer import Answer, is_evidence_missing
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.stored_checklist import stored_checklist
from desktop.services.records.visit_values import VisitView
from desktop.services.scoring.score_units import recorded_answers, score_of_visit
from desktop.services.visits.interview import interviews_in
from desktop.services.visits.paper_scan import lacks_scan
from desktop.services.visits.visit_head import head_of, missing_in_head
from desktop.services.workspace.workspace import Workspace


def missing_in_visit(workspace: Workspace, view: VisitView) -> tuple[str, ...]:
    """Everything, as sentences without a full stop; nothing of it stops anybody."""
    missing = [*missing_in_head(head_of({**view.head, "team": list(view.team)}))]
    items = _items_without_evidence(workspace, view)
    if items:
        missing.append(
            _("these items lack evidence: {numbers}").format(numbers=_(", ").join(map(str, items)))
        )
    missing += missing_beside_items(workspace, view)
    return tuple(missing)


def missing_beside_items(workspace: Workspace, view: VisitView) -> tuple[str, ...]:
    """What is missing in interviews, and the scan of a visit that was entered from paper."""
    missing = []
    if lacks_scan(view):
        missing.append(_("the visit was entered from paper, and its scan is missing"))
    for number, each in enumerate(interviews_in(workspace, view), 1):
        if each.missing:
            missing.append(
                _("interview {number} still needs: {what}").format(
                    number=number, what=_("; ").join(each.missing)
                )
            )
    return tuple(missing)


def _items_without_evidence(workspace: Workspace, view: VisitView) -> tuple[int, ...]:
    """The items that need evidence, or a photo of what they found, and do not have it."""
    try:
        checklist = stored_checklist(workspace.db, view.text("checklist_id"))
    except UserError:
        # The office signs nothing of a checklist it does not have; a laptop may hold observations only.
        return ()
    photos = {str(row["id"]) for row in view.evidence if str(row["mime"] or "").startswith("image/")}
    answers = {answer.item_no: answer for answer in recorded_answers(view)}
    lacking = []
    for line in score_of_visit(workspace, view).lines:
        answer = replace(answers.get(line.item.no, Answer(line.item.no)), deduct=line.deduct)
        item = checklist.item(line.item.no)
        if line.item.no in answers and item is not None:
            own = len(photos.intersection(answer.evidence_ids))
            if is_evidence_missing(item, answer, own):
                lacking.append(line.item.no)
    return tuple(lacking)
