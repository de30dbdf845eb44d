"""How the columns of a spreadsheet and the parts of a record belong together, for each kind of sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.documents.sheet_columns import Value

YES, NO = "是", "否"
MICRODEGREES = 1_000_000

Stored = str | int | bool
Resolve = Callable[[str, str], str]
"""(record type, name) → record id; raises UserError for a name that is unknown or not unique."""


@dataclass(frozen=True)
class SheetMapping:
    """``parts``: {part: fields}; ``references``: {field: (column, record type)}; ``renamed``: {field: column}.

    ``key``: the columns by which a row without an id finds its record again (decisions of the office: a unit by its
    credit code, a target by year, unit and name).
    """

    record_type: str
    parts: Mapping[str, tuple[str, ...]]
    key: tuple[tuple[str, ...], ...]
    references: Mapping[str, tuple[str, str]]
    renamed: Mapping[str, str]


_TARGET_FACTS = (
    "year", "sort_no", "code", "name", "category_id", "unit_id", "level", "kind", "measure_unit", "direction",
    "is_key", "is_livelihood",
)  # fmt: skip

MAPPINGS: Mapping[str, SheetMapping] = {
    "units": SheetMapping(
        "unit",
        {
            "facts": ("sort_no", "name", "short", "kind", "region_code", "uscc", "parent_id", "is_enforcement"),
            "contact": ("contact", "phone"),
        },
        (("uscc",), ("name",)),
        {"parent_id": ("parent", "unit")},
        {},
    ),
    "people": SheetMapping(
        "post",
        {"facts": ("unit_id", "title", "role", "from_date", "to_date", "basis")},
        (("unit", "name", "title"),),
        {"unit_id": ("unit", "unit")},
        {},
    ),
    "targets": SheetMapping(
        "target",
        {
            "facts": _TARGET_FACTS,
            "value": (
                "baseline", "target_value", "stretch", "adjusted_value", "adjusted_on", "adjusted_basis"
            ),
            "scoring": ("weight", "method"),
            "certifier": ("certifier", "data_source"),
        },
        (("year", "unit", "name"),),
        {"unit_id": ("unit", "unit"), "category_id": ("category", "category")},
        {},
    ),
    "sites": SheetMapping(
        "site",
        {"facts": ("name", "kind", "unit_id", "address", "contact", "lat_udeg", "lon_udeg")},
        (("unit", "name"),),
        {"unit_id": ("unit", "unit")},
        {"lat_udeg": "latitude", "lon_udeg": "longitude"},
    ),
}  # fmt: skip


def stored_value(field: str, value: Value | None) -> Stored:
    """A cell as it stands in a record: decimals and dates as text, yes and no as truth values, empty as ""."""
    match value:
        case None:
            return False if field.startswith("is_") else ""
        case Decimal() if field.endswith("_udeg"):
            return int(value * MICRODEGREES)
        case Decimal() | date():
            return str(value)
        case str() if field.startswith("is_"):
            return value == YES
    return value


def shown_value(field: str, value: str | int | None) -> Value | None:
    """A column of a folded table as it is written into a cell."""
    if value is None or value == "":
        return None
    if field.startswith("is_"):
        return YES if value else NO
    if field.endswith("_udeg"):
        return Decimal(value) / MICRODEGREES
    return value
