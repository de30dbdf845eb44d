"""Forms to be filled in by hand: for a visit with its head from the plan, or for a visit nobody planned."""

from collections.abc import Callable, Mapping
from functools import partial

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.printing.covert_form import (
    covert_feedback,
    covert_record,
    empty_covert_feedback,
    empty_covert_record,
)
from desktop.services.printing.evidence_form import blank_evidence_form, empty_evidence_form
from desktop.services.printing.interview_form import blank_interview_form, empty_interview_form
from desktop.services.visits.visit_form import blank_checklist_form, visit_form
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import all_rows

ANY_VISIT = "any"
"""What names no visit in particular."""

_FOR_VISIT: Mapping[str, Callable[[Workspace, str], object]] = {
    "F01": partial(visit_form, is_blank=True),
    "F02": partial(covert_record, is_blank=True),
    "F02b": partial(covert_feedback, is_blank=True),
    "F04": blank_interview_form,
    "F12": blank_evidence_form,
}
_FOR_ANY: Mapping[str, Callable[[Workspace], object]] = {
    "F02": empty_covert_record,
    "F02b": empty_covert_feedback,
    "F04": empty_interview_form,
    "F12": empty_evidence_form,
}


def blank_form(workspace: Workspace, code: str, name: str) -> object:
    """The values of a blank form for a visit, for a checklist named by its code (F01), or for any visit."""
    if code not in _FOR_VISIT:
        raise UserError(_("The form {code} is not printed blank.").format(code=code), _("Leave out --blank."))
    if name == ANY_VISIT and code in _FOR_ANY:
        return _FOR_ANY[code](workspace)
    checklists = {str(row["code"]): str(row["id"]) for row in all_rows(workspace.db, "checklist")}
    if code == "F01" and name in checklists:
        return blank_checklist_form(workspace, checklists[name])
    return _FOR_VISIT[code](workspace, name)
