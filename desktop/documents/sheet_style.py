"""How cells of written workbooks look, and how text stays text in them."""

import re
from dataclasses import dataclass

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from desktop.documents.workbook_bytes import MemorySheet
from desktop.errors import UserError
from desktop.i18n import _

_LONGEST_TEXT = 32_767
# What a spreadsheet would take for a formula, a command or an error value (#N/A).
_ACTIVE = ("=", "+", "-", "@", "\t", "#")
# XML 1.0 cannot hold these, and half of a surrogate pair cannot be encoded.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True)
class Look:
    font: Font
    fill: PatternFill | None = None
    border: Border | None = None
    alignment: Alignment | None = None
    number_format: str = "General"


_THIN = Side(style="thin", color="FFB4BCC8")
_EDGES = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_BOLD = Font(name="等线", bold=True, color="FF1F2A37")
HEAD = Look(_BOLD, PatternFill("solid", fgColor="FFEEF1F6"), _EDGES, _MIDDLE)
REQUIRED_HEAD = Look(_BOLD, PatternFill("solid", fgColor="FFD6E4F5"), _EDGES, _MIDDLE)
ID_HEAD = Look(Font(name="等线", color="FF9AA3AF"))
TITLE = Look(Font(name="等线", bold=True, size=16))
NOTE = Look(Font(name="等线", color="FF6B7280"))
BODY = Look(Font(name="等线"), border=_EDGES, alignment=Alignment(vertical="center", wrap_text=True))
CENTERED = Look(Font(name="等线"), border=_EDGES, alignment=_MIDDLE)
SCORE = Look(Font(name="等线"), border=_EDGES, alignment=_MIDDLE, number_format="0.00")


def styled(sheet: MemorySheet, value: object, look: Look) -> WriteOnlyCell:
    cell = text_cell(sheet, value) if isinstance(value, str) else WriteOnlyCell(sheet, value)
    cell.font = look.font
    if look.fill:
        cell.fill = look.fill
    if look.border:
        cell.border = look.border
    if look.alignment:
        cell.alignment = look.alignment
    if cell.number_format == "General":
        cell.number_format = look.number_format
    return cell


def is_plain(text: str) -> bool:
    """Whether openpyxl writes ``text`` as it is; most texts need no cell of their own, which is five times slower."""
    return (
        len(text) < _LONGEST_TEXT // 8
        and not text.startswith(_ACTIVE)
        and "\r" not in text
        and not _NOT_IN_XML.search(text)
        and not _ESCAPE_LIKE.search(text)
    )


def text_cell(sheet: MemorySheet, text: str) -> WriteOnlyCell:
    """A cell that shows ``text`` and never runs it.

    Line ends become \\n; a control character, which no xlsx can hold, becomes �.
    """
    text = _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = _ESCAPE_LIKE.sub("_x005F_", text)
    if len(escaped) > _LONGEST_TEXT:
        raise UserError(
            _("A text of {count} characters does not fit into a cell: “{start}…”").format(
                count=f"{len(text):,}", start=text[:20]
            ),
            _("A cell holds at most {most} characters; shorten the text.").format(most=f"{_LONGEST_TEXT:,}"),
        )
    cell = WriteOnlyCell(sheet)
    cell.value = escaped
    # openpyxl guesses a formula from "=" and an error from "#N/A"; the order of these three matters to it.
    cell.data_type = "s"
    if text.startswith(_ACTIVE):
        cell.number_format = "@"
        cell.quotePrefix = True
    return cell
