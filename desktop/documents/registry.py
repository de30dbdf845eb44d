"""The forms that can be printed for records; menus and ``mingcha print --list`` build themselves from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.documents import form_evidence, form_slip, form_visit
from desktop.documents.drawing import FormReport
from desktop.documents.target import Target


@dataclass(frozen=True)
class Form:
    """``draw`` takes the values of one or more records; ``record_kind`` is the kind of record an id names."""

    code: str
    title: Callable[[], str]
    draw: Callable[[Sequence[Any], Target], FormReport]
    record_kind: str


_FORMS = (
    Form(form_visit.FORM_CODE, form_visit.visit_form_title, form_visit.draw_visit_forms, "visit"),
    Form(
        form_evidence.FORM_CODE,
        form_evidence.evidence_form_title,
        form_evidence.draw_evidence_forms,
        "visit",
    ),
    Form(form_slip.FORM_CODE, form_slip.package_slip_title, form_slip.draw_package_slips, "package"),
)

FORMS: Mapping[str, Form] = {form.code: form for form in _FORMS}
