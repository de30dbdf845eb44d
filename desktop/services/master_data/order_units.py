"""The official order of units (行政序列): one place up or down."""

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.master_data.change_places import numbers_after
from desktop.services.master_data.edit_master_data import check_office
from desktop.services.master_data.record_parts import part_of_row
from desktop.services.records.record_versions import ChangedMeanwhileError
from desktop.services.workspace.journal import change, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import all_rows

OFFICIAL_ORDER = "sort_no IS NULL, sort_no, id"


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
    wanted = numbers_after(units, number, places)
    statements = []
    for row in units:
        if str(row["id"]) in wanted:
            facts = {**part_of_row("unit", row, "facts"), "sort_no": wanted[str(row["id"])]}
            statements.append(change(workspace, str(row["id"]), "unit", {"facts": facts}))
    with workspace.db.atomic():
        write_entries(workspace, statements)
