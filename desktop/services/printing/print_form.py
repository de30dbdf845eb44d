"""Printing forms: the values are gathered here, the drawing is done by the documents layer.

Only what the record says is printed: times stand as they were entered, scores as they are computed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.documents.drawing import FormReport
from desktop.documents.form_visit_data import VisitForm
from desktop.documents.registry import FORMS, Form
from desktop.documents.target import Target
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.packages.package_slip import package_slip
from desktop.services.printing.evidence_form import evidence_form
from desktop.services.visits.visit_form import blank_checklist_form, visit_form
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace
from desktop.storage.packages import packages
from desktop.storage.records import all_rows
from desktop.storage.visit_list import visit_rows

_GATHER: Mapping[str, Callable[[Workspace, str], Any]] = {
    "F01": visit_form,
    "F12": evidence_form,
    "F13": package_slip,
}


def list_forms() -> list[Form]:
    """The forms that can be printed, by code."""
    return [FORMS[code] for code in sorted(FORMS)]


def print_form(
    workspace: Workspace, code: str, ids: Sequence[str], target: Target, *, is_blank: bool = False
) -> FormReport:
    """Draw a form for records, one after the other in one PDF; without ids, for every record of its kind.

    Without ids, F12 leaves out visits without evidence and the report counts them.
    ``is_blank``: F01 without results, for a visit or for a checklist named by its code.
    """
    form = FORMS.get(code)
    if form is None:
        raise UserError(
            _("There is no form {code}.").format(code=code),
            _("The forms are: {codes}.").format(codes=", ".join(sorted(FORMS))),
        )
    known = list(ids) or _all_ids(workspace, form.record_kind)
    chosen = known if ids or code != "F12" else _with_evidence(workspace, known)
    if not chosen:
        raise UserError(
            _("There is nothing in this workspace to print this form for."),
            _("Name what to print by its id; “mingcha list” shows the ids."),
        )
    if is_blank:
        values = [_blank(workspace, code, each) for each in chosen]
    else:
        values = [_GATHER[code](workspace, each) for each in chosen]
    report = replace(form.draw(values, target), left_out=len(known) - len(chosen))
    if workspace.lock is not None:
        with workspace.db.atomic():
            log_event(workspace, {"event": "printed", "form": code, "records": chosen})
    return report


def _blank(workspace: Workspace, code: str, name: str) -> VisitForm:
    if code != "F01":
        raise UserError(_("Only F01 is printed blank."), _("Leave out --blank."))
    checklists = {str(row["code"]): str(row["id"]) for row in all_rows(workspace.db, "checklist")}
    if name in checklists:
        return blank_checklist_form(workspace, checklists[name])
    return visit_form(workspace, name, is_blank=True)


def _with_evidence(workspace: Workspace, visits: Sequence[str]) -> list[str]:
    """A list without a line is for handwriting: nobody wants one of every visit."""
    owners = {row["owner_id"] for row in all_rows(workspace.db, "evidence") if not row["is_dropped"]}
    return [visit for visit in visits if visit in owners]


def _all_ids(workspace: Workspace, kind: str) -> list[str]:
    if kind == "visit":
        return [str(row["id"]) for row in visit_rows(workspace.db) if row["checklist_id"]]
    return [
        package.manifest_sha256
        for package in packages(workspace.db)
        if package.is_whole and package.direction != "relayed"
    ]
