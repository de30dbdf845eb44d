"""A record as a row of its sheet: names in the place of ids, words in the place of truth values."""

from desktop.documents.read_sheet import SheetRow
from desktop.documents.sheet_columns import KINDS, Value
from desktop.services.master_data.sheet_kinds import MAPPINGS, shown_value
from desktop.services.records.unit_groups import group_of_units
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, all_rows


class SheetNames:
    """What the references of a record are called."""

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


def sheet_row(kind: str, row: Row, names: SheetNames) -> SheetRow:
    """The row that an export writes for a record."""
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
