"""Writing records into a spreadsheet that can be changed and read back: the ids travel with the rows."""

from pathlib import Path

from desktop.documents.read_sheet import SheetRow
from desktop.documents.sheet_columns import KINDS, Value
from desktop.documents.write_sheet import write_sheet
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.journal import log_event
from desktop.services.local_time import local_time
from desktop.services.sheet_kinds import MAPPINGS, shown_value
from desktop.services.unit_groups import group_of_units
from desktop.services.workspace import Workspace
from desktop.storage.records import Row, all_rows

_ORDER = {"unit": "sort_no, id", "target": "year, sort_no, id", "post": "unit_id, id", "site": "name, id"}


def export_sheet(workspace: Workspace, kind: str, target: Path) -> int:
    """Write one of the KINDS to a new xlsx; returns the number of rows."""
    if kind not in MAPPINGS:
        raise UserError(
            _("There is no sheet called {kind}.").format(kind=kind),
            _("The sheets are: {kinds}.").format(kinds=", ".join(MAPPINGS)),
        )
    record_type = MAPPINGS[kind].record_type
    rows = all_rows(workspace.db, record_type, _ORDER[record_type])
    names = _Names(workspace)
    written = write_sheet(kind, [_sheet_row(kind, row, names) for row in rows], target)
    with workspace.db.atomic():
        log_event(workspace, {"event": "exported_sheet", "sheet": kind, "rows": written})
    return written


class _Names:
    def __init__(self, workspace: Workspace) -> None:
        self.units = {row["id"]: row for row in all_rows(workspace.db, "unit")}
        self.categories = {row["id"]: row["name"] for row in all_rows(workspace.db, "category")}
        self.people = {row["id"]: row for row in all_rows(workspace.db, "person")}
        self.groups = group_of_units(workspace, int(local_time(workspace.clock_ms())[:4]))

    def of(self, record_type: str, record_id: str | int | None) -> Value | None:
        if record_type == "category":
            return self.categories.get(record_id)
        unit = self.units.get(record_id)
        return unit["name"] if unit else None


def _sheet_row(kind: str, row: Row, names: _Names) -> SheetRow:
    mapping = MAPPINGS[kind]
    values: dict[str, Value | None] = {}
    for fields in mapping.parts.values():
        for name in fields:
            if name in mapping.references:
                column, record_type = mapping.references[name]
                values[column] = names.of(record_type, row[name])
            else:
                values[mapping.renamed.get(name, name)] = shown_value(name, row[name])
    if kind == "units":
        values["group"] = names.groups.get(str(row["id"]))
    if kind == "people":
        person = names.people.get(row["person_id"])
        for name in ("name", "gender", "phone"):
            values[name] = (person[name] or None) if person else None
    columns = [column.field for column in KINDS[kind].columns]
    return SheetRow({name: values.get(name) for name in columns}, str(row["id"]))
