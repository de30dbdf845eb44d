"""Writing records into a spreadsheet that can be changed and read back: the ids travel with the rows."""

from pathlib import Path

from desktop.documents.write_sheet import write_sheet
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.master_data.sheet_kinds import MAPPINGS
from desktop.services.master_data.sheet_rows import SheetNames, sheet_row
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import all_rows

_ORDER = {"unit": "sort_no, id", "target": "year, sort_no, id", "post": "unit_id, id", "site": "name, id"}


def export_sheet(workspace: Workspace, kind: str, target: Path) -> int:
    """Write one of the KINDS to a new xlsx; returns the number of rows."""
    if kind not in MAPPINGS:
        raise UserError(
            _("There is no sheet called {kind}.").format(kind=kind),
            _("The sheets are: {kinds}.").format(kinds=", ".join(MAPPINGS)),
        )
    record_type = MAPPINGS[kind].record_type
    rows = all_rows(workspace.db, record_type, _ORDER[record_type])
    names = SheetNames(workspace)
    written = write_sheet(kind, [sheet_row(kind, row, names) for row in rows], target)
    with workspace.db.atomic():
        log_event(workspace, {"event": "exported_sheet", "sheet": kind, "rows": written})
    return written
