"""The head that forms share: office, title, number."""

from desktop.documents.cell import Align, Cell, Row, Style, Table, label
from desktop.documents.fonts import Face
from desktop.documents.sheet import Paper
from desktop.i18n import _

OFFICE = Style(Face.SERIF_BLACK, size=15, align=Align.CENTRE)
TITLE = Style(Face.SERIF_BLACK, size=21, align=Align.CENTRE)
_SUBTITLE = Style(Face.SERIF_BLACK, size=13, align=Align.CENTRE)
_LINE = Style(size=10.5)
_RIGHT = Style(size=10.5, align=Align.RIGHT)


def title_table(
    paper: Paper, office: str, title: str, left: str = "", right: str = "", subtitle: str = ""
) -> Table:
    """The office above, the title large, and a line with what stands left and right over the form."""
    width = paper.body_width_mm
    rows = []
    if office:
        rows.append(Row((Cell(office, OFFICE, columns=2),), height_mm=9))
    rows.append(Row((Cell(title, TITLE, columns=2),), height_mm=13))
    if subtitle:
        rows.append(Row((Cell(subtitle, _SUBTITLE, columns=2),), height_mm=7.5))
    if left or right:
        rows.append(Row((Cell(left, _LINE), Cell(right, _RIGHT)), height_mm=7))
    return Table((width / 2, width / 2), tuple(rows), has_rules=False)


def mission_number(number: str, *, is_blank: bool) -> str:
    """The number of the mission; nothing where a visit belongs to none, room to write on a blank form."""
    if not number and not is_blank:
        return ""
    return _("Mission no. {number}").format(number=number or "____________")


def pair_row(*pairs: tuple[str, str], height_mm: float) -> Row:
    """Label and value, as many times as there are pairs."""
    cells: list[Cell] = []
    for name, value in pairs:
        cells += [label(name), Cell(value)]
    return Row(tuple(cells), height_mm)


def note_table(paper: Paper, text: str) -> Table:
    """Small print under a form, without rules."""
    style = Style(size=9, gray=0.2)
    return Table((paper.body_width_mm,), (Row((Cell(text, style),), height_mm=5),), has_rules=False)
