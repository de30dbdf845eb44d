"""Writing and reading a workbook of targets, 22 columns wide, against XlsxWriter, openpyxl and python-calamine.

XlsxWriter in constant memory and bare openpyxl write the same values without looks, checks or explanations; calamine
gives the same cells without making sense of them.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from benchmarks.pairs import Work, interleaved
from benchmarks.table import Result, not_measured
from desktop.documents.read_sheet import SheetRow, read_sheet
from desktop.documents.sheet_columns import KINDS, Column, ColumnType, Value
from desktop.documents.write_sheet import write_sheet

try:
    from xlsxwriter import Workbook as FastWorkbook
except ImportError:
    FastWorkbook = None

_KIND = KINDS["targets"]
Peer = Callable[[Path, list[list[object]]], None]


def measure(folder: Path, pairs: int, rows: int) -> list[Result]:
    dice = Random(5)
    records = [SheetRow({c.field: _value(c, dice, n) for c in _KIND.columns}) for n in range(rows)]
    plain = [[_plain(record.values[c.field]) for c in _KIND.columns] for record in records]
    name = f"xlsx of {rows:,} rows × {len(_KIND.columns)} columns"

    def ours(n: int) -> Work:
        return lambda: write_sheet("targets", records, folder / f"ours-{n}.xlsx")

    results = []
    for peer, write, bar in (
        ("XlsxWriter, constant memory", _xlsxwriter, 1.25),
        ("openpyxl", _openpyxl, None),
    ):
        if write is _xlsxwriter and FastWorkbook is None:
            results.append(not_measured(f"write {name}", peer, "XlsxWriter is not installed"))
            continue
        costs = interleaved(pairs, ours, _into(write, folder, plain))
        results.append(Result(f"write {name}", peer, *_cpu(costs), bar, f"≤ {bar}" if bar else ""))
    content = BytesIO()
    write_sheet("targets", records, content)
    data = content.getvalue()
    costs = interleaved(pairs, lambda _n: lambda: _read(data, rows), lambda _n: lambda: _calamine(data, rows))
    return [*results, Result(f"read {name}", "python-calamine", *_cpu(costs), 1.5, "≤ 1.5")]


def _cpu(costs: object) -> tuple[float, str]:
    return costs.ratio("cpu_seconds"), costs.text("cpu_seconds")


def _into(write: Peer, folder: Path, rows: list[list[object]]) -> Callable[[int], Work]:
    return lambda n: lambda: write(folder / f"peer-{n}.xlsx", rows)


def _value(column: Column, dice: Random, number: int) -> Value | None:
    if column.choices:
        return dice.choice(column.choices)
    match column.type:
        case ColumnType.INT:
            return 2026 if column.field == "year" else number
        case ColumnType.DECIMAL:
            return Decimal(dice.randint(1, 9999)) / 100
        case ColumnType.DATE:
            return date(2026, dice.randint(1, 12), 15)
        case ColumnType.CODE:
            return "S01" if column.field == "method" else f"{number:018}"
    return f"{column.zh}：第{number}项，办结率和满意度逐月上报"


def _plain(value: Value | None) -> object:
    return float(value) if isinstance(value, Decimal) else value


def _xlsxwriter(path: Path, rows: list[list[object]]) -> None:
    with FastWorkbook(str(path), {"constant_memory": True}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write_number(number, column, value)


def _openpyxl(path: Path, rows: list[list[object]]) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in rows:
        sheet.append(row)
    workbook.save(path)


def _read(data: bytes, rows: int) -> None:
    found = read_sheet(data, "targets")
    if len(found.rows) != rows or found.errors:
        raise AssertionError(found.errors[:3])


def _calamine(data: bytes, rows: int) -> None:
    lines = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    if len(lines) != rows + 1:
        raise AssertionError(len(lines))
