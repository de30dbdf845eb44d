"""Who stands above whom: no unit may come to stand above itself."""

from collections.abc import Iterable

from desktop.errors import UserError
from desktop.i18n import _
from desktop.storage.records import Row


class UnitTree:
    """The parents of units, before and while rows of a sheet are imported."""

    def __init__(self, units: Iterable[Row]) -> None:
        self._parents = {str(unit["id"]): str(unit["parent_id"] or "") for unit in units}

    def put(self, unit_id: str, parent_id: str) -> None:
        """Put a unit below another one ("" for none); raises UserError where that would be a circle."""
        seen = {unit_id}
        above = parent_id
        while above and above not in seen:
            seen.add(above)
            above = self._parents.get(above, "")
        if above == unit_id:
            raise UserError(
                _("This unit would stand above itself."),
                _("Choose a parent unit that is not below this one."),
            )
        self._parents[unit_id] = parent_id
