"""Makes a workbook in memory.

openpyxl keeps each sheet in a temporary file until it is packed. That file would be a plain copy on this machine's
disk of what the user may be writing to a stick.
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


class MemorySheet(WriteOnlyWorksheet):  # type: ignore[misc] # openpyxl has no types
    """A write-only sheet: formatting first, then rows from the first to the last."""

    _writer: Any = None

    def _get_writer(self) -> None:
        if self._writer is None:
            writer = WorksheetWriter(self, out=BytesIO())
            writer.write_top()
            self._writer = writer


class _MemoryWriter(ExcelWriter):  # type: ignore[misc] # openpyxl has no types
    def write_worksheet(self, ws: MemorySheet) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._rels = ws._writer._rels
        self._archive.writestr(ws.path[1:], ws._writer.out.getvalue())
        self.manifest.append(ws)


def workbook_bytes(sheets: Sequence[tuple[str, Callable[[MemorySheet], None]]]) -> bytes:
    """Make one sheet for each title, filled by the function beside it."""
    workbook = Workbook(write_only=True)
    for title, fill in sheets:
        sheet = MemorySheet(workbook, title)
        workbook._add_sheet(sheet)
        try:
            fill(sheet)
        finally:
            # An open sheet would complain when it is collected.
            sheet.close()
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        _MemoryWriter(workbook, archive).save()
    return content.getvalue()
