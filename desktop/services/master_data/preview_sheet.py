"""What a spreadsheet would change, row by row, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from desktop.documents.read_sheet import CellError, SheetRow
from desktop.documents.sheet_columns import KINDS, Column, Value
from desktop.domain.names import display_name
from desktop.services.master_data.import_rows import Outcome, RowOutcome
from desktop.services.master_data.import_sheet import plan_rows, read_rows
from desktop.services.master_data.read_sheet_file import read_sheet_file
from desktop.services.master_data.sheet_kinds import MAPPINGS
from desktop.services.master_data.sheet_rows import SheetNames, sheet_row
from desktop.services.workspace.workspace import Workspace, unreported
from desktop.storage.records import Row, all_rows


@dataclass(frozen=True)
class CellChange:
    """One cell that says something new; ``before`` is empty where nothing was there."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True)
class PreviewLine:
    """A row that makes or changes a record. ``number`` is its line in the sheet."""

    number: int
    name: str
    outcome: Outcome
    changes: tuple[CellChange, ...]
    remark: str


@dataclass(frozen=True)
class SheetPreview:
    """``lines``: the new and the changed ones, as they stand in the sheet. ``content``: the file that was read, so
    that exactly this is imported."""

    kind: str
    file_name: str
    content: bytes = field(repr=False)
    lines: tuple[PreviewLine, ...]
    unchanged: int
    errors: tuple[CellError, ...]

    def count(self, outcome: Outcome) -> int:
        if outcome is Outcome.UNCHANGED:
            return self.unchanged
        return sum(1 for line in self.lines if line.outcome is outcome)


def preview_sheet(workspace: Workspace, kind: str, path: Path) -> SheetPreview:
    """Read the file and compare it with what is here."""
    content = read_sheet_file(path)
    sheet = read_rows(workspace, kind, content)
    batch = plan_rows(workspace, kind, sheet, unreported)
    names = SheetNames(workspace)
    known = {str(row["id"]): row for row in all_rows(workspace.db, MAPPINGS[kind].record_type)}
    return SheetPreview(
        kind=kind,
        file_name=path.name,
        content=content,
        lines=tuple(
            _line(kind, outcome, known.get(outcome.record_id), names)
            for outcome in batch.outcomes
            if outcome.outcome is not Outcome.UNCHANGED
        ),
        unchanged=batch.count(Outcome.UNCHANGED),
        errors=tuple(sorted((*sheet.errors, *batch.errors), key=_place)),
    )


def _line(kind: str, outcome: RowOutcome, known: Row | None, names: SheetNames) -> PreviewLine:
    before = sheet_row(kind, known, names).values if known else {}
    return PreviewLine(
        number=outcome.row.number,
        name=str(outcome.row.values.get("name") or before.get("name") or ""),
        outcome=outcome.outcome,
        changes=_changes(kind, outcome.row, before),
        remark=outcome.remark,
    )


def _changes(kind: str, row: SheetRow, before: Mapping[str, Value | None]) -> tuple[CellChange, ...]:
    changes = []
    for column in KINDS[kind].columns:
        if column.field in row.values:
            old, new = _text(before.get(column.field)), _text(row.values[column.field])
            # What is empty of a yes-or-no says no.
            if old != new and not (column.field.startswith("is_") and {old, new} == {"", "否"}):
                changes.append(CellChange(column, old, new))
    return tuple(changes)


def _text(value: Value | None) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else display_name(str(value))


def _place(error: CellError) -> tuple[int, str]:
    """By line; an error of a whole row names no column."""
    digits = "".join(char for char in error.cell.rpartition("!")[2] if char.isdigit())
    return int(digits or 0), error.cell
