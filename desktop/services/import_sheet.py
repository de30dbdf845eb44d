"""Reading a spreadsheet into records: everything or nothing, unless the user takes the right rows only.

Rows find their record by the id an export wrote, else by a natural key; a row that could mean two records is
refused, and one that says nothing new makes no entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from desktop.documents.read_sheet import CellError, SheetRow, SheetRows, read_sheet
from desktop.documents.sheet_columns import KINDS, Value
from desktop.domain.author import Statement
from desktop.domain.registry import RECORD_TYPES, Column
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.journal import birth, change, log_event, write_entries
from desktop.services.references import NotFoundError
from desktop.services.sheet_kinds import MAPPINGS, SheetMapping, stored_value
from desktop.services.unit_groups import group_statements
from desktop.services.unit_names import UnitNames
from desktop.services.workspace import Workspace
from desktop.storage.records import Row, all_rows, json_value

_PERSON_PARTS = {"facts": ("name", "gender"), "contact": ("phone",)}
"""What a row of the people's sheet says about the person and not about the post."""


@dataclass(frozen=True)
class ImportedSheet:
    """How many records were made, changed and left alone. With errors and without ``skip`` nothing was."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[CellError, ...] = ()
    is_applied: bool = True


@dataclass
class _Batch:
    """What is being put together from one sheet."""

    statements: list[Statement] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    groups: dict[str, list[str]] = field(default_factory=dict)


def import_sheet(
    workspace: Workspace, kind: str, content: bytes, *, skips_errors: bool = False, is_dry_run: bool = False
) -> ImportedSheet:
    """Import an xlsx of one of the KINDS. Errors name sheet!cell; nothing is imported while there are any."""
    if not workspace.is_office:
        raise UserError(
            _("Master data is kept by the office; this workspace is a field node."),
            _("Import the sheet at the office; it comes here with the next package."),
        )
    if kind not in MAPPINGS:
        raise UserError(
            _("There is no sheet called {kind}.").format(kind=kind),
            _("The sheets are: {kinds}.").format(kinds=", ".join(MAPPINGS)),
        )
    sheet = read_sheet(content, kind)
    batch = _Importer(workspace, kind, sheet).run()
    errors = (*sheet.errors, *batch.errors)
    is_applied = not is_dry_run and (not errors or skips_errors)
    if is_applied and (batch.statements or batch.groups):
        with workspace.db.atomic():
            write_entries(workspace, batch.statements)
            write_entries(workspace, group_statements(workspace, batch.groups))
            log_event(workspace, {"event": "imported", "sheet": kind, "rows": len(sheet.rows)})
    return ImportedSheet(batch.created, batch.changed, batch.unchanged, errors, is_applied)


class _Importer:
    def __init__(self, workspace: Workspace, kind: str, sheet: SheetRows) -> None:
        self._workspace = workspace
        self._kind = kind
        self._sheet = sheet
        self._mapping: SheetMapping = MAPPINGS[kind]
        self._batch = _Batch()
        self._taken: dict[str, int] = {}
        self._made: dict[tuple[object, ...], int] = {}
        self._persons: dict[str, tuple[int, Mapping[str, Mapping[str, object]]]] = {}
        self._unit_names = UnitNames(self._rows if kind == "units" else (), sheet.rows)

    def run(self) -> _Batch:
        for row in self._sheet.rows:
            try:
                self._take(row)
            except UserError as error:
                place = f"{KINDS[self._kind].zh}!{row.number}"
                self._batch.errors.append(CellError(place, error.problem, error.advice))
        return self._batch

    def _take(self, row: SheetRow) -> None:
        known = self._find(row)
        if known is not None:
            self._refuse_same_as(self._taken.setdefault(str(known["id"]), row.number), row)
        if self._kind == "units":
            self._unit_names.claim(str(known["id"]) if known else "", row)
        parts = self._parts(row.values)
        if known is None:
            self._make(row, parts)
        else:
            self._change(known, row, parts)

    def _make(self, row: SheetRow, parts: dict[str, dict[str, object]]) -> None:
        self._refuse_second(row)
        record_id = self._workspace.new_id()
        if self._kind == "people":
            parts["facts"]["person_id"] = self._person(row)
        statement = birth(self._workspace, record_id, self._mapping.record_type, parts)
        self._batch.statements.append(statement)
        self._batch.created += 1
        self._names.setdefault(self._mapping.record_type, []).append((record_id, row.values))
        self._group(record_id, row)

    def _refuse_second(self, row: SheetRow) -> None:
        """A record that an earlier row of this sheet makes is not made twice."""
        for key in self._mapping.key:
            if row.values.get(key[0]):
                names = [
                    self._resolve(c, str(row.values[c])) if c == "unit" else row.values.get(c) for c in key
                ]
                self._refuse_same_as(self._made.setdefault((*key, *names), row.number), row)

    def _refuse_same_as(self, number: int, row: SheetRow) -> None:
        if number != row.number:
            raise UserError(
                _("This row means the same record as row {number}.").format(number=number),
                _("Leave one of the two out."),
            )

    def _change(self, known: Row, row: SheetRow, parts: dict[str, dict[str, object]]) -> None:
        record_id = str(known["id"])
        changed = {
            name: {**self._shown_part(known, name), **value}
            for name, value in parts.items()
            if any(_stored(known, column) != new for column, new in value.items())
        }
        is_person_changed = self._kind == "people" and self._change_person(str(known["person_id"]), row)
        if changed:
            statement = change(self._workspace, record_id, self._mapping.record_type, changed)
            self._batch.statements.append(statement)
        if changed or is_person_changed:
            self._batch.changed += 1
        else:
            self._batch.unchanged += 1
        self._group(record_id, row)

    def _change_person(self, person_id: str, row: SheetRow) -> bool:
        """Bring what the row says about the person into the record of the person; whether anything is new."""
        known = self._people.get(person_id)
        if known is None:
            return False
        changed = {
            part: {name: row.values.get(name, known[name]) or "" for name in fields}
            for part, fields in _PERSON_PARTS.items()
            if any(name in row.values and (row.values[name] or "") != (known[name] or "") for name in fields)
        }
        if not changed:
            return False
        number, said_before = self._persons.setdefault(person_id, (row.number, changed))
        if said_before != changed:
            self._refuse_same_as(number, row)
        if number == row.number:
            self._batch.statements.append(change(self._workspace, person_id, "person", changed))
        return True

    def _shown_part(self, known: Row, part: str) -> dict[str, object]:
        """The part as it stands, also the fields no sheet has: a part is always written whole."""
        part_type = RECORD_TYPES[self._mapping.record_type].part(part)
        kinds = part_type.fields if part_type else {}
        return {
            name: json_value(known, name, None) if kind is Column.JSON else _as_stored(name, known[name])
            for name, kind in kinds.items()
            if known[name] is not None
        }

    def _parts(self, values: Mapping[str, Value | None]) -> dict[str, dict[str, object]]:
        parts: dict[str, dict[str, object]] = {}
        for part, fields in self._mapping.parts.items():
            for name in fields:
                column, record_type = self._mapping.references.get(
                    name, (self._mapping.renamed.get(name, name), "")
                )
                if column not in values:
                    continue
                value = values[column]
                if record_type:
                    parts.setdefault(part, {})[name] = self._resolve(record_type, str(value)) if value else ""
                else:
                    parts.setdefault(part, {})[name] = stored_value(name, value)
        return parts

    def _find(self, row: SheetRow) -> Row | None:
        if row.id is not None:
            found = [r for r in self._rows if r["id"] == row.id]
            if not found:
                raise UserError(
                    _("The record of this row does not exist here."),
                    _("Clear the id to make a new record, or take the sheet exported from this workspace."),
                )
            return found[0]
        for key in self._mapping.key:
            if row.values.get(key[0]):
                found = [r for r in self._rows if all(self._matches(r, c, row.values.get(c)) for c in key)]
                if len(found) > 1:
                    raise UserError(
                        _("This row could mean {count} different records.").format(count=len(found)),
                        _("Export the sheet first and change it there: it then carries the ids."),
                    )
                if found:
                    return found[0]
        return None

    def _matches(self, row: Row, column: str, value: Value | None) -> bool:
        if column == "unit":
            return row["unit_id"] == self._resolve("unit", str(value))
        if column == "name" and self._kind == "people":
            return self._name_of(row) == value
        return (row[column] or "") == (value or "")

    @cached_property
    def _rows(self) -> list[Row]:
        return all_rows(self._workspace.db, self._mapping.record_type)

    @cached_property
    def _people(self) -> dict[str, Row]:
        return {str(row["id"]): row for row in all_rows(self._workspace.db, "person")}

    def _name_of(self, post: Row) -> str | int | None:
        person = self._people.get(str(post["person_id"]))
        return person["name"] if person else None

    @cached_property
    def _names(self) -> dict[str, list[tuple[str, Mapping[str, Value | None]]]]:
        """{record type: [(id, its names)]} of what is there and of what this sheet makes."""
        return {
            record_type: [(str(row["id"]), row) for row in all_rows(self._workspace.db, record_type)]
            for record_type in ("unit", "category", "post")
        }

    def _resolve(self, record_type: str, name: str) -> str:
        for column in ("uscc", "short", "name", "alias"):
            found = {record_id for record_id, names in self._names[record_type] if names.get(column) == name}
            if len(found) == 1:
                return found.pop()
            if found:
                raise NotFoundError(
                    _("“{text}” means {count} different records.").format(text=name, count=len(found)),
                    _("Use the full name or the credit code."),
                )
        raise NotFoundError(
            _("There is nothing called “{text}” in this workspace.").format(text=name),
            _("Check the spelling, or import what it names first."),
        )

    def _person(self, row: SheetRow) -> str:
        """The person of a new post: one of that name who already has a post in that unit, else a new one."""
        unit_id = self._resolve("unit", str(row.values["unit"]))
        name = row.values["name"]
        known = {
            str(post["person_id"])
            for post in self._rows
            if post["unit_id"] == unit_id and self._name_of(post) == name
        }
        if len(known) == 1:
            return known.pop()
        person_id = self._workspace.new_id()
        facts = {"name": name, "gender": row.values.get("gender") or ""}
        parts: dict[str, object] = {"facts": facts}
        if row.values.get("phone"):
            parts["contact"] = {"phone": row.values["phone"]}
        self._batch.statements.append(birth(self._workspace, person_id, "person", parts))
        return person_id

    def _group(self, record_id: str, row: SheetRow) -> None:
        if self._kind == "units" and row.values.get("group"):
            self._batch.groups.setdefault(str(row.values["group"]), []).append(record_id)


def _stored(known: Row, column: str) -> object:
    """What a column says now; an empty one says no, or nothing."""
    value = known[column]
    if value is None:
        return False if column.startswith("is_") else ""
    return value


def _as_stored(name: str, value: str | int | None) -> object:
    return bool(value) if name.startswith("is_") else value
