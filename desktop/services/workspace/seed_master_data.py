"""What a new office starts with: the target categories and the checklists that ship with the program."""

import json

from desktop.datafiles import RESOURCES
from desktop.domain.author import Statement
from desktop.domain.checklist import Checklist, read_checklist
from desktop.services.workspace.journal import birth
from desktop.services.workspace.workspace import Workspace


def seed_statements(workspace: Workspace) -> list[Statement]:
    """Births of every category and checklist in ``resources``; from then on they are the office's own."""
    statements = []
    categories = json.loads((RESOURCES / "categories.json").read_text(encoding="utf-8"))
    for category in categories:
        statements.append(birth(workspace, workspace.new_id(), "category", {"facts": category}))
    for path in sorted((RESOURCES / "checklists").glob("*.json")):
        checklist = read_checklist(json.loads(path.read_text(encoding="utf-8")), path.name)
        parts = {"content": checklist_content(checklist), "state": {"status": "启用"}}
        statements.append(birth(workspace, workspace.new_id(), "checklist", parts))
    return statements


def checklist_content(checklist: Checklist) -> dict[str, object]:
    """The part of a checklist record that a visit cites by its hash."""
    return {**checklist.value, "content_hash": checklist.content_hash}
