"""Names and short names of units: whoever writes one in a form or a sheet means exactly one unit."""

from collections.abc import Iterable

from desktop.documents.read_sheet import SheetRow
from desktop.errors import UserError
from desktop.i18n import _
from desktop.storage.records import Row

_COLUMNS = ("name", "short")


class UnitNames:
    """Which unit has which name, before and while the rows of a sheet are imported."""

    def __init__(self, units: Iterable[Row], rows: Iterable[SheetRow]) -> None:
        # What a row of the sheet is about to replace is free: two units may exchange their names.
        replaced = {(row.id, column) for row in rows for column in _COLUMNS if column in row.values}
        self._stored: dict[str, set[str]] = {}
        self._said: dict[str, tuple[str, int]] = {}
        for unit in units:
            for column in _COLUMNS:
                if unit[column] and (unit["id"], column) not in replaced:
                    self._stored.setdefault(str(unit[column]), set()).add(str(unit["id"]))

    def claim(self, unit_id: str, row: SheetRow) -> None:
        """Give the names of a row to a unit; raises UserError where another unit has one of them.

        ``unit_id`` is empty for a unit that the row makes.
        """
        owner = unit_id or f"row {row.number}"
        names = {str(row.values[column]) for column in _COLUMNS if row.values.get(column)}
        for name in sorted(names):
            other, number = self._said.get(name, (owner, 0))
            if other != owner:
                raise UserError(
                    _("Row {number} already has a unit called “{name}”.").format(number=number, name=name),
                    _("Give each unit a name and a short name of its own, or leave one of the two rows out."),
                )
            if self._stored.get(name, {owner}) != {owner}:
                raise UserError(
                    _("Another unit of this workspace is called “{name}”.").format(name=name),
                    _("Give each unit a name and a short name of its own, or change the other unit first."),
                )
        self._said.update((name, (owner, row.number)) for name in names)
