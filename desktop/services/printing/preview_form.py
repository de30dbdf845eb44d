"""A form for the screen: the drawing that goes on paper, as bytes, so that nothing readable is left on the disk."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.services.printing.print_form import list_forms, print_form
from desktop.services.workspace.workspace import Workspace


@dataclass(frozen=True)
class FormChoice:
    """A form by its code; ``has_blank``: whether it is also printed to be filled in by hand."""

    code: str
    title: str
    has_blank: bool


def form_choices() -> tuple[FormChoice, ...]:
    """The forms that can be printed, titles in the language of now."""
    return tuple(FormChoice(form.code, form.title(), form.has_blank) for form in list_forms())


def preview_form(workspace: Workspace, code: str, ids: Sequence[str], *, is_blank: bool = False) -> bytes:
    """The PDF that ``print_form`` would write."""
    out = io.BytesIO()
    print_form(workspace, code, ids, out, is_blank=is_blank)
    return out.getvalue()
