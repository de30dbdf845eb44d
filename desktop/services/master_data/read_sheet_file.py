"""Reading the file of a spreadsheet whole."""

from pathlib import Path

from desktop.errors import UserError, system_reason
from desktop.i18n import _

MAX_SHEET_BYTES = 64 << 20


def read_sheet_file(path: Path) -> bytes:
    """The bytes of a file; whether they are a workbook is found out by whoever uses them."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_SHEET_BYTES + 1)
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=path.name, reason=system_reason(error)),
            _("Choose the file again, and check whether the medium is still there."),
        ) from None
    if len(content) > MAX_SHEET_BYTES:
        raise UserError(
            _("{path} is too large: a spreadsheet may have {size} MB at most.").format(
                path=path.name, size=MAX_SHEET_BYTES >> 20
            ),
            _("Remove pictures and sheets that are not needed, or split it into several files."),
        )
    return content
