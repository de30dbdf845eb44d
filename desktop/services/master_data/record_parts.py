"""The parts of a record as its folded row shows them, to be written again with something changed."""

from desktop.domain.registry import RECORD_TYPES, Column
from desktop.storage.records import Row, json_value


def part_of_row(record_type: str, row: Row, part: str) -> dict[str, object]:
    """A part as it stands, also the fields no sheet has: a part is always written whole.

    For types without two parts that have a field of one name.
    """
    part_type = RECORD_TYPES[record_type].part(part)
    kinds = part_type.fields if part_type else {}
    return {
        name: json_value(row, name, None) if kind is Column.JSON else _as_stored(name, row[name])
        for name, kind in kinds.items()
        if row[name] is not None
    }


def _as_stored(name: str, value: str | int | None) -> object:
    return bool(value) if name.startswith("is_") else value
