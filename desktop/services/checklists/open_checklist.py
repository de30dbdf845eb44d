"""A checklist opened in its editor: an empty one, the version after another, one from a file, or what was kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.services.checklists.keep_checklist import kept_checklist
from desktop.services.checklists.save_checklist import (
    ChecklistChoices,
    checklist_choices,
    read_checklist_file,
    show_checklist,
)
from desktop.services.workspace.workspace import Workspace

EMPTY_CHECKLIST: Mapping[str, Any] = {
    "code": "",
    "name": "",
    "mode": "明查",
    "object": "",
    "category": "",
    "note": "",
    "items": [],
}


@dataclass(frozen=True)
class OpenedChecklist:
    """``replaces``: the version it is to follow; ``was_kept``: it was being written and has not been saved."""

    value: Mapping[str, Any]
    replaces: str
    choices: ChecklistChoices
    was_kept: bool = False


def open_checklist(workspace: Workspace, checklist_id: str = "") -> OpenedChecklist:
    """The next version of ``checklist_id``; without one a new checklist.

    What was being written for the same and has not been saved is shown instead.
    """
    choices = checklist_choices(workspace)
    kept = kept_checklist(workspace)
    if kept is not None and kept.replaces == checklist_id:
        return OpenedChecklist(kept.value, checklist_id, choices, was_kept=True)
    value = show_checklist(workspace, checklist_id).value if checklist_id else EMPTY_CHECKLIST
    return OpenedChecklist(value, checklist_id, choices)


def open_checklist_file(workspace: Workspace, path: Path) -> OpenedChecklist:
    """A checklist from a file, to be looked at and saved under a code that is free."""
    return OpenedChecklist(read_checklist_file(path).value, "", checklist_choices(workspace))
