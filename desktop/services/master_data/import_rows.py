"""Turning the rows of a sheet into what has to be written: births, changes, members of groups.

Rows find their record by the id an export wrote, else by a natural key; a row that could mean two records is
refused, and one that says nothing new makes no entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from desktop.documents.read_sheet import CellError, SheetRow, SheetRows
from desktop.documents.sheet_columns import Value
from desktop.domain.author import Statement
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.master_data.name_book import NameBook
from desktop.services.master_data.persons_of_posts import PersonsOfPosts
from desktop.services.master_data.record_parts import part_of_row
from desktop.services.master_data.sheet_kinds import MAPPINGS, SheetMapping, stored_value
from desktop.services.master_data.sheet_rows import SheetNames
from desktop.services.master_data.unit_tree import UnitTree
from desktop.services.records.references import NotFoundError
from desktop.services.records.typed_texts import FieldError
from desktop.services.records.unit_names import UnitNames
from desktop.services.workspace.journal import birth, change
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, all_rows

Parts = dict[str, dict[str, object]]


class Outcome(StrEnum):
    """What a row does to its record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class RowOutcome:
    """``remark``: what whoever imports the row should know; empty in most cases."""

    row: SheetRow
    record_id: str
    outcome: Outcome
    remark: str = ""


@dataclass
class Batch:
    """What is being put together. ``groups``: {name: units}; the units of "" leave their groups."""

    statements: list[Statement] = field(default_factory=list)
    outcomes: list[RowOutcome] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)

    def count(self, outcome: Outcome) -> int:
        return sum(1 for each in self.outcomes if each.outcome is outcome)


