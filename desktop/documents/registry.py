"""The forms that can be printed for records; menus and ``mingcha print --list`` build themselves from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.documents import (
    departure_papers,
    form_covert,
    form_draw,
    form_evidence,
    form_interview,
    form_slip,
    form_visit,
)
from desktop.documents.drawing import FormReport
from desktop.documents.target import Target


@dataclass(frozen=True)
class Form:
    """``draw`` takes the values of one or more records; ``record_kind`` is the kind of record an id names.

    ``has_blank``: whether it is also printed to be filled in by hand.
    """

    code: str
    title: Callable[[], str]
    draw: Callable[[Sequence[Any], Target], FormReport]
    record_kind: str
    has_blank: bool = True


_FORMS = (
    Form(form_visit.FORM_CODE, form_visit.visit_form_title, form_visit.draw_visit_forms, "visit"),
    Form(form_covert.FORM_CODE, form_covert.covert_form_title, form_covert.draw_covert_records, "visit"),
    Form(
        form_covert.FEEDBACK_CODE,
        form_covert.feedback_form_title,
        form_covert.draw_covert_feedbacks,
        "visit",
    ),
    Form(
        form_interview.FORM_CODE,
        form_interview.interview_form_title,
        form_interview.draw_interviews,
        "visit",
    ),
    Form(
        form_evidence.FORM_CODE,
        form_evidence.evidence_form_title,
        form_evidence.draw_evidence_forms,
        "visit",
    ),
    Form(
        form_slip.FORM_CODE,
        form_slip.package_slip_title,
        form_slip.draw_package_slips,
        "package",
        has_blank=False,
    ),
    Form(
        form_draw.FORM_CODE,
        form_draw.draw_form_title,
        form_draw.draw_draw_forms,
        "mission",
        has_blank=False,
    ),
    Form(
        departure_papers.FORM_CODE,
        departure_papers.departure_papers_title,
        departure_papers.draw_departure_papers,
        "mission",
        has_blank=False,
    ),
)

FORMS: Mapping[str, Form] = {form.code: form for form in _FORMS}
