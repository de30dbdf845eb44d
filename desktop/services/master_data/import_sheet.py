"""Reading a spreadsheet into records: everything or nothing, unless the user takes the right rows only."""

from dataclasses import dataclass

from desktop.documents.read_sheet import CellError, SheetRows, read_sheet
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.master_data.import_rows import Batch, Outcome, RowImporter
from desktop.services.master_data.sheet_kinds import MAPPINGS
from desktop.services.records.unit_groups import group_statements
from desktop.services.workspace.journal import log_event, write_entries
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported


@dataclass(frozen=True)
class ImportedSheet:
    """How many records were made, changed and left alone. With errors and without ``skip`` nothing was."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[CellError, ...] = ()
    is_applied: bool = True


def import_sheet(
    workspace: Workspace,
    kind: str,
    content: bytes,
    *,
    skips_errors: bool = False,
    is_dry_run: bool = False,
    report_progress: ReportProgress = unreported,
) -> ImportedSheet:
    """Import an xlsx of one of the KINDS. Errors name sheet!cell; nothing is imported while there are any.

    Progress counts rows.
    """
    sheet = read_rows(workspace, kind, content)
    batch = plan_rows(workspace, kind, sheet, report_progress)
    errors = (*sheet.errors, *batch.errors)
    is_applied = not is_dry_run and (not errors or skips_errors)
    if is_applied and (batch.statements or batch.groups):
        with workspace.db.atomic():
            write_entries(workspace, batch.statements)
            write_entries(workspace, group_statements(workspace, batch.groups))
            log_event(workspace, {"event": "imported", "sheet": kind, "rows": len(sheet.rows)})
    return ImportedSheet(
        created=batch.count(Outcome.NEW),
        changed=batch.count(Outcome.CHANGED),
        unchanged=batch.count(Outcome.UNCHANGED),
        errors=errors,
        is_applied=is_applied,
    )


def read_rows(workspace: Workspace, kind: str, content: bytes) -> SheetRows:
    """The rows of a sheet that may be imported here."""
    if not workspace.is_office:
        raise UserError(
            _("Master data is kept by the office; this workspace is a field node."),
            _("Import the sheet at the office; it comes here with the next package."),
        )
    if kind not in MAPPINGS:
        raise UserError(
            _("There is no sheet called {kind}.").format(kind=kind),
            _("The sheets are: {kinds}.").format(kinds=", ".join(MAPPINGS)),
        )
    return read_sheet(content, kind)


def plan_rows(workspace: Workspace, kind: str, sheet: SheetRows, report_progress: ReportProgress) -> Batch:
    """What the rows come to; nothing is written by it."""
    importer = RowImporter(workspace, kind, sheet)
    for number, row in enumerate(sheet.rows, 1):
        importer.take_or_note(row)
        report_progress(number, len(sheet.rows))
    return importer.batch
