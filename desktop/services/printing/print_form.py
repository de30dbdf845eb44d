"""Printing forms: the values are gathered here, the drawing is done by the documents layer.

Only what the record says is printed: times stand as they were entered, scores as they are computed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.documents.drawing import FormReport
from desktop.documents.registry import FORMS, Form
from desktop.documents.target import Target
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.missions.mission_draws import drawn_missions
from desktop.services.packages.package_slip import package_slip
from desktop.services.printing.blank_form import blank_form
from desktop.services.printing.covert_form import covert_feedback, covert_record
from desktop.services.printing.departure_papers import departure_papers
from desktop.services.printing.draw_form import draw_forms
from desktop.services.printing.evidence_form import evidence_form
from desktop.services.printing.interview_form import interview_forms
from desktop.services.records.open_secret import with_opened_plan
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.visit_form import visit_form
from desktop.services.visits.visit_head import COVERT
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace
from desktop.storage.packages import packages
from desktop.storage.visit_list import visit_rows

_GATHER: Mapping[str, Callable[[Workspace, str], Any]] = {
    "F01": visit_form,
    "F02": covert_record,
    "F02b": covert_feedback,
    "F12": evidence_form,
    "F13": package_slip,
    "P01": departure_papers,
}

_SEVERAL: Mapping[str, Callable[[Workspace, str], Sequence[Any]]] = {
    "F04": interview_forms,
    "F14": draw_forms,
}
"""Forms of which one record may have several."""


_ABOUT: Mapping[str, Callable[[VisitView], object]] = {
    "F02": lambda view: view.observations,
    "F02b": lambda view: view.observations,
    "F04": lambda view: view.interviews,
    "F12": lambda view: view.evidence,
}


_COVERT_FORMS = ("F02", "F02b")


def list_forms() -> list[Form]:
    """The forms that can be printed, by code."""
    return [FORMS[code] for code in sorted(FORMS)]


def print_form(
    workspace: Workspace, code: str, ids: Sequence[str], target: Target, *, is_blank: bool = False
) -> FormReport:
    """Draw a form for records, one after the other in one PDF; without ids, for every record of its kind.

    Without ids, visits with nothing that the form is about (evidence, observations, interviews) are left out, and the
    report counts them. ``is_blank``: without results, for a visit, a checklist named by its code (F01), or any visit.
    """
    form = FORMS.get(code)
    if form is None:
        raise UserError(
            _("There is no form {code}.").format(code=code),
            _("The forms are: {codes}.").format(codes=", ".join(sorted(FORMS))),
        )
    known = list(ids) or (
        drawn_missions(workspace) if code == "F14" else _all_ids(workspace, form.record_kind)
    )
    chosen = known if ids else [each for each in known if _is_wanted(workspace, code, each, is_blank)]
    if not chosen:
        raise UserError(
            _("There is nothing in this workspace to print this form for."),
            _("Name what to print by its id; “mingcha list” shows the ids."),
        )
    if is_blank:
        values = [blank_form(workspace, code, each) for each in chosen]
    elif code in _SEVERAL:
        values = [form for each in chosen for form in _SEVERAL[code](workspace, each)]
    else:
        values = [_GATHER[code](workspace, each) for each in chosen]
    report = replace(form.draw(values, target), left_out=len(known) - len(chosen))
    if workspace.lock is not None:
        with workspace.db.atomic():
            log_event(workspace, {"event": "printed", "form": code, "records": chosen})
    return report


def _is_wanted(workspace: Workspace, code: str, record_id: str, is_blank: bool) -> bool:
    """Whether everybody who names no record means this one, too: a form that would stay empty is not wanted."""
    if code not in _ABOUT:
        return True
    view = with_opened_plan(workspace, read_visit(workspace.db, record_id))
    if is_blank:
        return code not in _COVERT_FORMS or view.text("mode") == COVERT
    return bool(_ABOUT[code](view))


def _all_ids(workspace: Workspace, kind: str) -> list[str]:
    if kind == "visit":
        views = (read_visit(workspace.db, str(row["id"])) for row in visit_rows(workspace.db))
        return [view.id for view in views if with_opened_plan(workspace, view).text("checklist_id")]
    if kind == "mission":
        return sorted({str(row["mission_id"]) for row in visit_rows(workspace.db) if row["mission_id"]})
    return [
        package.manifest_sha256
        for package in packages(workspace.db)
        if package.is_whole and package.direction != "relayed"
    ]
