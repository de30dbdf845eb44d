"""Writes a spreadsheet of a declared kind, made to be filled in and read back."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from desktop.documents.read_sheet import SheetRow
from desktop.documents.sheet_columns import ID_HEADERS, KINDS, MOST_ROWS, Column, ColumnType, SheetKind, Value
from desktop.documents.sheet_style import HEAD, ID_HEAD, REQUIRED_HEAD, is_plain, styled, text_cell
from desktop.documents.target import Target, write_target
from desktop.documents.workbook_bytes import MemorySheet, workbook_bytes
from desktop.errors import UserError
from desktop.i18n import LANGUAGES, _, language

_TEXT_FORMAT = "@"
_DATE_FORMAT = "yyyy-mm-dd"
# A template without rows lets one choose from the allowed words this far down.
_LINES_TO_FILL = 1000


def write_sheet(kind_name: str, rows: Iterable[SheetRow], target: Target) -> int:
    """Write the rows and return how many; without rows it is the empty sheet to fill in.

    The first column holds the record ids, hidden and grey. Columns of codes are text down to the last line, so
    that an id of 18 digits typed later keeps them.
    """
    kind = KINDS[kind_name]
    count = 0

    def fill(sheet: MemorySheet) -> None:
        nonlocal count
        count = _fill(sheet, kind, rows)

    write_target(target, workbook_bytes([(kind.title(language()), fill)]))
    return count


def _fill(sheet: MemorySheet, kind: SheetKind, rows: Iterable[SheetRow]) -> int:
    _prepare(sheet, kind)
    sheet.append(list(_heads(sheet, kind)))
    count = 0
    for row in rows:
        count += 1
        if count > MOST_ROWS:
            raise UserError(
                _("More than {rows} rows do not fit into one sheet.").format(rows=f"{MOST_ROWS:,}"),
                _("Choose a part of them."),
            )
        values = (_cell(sheet, row.values.get(column.field)) for column in kind.columns)
        sheet.append([row.id, *values])
    _allow_only_choices(sheet, kind, count + _LINES_TO_FILL)
    sheet.auto_filter.ref = f"B1:{get_column_letter(len(kind.columns) + 1)}{count + 1}"
    return count


def _prepare(sheet: MemorySheet, kind: SheetKind) -> None:
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["A"].width = 38
    for number, column in enumerate(kind.columns, start=2):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if column.type in (ColumnType.CODE, ColumnType.TEXT):
            dimension.number_format = _TEXT_FORMAT
        elif column.type is ColumnType.DATE:
            dimension.number_format = _DATE_FORMAT


def _heads(sheet: MemorySheet, kind: SheetKind) -> Iterable[WriteOnlyCell]:
    yield styled(sheet, ID_HEADERS[LANGUAGES.index(language())], ID_HEAD)
    for column in kind.columns:
        name = column.header(language())
        cell = styled(
            sheet,
            f"{name}*" if column.is_required else name,
            REQUIRED_HEAD if column.is_required else HEAD,
        )
        cell.comment = Comment(_explanation(column), "明察", width=220, height=80)
        yield cell


def _explanation(column: Column) -> str:
    example = _("Example: {example}").format(example=column.example)
    if column.choices:
        example = _("Choose one of: {words}.").format(words=_(", ").join(column.choices))
    return f"{_('Must be filled in.')}\n{example}" if column.is_required else example


def _allow_only_choices(sheet: MemorySheet, kind: SheetKind, last_line: int) -> None:
    for number, column in enumerate(kind.columns, start=2):
        if column.choices:
            rule = DataValidation(
                type="list",
                formula1=f'"{",".join(column.choices)}"',
                allow_blank=True,
                showErrorMessage=True,
                showInputMessage=True,
            )
            letter = get_column_letter(number)
            rule.add(f"{letter}2:{letter}{last_line}")
            sheet.data_validations.append(rule)


def _cell(sheet: MemorySheet, value: Value | None) -> object:
    match value:
        case str():
            return value if is_plain(value) else text_cell(sheet, value)
        case date():
            cell = WriteOnlyCell(sheet, value)
            cell.number_format = _DATE_FORMAT
            return cell
        case Decimal() | int():
            return _number(sheet, value)
    return value


def _number(sheet: MemorySheet, value: Decimal | int) -> object:
    """A number the spreadsheet can hold exactly (15 digits), else its digits as text."""
    digits = f"{value:f}" if isinstance(value, Decimal) else str(value)
    significant = digits.lstrip("-").replace(".", "").lstrip("0")
    return value if len(significant) <= 15 else text_cell(sheet, digits)
