"""The fictitious city 云泽市 as it stands in ``resources/demo``: its units, targets and sites."""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.datafiles import RESOURCES
from desktop.documents.read_sheet import SheetRow
from desktop.documents.sheet_columns import KINDS, ColumnType, Value

FOLDER = RESOURCES / "demo"
NAME = "云泽市人民政府督查室"
YEAR = 2026

_PARSERS: Mapping[ColumnType, Callable[[str], Value]] = {
    ColumnType.INT: int,
    ColumnType.DECIMAL: Decimal,
    ColumnType.DATE: date.fromisoformat,
}


@dataclass(frozen=True)
class DemoUnit:
    name: str
    short: str
    kind: str


def read_demo_json(name: str) -> Any:  # noqa: ANN401  # every file has a shape of its own
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def demo_units() -> tuple[DemoUnit, ...]:
    """The 39 units in official order."""
    rows = (row.values for row in demo_rows("units"))
    return tuple(DemoUnit(str(row["name"]), str(row["short"]), str(row["kind"])) for row in rows)


def demo_rows(kind: str) -> tuple[SheetRow, ...]:
    """The rows of ``units.csv``, ``targets.csv`` or ``sites.csv``, as they go into a spreadsheet."""
    columns = {column.zh: column for column in KINDS[kind].columns}
    with (FOLDER / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            SheetRow(
                {
                    columns[head].field: _PARSERS.get(columns[head].type, str)(text) if text else None
                    for head, text in line.items()
                }
            )
            for line in csv.DictReader(file)
        )
