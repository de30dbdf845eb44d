"""What stands outside the body of each page: running head, form code, page number, characters no font has."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.documents.cell import MM, Align, Style
from desktop.documents.sheet import Paper, Sheet
from desktop.i18n import _

_EDGE = Style(size=8.5, gray=0.25)
_NUMBER = Style(size=9.5, align=Align.CENTRE)
_LINE_Y_MM = 9.0
_NOTE_Y_MM = 14.5
_HEAD_MM = 12.0
_SIGNING = Style(size=10.5)
_SIGNING_Y_MM = 21.0
_NUMBER_ROOM_MM = 34.0
_CODE_ROOM_MM = 14.0


@dataclass(frozen=True)
class EdgeText:
    """One line, at most ``room`` points wide; ``x`` and the baseline ``y`` from the lower left corner."""

    text: str
    style: Style
    x: float
    y: float
    room: float


def edge_texts(
    sheet: Sheet, paper: Paper, number: int, pages: int, missing: tuple[str, ...]
) -> Iterator[EdgeText]:
    left, width = paper.left_mm * MM, paper.body_width_mm * MM
    side = (width - _NUMBER_ROOM_MM * MM) / 2
    yield EdgeText(_form_line(sheet), _EDGE, left, _LINE_Y_MM * MM, side)
    yield EdgeText(
        _("Page {number} of {pages}").format(number=number, pages=pages),
        _NUMBER,
        left + side,
        _LINE_Y_MM * MM,
        _NUMBER_ROOM_MM * MM,
    )
    if missing:
        yield EdgeText(missing_note(missing), _EDGE, left, _NOTE_Y_MM * MM, width - _CODE_ROOM_MM * MM)
    if sheet.signing_line:
        yield EdgeText(sheet.signing_line, _SIGNING, left, _SIGNING_Y_MM * MM, width)
    if number > 1 and sheet.running_head:
        yield EdgeText(sheet.running_head, _EDGE, left, (paper.height_mm - _HEAD_MM) * MM, width)


def short_code(record_id: str) -> str:
    """The last eight characters of a record id in two groups: short enough to type, random in a UUIDv7."""
    tail = record_id[-8:].upper()
    return f"{tail[:4]} {tail[4:]}"


def missing_note(missing: tuple[str, ...]) -> str:
    """Tells the reader of the paper which characters to write in by hand."""
    codes = _(", ").join(f"U+{ord(char):04X}" for char in missing)
    return _("〓 stands for characters that no font here has ({codes}); please write them in.").format(
        codes=codes
    )


def _form_line(sheet: Sheet) -> str:
    parts = [sheet.form_code, sheet.version]
    if sheet.record_id and sheet.has_short_code:
        parts.append(_("Short code {code}").format(code=short_code(sheet.record_id)))
    return "　".join(part for part in parts if part)
