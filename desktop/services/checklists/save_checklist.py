"""Checklists of the office: listed, shown, saved as a new version or a new checklist, taken in and out as files.

A checklist that is stored is never changed: visits cite it by its content. A new version is another record, and the
one before stays readable but is no longer offered.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.domain.checklist import Checklist, read_checklist
from desktop.domain.checklist_problems import total_points
from desktop.domain.points import show
from desktop.errors import UserError, system_reason
from desktop.i18n import _
from desktop.services.records.read_json import read_json_file
from desktop.services.records.references import OUT_OF_USE, find_by_name
from desktop.services.records.stored_checklist import stored_checklist
from desktop.services.workspace.journal import birth, change, log_event, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.seed_master_data import checklist_content
from desktop.services.workspace.workspace import Workspace
from desktop.storage.files import write_file
from desktop.storage.records import Row, all_rows, json_value
from desktop.storage.visit_list import visits_by_checklist

IN_USE = "启用"
_CODE = re.compile(r"([A-Z]{2,8})-([0-9]{4})-V([0-9]{1,4})")


@dataclass(frozen=True)
class ChecklistLine:
    """One row of the list; ``points`` as text, ``visits`` that use it."""

    id: str
    code: str
    name: str
    version: str
    items: int
    points: str
    visits: int
    is_in_use: bool


@dataclass(frozen=True)
class ChecklistChoices:
    """What the editor offers: the categories of the office, and the codes that are taken."""

    categories: tuple[str, ...]
    codes: frozenset[str]
    year: int


def list_checklists(workspace: Workspace) -> tuple[ChecklistLine, ...]:
    visits = visits_by_checklist(workspace.db)
    rows = all_rows(workspace.db, "checklist", "code, id")
    return tuple(_line(row, visits.get(str(row["id"]), 0)) for row in rows if row["items"] is not None)


def show_checklist(workspace: Workspace, checklist_id: str) -> Checklist:
    return stored_checklist(workspace.db, checklist_id)


def checklist_choices(workspace: Workspace) -> ChecklistChoices:
    return ChecklistChoices(
        tuple(str(row["name"]) for row in all_rows(workspace.db, "category", "sort_no, id") if row["name"]),
        frozenset(str(row["code"]) for row in all_rows(workspace.db, "checklist") if row["code"]),
        int(local_time(workspace.clock_ms())[:4]),
    )


def next_code(code: str, taken: frozenset[str]) -> str:
    """The code of the version after ``code``: the first free number of its year."""
    match = _CODE.fullmatch(code)
    if match is None:
        return code
    letters, year, number = match.group(1), match.group(2), int(match.group(3)) + 1
    while f"{letters}-{year}-V{number}" in taken:
        number += 1
    return f"{letters}-{year}-V{number}"


def save_checklist(workspace: Workspace, value: Mapping[str, Any], replaces: str = "") -> str:
    """Store a checklist under a code that is free; returns its id.

    ``replaces`` is the id of the version before, which is taken out of use; visits keep it.
    """
    if not workspace.is_office:
        raise UserError(
            _("Only the office keeps checklists; this workspace is a field node."),
            _("A changed checklist comes with the next mission package."),
        )
    checklist = read_checklist(dict(value))
    if any(row["code"] == checklist.code for row in all_rows(workspace.db, "checklist")):
        raise UserError(
            _("There is already a checklist with the code {code}.").format(code=checklist.code),
            _("Choose another code or the next version; what visits cite is never changed."),
        )
    checklist_id = workspace.new_id()
    parts = {"content": checklist_content(checklist), "state": {"status": IN_USE}}
    with workspace.db.atomic():
        write_entries(workspace, [birth(workspace, checklist_id, "checklist", parts)])
        log_event(workspace, {"event": "checklist_saved", "code": checklist.code}, checklist_id)
        if replaces:
            _put_status(workspace, replaces, OUT_OF_USE)
    return checklist_id


def use_checklist(workspace: Workspace, checklist: str, *, is_in_use: bool) -> str:
    """Offer a checklist to new missions, or no longer; returns its id."""
    row = find_by_name(workspace.db, "checklist", checklist)
    with workspace.db.atomic():
        _put_status(workspace, str(row["id"]), IN_USE if is_in_use else OUT_OF_USE)
    return str(row["id"])


def read_checklist_file(path: Path) -> Checklist:
    """A checklist from a file by its schema and by the rules of the domain; nothing is stored."""
    return read_checklist(_without_decimals(read_json_file(path, "checklist").value))


def write_checklist_file(workspace: Workspace, checklist_id: str, path: Path) -> Path:
    """Write a checklist as a file that ``read_checklist_file`` reads."""
    value = show_checklist(workspace, checklist_id).value
    data = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    try:
        write_file(path, data.encode())
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {reason}.").format(path=path.name, reason=system_reason(error)),
            _("Choose another folder."),
        ) from None
    return path


def _put_status(workspace: Workspace, checklist_id: str, status: str) -> None:
    write_entries(workspace, [change(workspace, checklist_id, "checklist", {"state": {"status": status}})])


def _line(row: Row, visits: int) -> ChecklistLine:
    items = json_value(row, "items", [])
    held = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return ChecklistLine(
        str(row["id"]),
        str(row["code"] or ""),
        str(row["name"] or ""),
        str(row["version"] or ""),
        len(held),
        show(total_points([{"points": item.get("points")} for item in held])),
        visits,
        row["status"] != OUT_OF_USE,
    )


def _without_decimals(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Numbers with a point as text: signed bytes hold no fractions."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: _without_decimals(inner) for key, inner in value.items()}
    return [_without_decimals(inner) for inner in value] if isinstance(value, list) else value
