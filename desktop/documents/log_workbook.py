"""log.xlsx: what was done, as the log tells it, for an inspection or for the files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from desktop.documents.sheet_style import BODY, CENTERED, HEAD, TITLE, styled
from desktop.documents.target import Target, write_target
from desktop.documents.workbook_bytes import MemorySheet, workbook_bytes
from desktop.i18n import _

_A4 = 9
_WIDTHS = (20, 12, 24, 26, 32, 20, 44)


@dataclass(frozen=True)
class LoggedAct:
    """One line; every field is text for people."""

    at: str
    by: str
    computer: str
    what: str
    about: str
    other: str
    reason: str


def log_workbook(title: str, acts: Iterable[LoggedAct], target: Target) -> None:
    """``title``: whose log this is. The acts are written in the order given."""

    def fill(sheet: MemorySheet) -> None:
        _prepare(sheet)
        sheet.append([styled(sheet, title, TITLE)])
        sheet.append([styled(sheet, head, HEAD) for head in _heads()])
        for act in acts:
            texts = (act.at, act.by, act.computer, act.what, act.about, act.other, act.reason)
            sheet.append(
                [styled(sheet, text, CENTERED if place < 2 else BODY) for place, text in enumerate(texts)]
            )

    write_target(target, workbook_bytes([(_("Log"), fill)]))


def _heads() -> Sequence[str]:
    return (
        _("Time"),
        _("Person"),
        _("Computer"),
        _("What was done"),
        _("About"),
        _("Other side"),
        _("Reason given"),
    )


def _prepare(sheet: MemorySheet) -> None:
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
