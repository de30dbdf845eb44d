"""Which record a name in a sheet or a form means, among those that are there and those that are being made."""

from collections.abc import Mapping

from desktop.documents.sheet_columns import Value
from desktop.i18n import _
from desktop.services.records.references import NotFoundError
from desktop.storage.driver import Database
from desktop.storage.records import Row, all_rows

_COLUMNS = ("uscc", "short", "name", "alias")
_TYPES = ("unit", "category")


class NameBook:
    """Names of units and categories."""

    def __init__(self, db: Database) -> None:
        self._found: dict[tuple[str, str, object], set[str]] = {}
        for record_type in _TYPES:
            for row in all_rows(db, record_type):
                self.add(record_type, str(row["id"]), row)

    def add(self, record_type: str, record_id: str, names: Row | Mapping[str, Value | None]) -> None:
        """Make a record known; of other types nobody asks for the name."""
        if record_type in _TYPES:
            for column in _COLUMNS:
                if names.get(column):
                    self._found.setdefault((record_type, column, names[column]), set()).add(record_id)

    def resolve(self, record_type: str, name: str) -> str:
        """The id of the one record of this name; raises NotFoundError for none and for several."""
        for column in _COLUMNS:
            found = self._found.get((record_type, column, name), set())
            if len(found) == 1:
                return next(iter(found))
            if found:
                raise NotFoundError(
                    _("“{text}” means {count} different records.").format(text=name, count=len(found)),
                    _("Use the full name or the credit code."),
                )
        raise NotFoundError(
            _("There is nothing called “{text}” in this workspace.").format(text=name),
            _("Check the spelling. If the unit is not on the list yet, add it there first.")
            if record_type == "unit"
            else _("Check the spelling, or import what it names first."),
        )
