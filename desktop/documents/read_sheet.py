"""Reads a spreadsheet of a declared kind: values, or for every faulty cell what is wrong and what to do."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from types import MappingProxyType

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from desktop.documents.cell_value import Fault, Raw, is_blank, parse_cell
from desktop.documents.sheet_columns import (
    ID_HEADERS,
    KINDS,
    MOST_COLUMNS,
    MOST_ROWS,
    Column,
    ColumnType,
    SheetKind,
    Value,
)
from desktop.documents.workbook_file import HiddenFaults, NotAWorkbookError, check_workbook, damaged
from desktop.domain.ids import RECORD_ID
from desktop.errors import UserError
from desktop.i18n import LANGUAGES, _, language

# Titles and remarks may stand above the heads.
_MOST_LINES_ABOVE = 10
_ID = Column("id", *ID_HEADERS, ColumnType.CODE)
_NO_FAULTS = HiddenFaults(frozenset(), frozenset())


@dataclass(frozen=True)
class SheetRow:
    """One record: ``number`` is its line in the sheet (0 when it does not come from one), ``id`` the record id that
    an export wrote. ``values`` has a key for every column of the sheet; None is an empty cell."""

    values: Mapping[str, Value | None]
    id: str | None = None
    number: int = 0


@dataclass(frozen=True)
class CellError:
    """``cell`` as Sheet!B7."""

    cell: str
    problem: str
    fix: str


@dataclass(frozen=True)
class SheetRows:
    """Rows with a faulty cell are not among ``rows``. ``letters``: {field: column of the sheet called ``name``}."""

    rows: tuple[SheetRow, ...]
    errors: tuple[CellError, ...]
    name: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)

    def place(self, row: SheetRow, field: str = "") -> str:
        """Where a field of a row stands, as Sheet!B7; without a field the whole row, as Sheet!7."""
        return f"{self.name}!{self.letters.get(field, '')}{row.number}"


def read_sheet(content: bytes, kind_name: str) -> SheetRows:
    """Read the sheet named after the kind, or the first one.

    Heads are found by their Chinese or English names in any order; an unknown head is an error, for nothing that
    somebody filled in may be lost silently. A file that is no xlsx, is protected or too large is refused
    (NotAWorkbookError) before it is parsed.
    """
    kind = KINDS[kind_name]
    faults = check_workbook(content)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        sheet = workbook.get_sheet_by_name(_sheet_name(workbook.sheet_names, kind))
        lines = _lines(sheet)
    except CalamineError as error:
        raise damaged() from error
    reader = _Reader(kind, sheet.name, faults.get(sheet.name, _NO_FAULTS))
    return reader.read(lines)


def _sheet_name(names: list[str], kind: SheetKind) -> str:
    if not names:
        raise damaged()
    titles = {kind.title(one) for one in LANGUAGES}
    return next((name for name in names if name.strip() in titles), names[0])


def _lines(sheet: CalamineSheet) -> list[list[Raw]]:
    if sheet.total_height > MOST_ROWS + _MOST_LINES_ABOVE or sheet.total_width > MOST_COLUMNS:
        raise NotAWorkbookError(
            _("At most {rows} rows and {columns} columns can be read.").format(
                rows=f"{MOST_ROWS:,}", columns=MOST_COLUMNS
            ),
            _("Delete what stands outside the table, or split the table into several files."),
        )
    # With the empty area, or the addresses of faulty cells would be off.
    return sheet.to_python(skip_empty_area=False)


class _Reader:
    def __init__(self, kind: SheetKind, sheet_name: str, faults: HiddenFaults) -> None:
        self._kind = kind
        self._sheet_name = sheet_name
        self._faults = faults
        self._errors: list[CellError] = []
        self._columns: dict[int, Column] = {}
        self._unknown: set[int] = set()

    def read(self, lines: list[list[Raw]]) -> SheetRows:
        head = self._find_head(lines)
        if head is None:
            self._refuse_other_kind(lines, 0)
            raise UserError(
                _("The sheet “{sheet}” has no line of column heads for {kind}.").format(
                    sheet=self._sheet_name, kind=self._kind.title(language())
                ),
                _("Export an empty sheet of this kind and fill it in."),
            )
        self._refuse_other_kind(lines, _known_count(lines[head], self._kind))
        self._read_head(lines[head], head)
        rows = tuple(self._rows(lines, head + 1))
        letters = {column.field: get_column_letter(at + 1) for at, column in self._columns.items()}
        return SheetRows(rows, tuple(self._errors), self._sheet_name, letters)

    def _refuse_other_kind(self, lines: list[list[Raw]], known: int) -> None:
        """One sentence for the wrong file instead of an error for each of its columns."""
        top = lines[: _MOST_LINES_ABOVE + 1]
        counts = {kind: max((_known_count(line, kind) for line in top), default=0) for kind in KINDS.values()}
        other = max(counts, key=lambda kind: counts[kind])
        if counts[other] > known and not self._has_required(top):
            raise UserError(
                _("This sheet looks like {other}, not like {kind}.").format(
                    other=other.title(language()), kind=self._kind.title(language())
                ),
                _("Choose the right file, or import it as what it is."),
            )

    def _has_required(self, lines: list[list[Raw]]) -> bool:
        known = _known_heads(self._kind)
        required = {column for column in self._kind.columns if column.is_required}
        return any(required <= {known.get(_head_key(cell)) for cell in line} for line in lines)

    def _find_head(self, lines: list[list[Raw]]) -> int | None:
        """The line among the first ones that has most of the known heads."""
        counts = [_known_count(line, self._kind) for line in lines[: _MOST_LINES_ABOVE + 1]]
        best = max(counts, default=0)
        return counts.index(best) if best else None

    def _read_head(self, line: list[Raw], number: int) -> None:
        known = _known_heads(self._kind)
        for position, cell in enumerate(line):
            column = known.get(_head_key(cell))
            if is_blank(cell):
                continue
            if column is None:
                self._fail(
                    number,
                    position,
                    _("The column “{head}” is not known here.").format(head=cell),
                    _("Correct its name, or delete the column."),
                )
                self._unknown.add(position)
            elif column in self._columns.values():
                self._unknown.add(position)
                self._fail(
                    number,
                    position,
                    _("The column “{head}” is there twice.").format(head=cell),
                    _("Delete one of the two."),
                )
            else:
                self._columns[position] = column
        for column in self._kind.columns:
            if column.is_required and column not in self._columns.values():
                self._fail(
                    number,
                    0,
                    _("The column “{head}” is missing.").format(head=column.header(language())),
                    _("Add the column and fill it in."),
                )

    def _rows(self, lines: list[list[Raw]], first: int) -> Iterator[SheetRow]:
        seen: dict[str, int] = {}
        for number in range(first, len(lines)):
            line = lines[number]
            if all(is_blank(cell) for cell in line) and not self._has_hidden_fault(number, len(line)):
                continue
            before = len(self._errors)
            values = self._row_values(line, number)
            record_id = values.pop(_ID.field, None)
            if isinstance(record_id, str):
                self._check_id(record_id, number, seen)
            if len(self._errors) == before:
                text_id = record_id if isinstance(record_id, str) else None
                yield SheetRow(MappingProxyType(values), text_id, number + 1)

    def _row_values(self, line: list[Raw], number: int) -> dict[str, Value | None]:
        values: dict[str, Value | None] = {}
        for position, raw in enumerate(line):
            column = self._columns.get(position)
            if fault := self._hidden_fault(number, position):
                self._fail(number, position, fault.problem, fault.fix)
            elif column is None:
                if not is_blank(raw) and position not in self._unknown:
                    self._fail(
                        number,
                        position,
                        _("This cell stands in a column without a head."),
                        _("Give the column a head, or delete the cell."),
                    )
            else:
                values[column.field] = self._value(raw, column, number, position)
        return values

    def _value(self, raw: Raw, column: Column, number: int, position: int) -> Value | None:
        if is_blank(raw):
            if column.is_required:
                self._fail(
                    number,
                    position,
                    _("“{head}” is empty.").format(head=column.header(language())),
                    _("Fill it in, such as {example}.").format(example=column.example),
                )
            return None
        value = parse_cell(raw, column)
        if isinstance(value, Fault):
            self._fail(number, position, value.problem, value.fix)
            return None
        return value

    def _has_hidden_fault(self, number: int, width: int) -> bool:
        return any(self._hidden_fault(number, position) for position in range(width))

    def _hidden_fault(self, number: int, position: int) -> Fault | None:
        if not (self._faults.errors or self._faults.formulas):
            return None
        place = _place(number, position)
        if place in self._faults.errors:
            return Fault(
                _("The formula in this cell gives an error."), _("Correct the formula, or type the value.")
            )
        if place in self._faults.formulas:
            return Fault(
                _("The result of the formula in this cell is not stored in the file."),
                _("Open the file in Excel or WPS, save it, and try again; or type the value."),
            )
        return None

    def _check_id(self, record_id: str, number: int, seen: dict[str, int]) -> None:
        position = next(at for at, column in self._columns.items() if column is _ID)
        if not RECORD_ID.fullmatch(record_id):
            self._fail(
                number,
                position,
                _("“{text}” is not a record id.").format(text=record_id),
                _("Leave this cell empty for a new line, and as it was exported for an old one."),
            )
        elif record_id in seen:
            self._fail(
                number,
                position,
                _("The same record id stands in line {line}.").format(line=seen[record_id] + 1),
                _("Empty this cell in the line that is a copy."),
            )
        seen.setdefault(record_id, number)

    def _fail(self, number: int, position: int, problem: str, fix: str) -> None:
        self._errors.append(CellError(f"{self._sheet_name}!{_place(number, position)}", problem, fix))


def _place(number: int, position: int) -> str:
    return f"{get_column_letter(position + 1)}{number + 1}"


def _known_heads(kind: SheetKind) -> Mapping[str, Column]:
    return {_head_key(name): column for column in (*kind.columns, _ID) for name in (column.zh, column.en)}


def _known_count(line: list[Raw], kind: SheetKind) -> int:
    known = _known_heads(kind)
    return sum(_head_key(cell) in known for cell in line)


def _head_key(cell: Raw) -> str:
    """Heads match without regard to blanks, the star of required columns, and the width of letters."""
    if not isinstance(cell, str):
        return ""
    normal = unicodedata.normalize("NFKC", cell).casefold()
    return "".join(char for char in normal if not char.isspace() and char != "*")