class RowImporter:
    """Takes rows one after the other; ``batch`` is what they come to."""

    def __init__(self, workspace: Workspace, kind: str, sheet: SheetRows) -> None:
        self.batch = Batch()
        self._sheet = sheet
        self._workspace = workspace
        self._kind = kind
        self._mapping: SheetMapping = MAPPINGS[kind]
        self._taken: dict[str, int] = {}
        self._made: dict[tuple[object, ...], int] = {}
        self._rows = all_rows(workspace.db, self._mapping.record_type)
        self._by_id = {str(row["id"]): row for row in self._rows}
        self._by_key: dict[tuple[str, ...], dict[tuple[object, ...], list[Row]]] = {}
        units = self._rows if kind == "units" else ()
        self._unit_names = UnitNames(units, sheet.rows)
        self._tree = UnitTree(units)
        self._persons = PersonsOfPosts(workspace, self._rows if kind == "people" else ())
        self._names = NameBook(workspace.db)

    def take_or_note(self, row: SheetRow) -> None:
        """Take a row; what is wrong with it is noted among the errors."""
        try:
            self.take(row)
        except FieldError as error:
            place = self._sheet.place(row, error.field)
            self.batch.errors.append(CellError(place, error.problem, error.advice))
        except UserError as error:
            self.batch.errors.append(CellError(self._sheet.place(row), error.problem, error.advice))

    def take(self, row: SheetRow, person_id: str | None = None) -> None:
        """Take a row. ``person_id``: whose post a new one is (“” for a person of that name who is not known yet);
        by default a person of that name who has a post in that unit already."""
        known = self.find(row)
        if known is not None:
            self._refuse_same_as(self._taken.setdefault(str(known["id"]), row.number), row)
        if self._kind == "units":
            self._unit_names.claim(str(known["id"]) if known else "", row)
        parts = self._parts(row.values)
        if known is None:
            self._make(row, parts, person_id)
        else:
            self._change(known, row, parts)

    def find(self, row: SheetRow) -> Row | None:
        """The record a row means, or None for a new one."""
        if row.id is not None:
            if row.id not in self._by_id:
                raise UserError(
                    _("The record of this row does not exist here."),
                    _("Clear the id to make a new record, or take the sheet exported from this workspace."),
                )
            return self._by_id[row.id]
        for key in self._mapping.key:
            if row.values.get(key[0]):
                found = self._index(key).get(tuple(self._asked(row, column) for column in key), [])
                if len(found) > 1:
                    raise UserError(
                        _("This row could mean {count} different records.").format(count=len(found)),
                        _("Export the sheet first and change it there: it then carries the ids."),
                    )
                if found:
                    return found[0]
        return None

    def _make(self, row: SheetRow, parts: Parts, person_id: str | None) -> None:
        self._refuse_second(row)
        record_id = self._workspace.new_id()
        if self._kind == "units":
            self._tree.put(record_id, str(parts["facts"].get("parent_id") or ""))
        remark = ""
        if self._kind == "people":
            unit_id = str(parts["facts"]["unit_id"])
            person, remark = self._persons.person_for(row, unit_id, person_id, self.batch.statements)
            parts["facts"]["person_id"] = person
        self.batch.statements.append(birth(self._workspace, record_id, self._mapping.record_type, parts))
        self._names.add(self._mapping.record_type, record_id, row.values)
        self._group(record_id, row)
        self.batch.outcomes.append(RowOutcome(row, record_id, Outcome.NEW, remark))

    def _refuse_second(self, row: SheetRow) -> None:
        """A record that an earlier row of this sheet makes is not made twice."""
        for key in self._mapping.key:
            if row.values.get(key[0]):
                names = [self._asked(row, column) for column in key]
                self._refuse_same_as(self._made.setdefault((*key, *names), row.number), row)

    def _refuse_same_as(self, number: int, row: SheetRow) -> None:
        if number != row.number:
            raise UserError(
                _("This row means the same record as row {number}.").format(number=number),
                _("Leave one of the two out."),
            )

    def _change(self, known: Row, row: SheetRow, parts: Parts) -> None:
        record_id = str(known["id"])
        changed = {
            name: {**part_of_row(self._mapping.record_type, known, name), **value}
            for name, value in parts.items()
            if any(_stored(known, column) != new for column, new in value.items())
        }
        if "parent_id" in parts.get("facts", {}) and self._kind == "units":
            self._tree.put(record_id, str(parts["facts"]["parent_id"] or ""))
        is_other_person = self._kind == "people" and self._persons.change(
            str(known["person_id"]), row, self.batch.statements
        )
        if changed:
            statement = change(self._workspace, record_id, self._mapping.record_type, changed)
            self.batch.statements.append(statement)
        is_moved = self._group(record_id, row)
        is_changed = bool(changed) or is_other_person or is_moved
        outcome = Outcome.CHANGED if is_changed else Outcome.UNCHANGED
        self.batch.outcomes.append(RowOutcome(row, record_id, outcome))

    def _parts(self, values: Mapping[str, Value | None]) -> Parts:
        parts: Parts = {}
        for part, fields in self._mapping.parts.items():
            for name in fields:
                column, record_type = self._mapping.references.get(
                    name, (self._mapping.renamed.get(name, name), "")
                )
                if column not in values:
                    continue
                value = values[column]
                if record_type:
                    resolved = self._resolve(record_type, column, str(value)) if value else ""
                    parts.setdefault(part, {})[name] = resolved
                else:
                    parts.setdefault(part, {})[name] = stored_value(name, value)
        return parts

    def _resolve(self, record_type: str, column: str, name: str) -> str:
        try:
            return self._names.resolve(record_type, name)
        except NotFoundError as error:
            raise FieldError(column, error.problem, error.advice) from None

    def _index(self, key: tuple[str, ...]) -> dict[tuple[object, ...], list[Row]]:
        if key not in self._by_key:
            index: dict[tuple[object, ...], list[Row]] = {}
            for row in self._rows:
                index.setdefault(tuple(self._said(row, column) for column in key), []).append(row)
            self._by_key[key] = index
        return self._by_key[key]

    def _said(self, row: Row, column: str) -> object:
        """What a record says in a column of a key, as ``_asked`` has it."""
        if column == "unit":
            return row["unit_id"]
        if column == "name" and self._kind == "people":
            return self._persons.name_of(row)
        return row[column] or ""

    def _asked(self, row: SheetRow, column: str) -> object:
        value = row.values.get(column)
        return self._resolve("unit", column, str(value)) if column == "unit" else value or ""

    def _group(self, record_id: str, row: SheetRow) -> bool:
        """Note the group of a unit; whether it is another one than before. An emptied cell leads out of the group."""
        if self._kind != "units" or "group" not in row.values:
            return False
        name = str(row.values["group"] or "")
        if name == (self._shown_names.groups.get(record_id) or ""):
            return False
        self.batch.groups.setdefault(name, []).append(record_id)
        return True

    @cached_property
    def _shown_names(self) -> SheetNames:
        return SheetNames(self._workspace)


def _stored(known: Row, column: str) -> object:
    """What a column says now; an empty one says no, or nothing."""
    value = known[column]
    if value is None:
        return False if column.startswith("is_") else ""
    return value
