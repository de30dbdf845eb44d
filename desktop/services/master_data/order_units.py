"""The official order of units (行政序列): one place up or down."""

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.master_data.edit_master_data import check_office
from desktop.services.master_data.record_parts import part_of_row
from desktop.services.records.record_versions import ChangedMeanwhileError
from desktop.services.workspace.journal import change, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, all_rows

OFFICIAL_ORDER = "sort_no IS NULL, sort_no, id"
_STEP = 10


def move_unit(workspace: Workspace, unit_id: str, places: int) -> None:
    """Let a unit change places with the one before (-1) or behind it (1).

    Where two units have one number, all are numbered anew in steps of ten.
    """
    check_office(workspace)
    units = all_rows(workspace.db, "unit", OFFICIAL_ORDER)
    number = next((n for n, row in enumerate(units) if row["id"] == unit_id), None)
    if number is None:
        raise ChangedMeanwhileError
    other = number + places
    if not 0 <= other < len(units):
        raise UserError(
            _("This unit is the first one already.")
            if places < 0
            else _("This unit is the last one already.")
        )
    moved, passed = units[number], units[other]
    if _have_numbers_of_their_own(units):
        wanted = {str(moved["id"]): passed["sort_no"], str(passed["id"]): moved["sort_no"]}
    else:
        units[number], units[other] = passed, moved
        wanted = {str(row["id"]): place * _STEP for place, row in enumerate(units, 1)}
    statements = []
    for row in units:
        sort_no = wanted.get(str(row["id"]), row["sort_no"])
        if sort_no != row["sort_no"]:
            facts = {**part_of_row("unit", row, "facts"), "sort_no": sort_no}
            statements.append(change(workspace, str(row["id"]), "unit", {"facts": facts}))
    with workspace.db.atomic():
        write_entries(workspace, statements)


def _have_numbers_of_their_own(units: list[Row]) -> bool:
    numbers = {row["sort_no"] for row in units}
    return None not in numbers and len(numbers) == len(units)
