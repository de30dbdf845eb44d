"""Cells, rows and tables of a form, and how much room they need. Lengths are points unless a name says mm."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from desktop.documents.fonts import Face, glyphs, text_width
from desktop.documents.linebreak import Line, break_lines
from desktop.documents.picture import Picture
from desktop.documents.quotes import fitting_quotes

MM = 72 / 25.4
PADDING = 1.5 * MM
NARROW_PADDING = 0.6 * MM
_VERTICAL_PADDING = 1.1 * MM
# Between a text and the line below it on which one signs.
_SIGNING_ROOM = 7 * MM
_SMALLEST_SIZE = 7.0


class Align(Enum):
    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Stand(Enum):
    """Where text stands in a cell that is higher than it."""

    TOP = 0.0
    MIDDLE = 0.5


@dataclass(frozen=True)
class Style:
    face: Face = Face.SERIF
    size: float = 10.5
    align: Align = Align.LEFT
    stand: Stand = Stand.MIDDLE
    gray: float = 0.0

    @property
    def leading(self) -> float:
        return self.size * 1.4


BODY = Style()
CENTRED = Style(align=Align.CENTRE)
TOP = Style(stand=Stand.TOP)
LABEL = Style(Face.SANS_BOLD, size=10, align=Align.CENTRE)
SMALL = Style(size=9)
NOTE = Style(size=9, stand=Stand.TOP, gray=0.25)


@dataclass(frozen=True)
class Cell:
    """``bottom`` is text pinned to the lower edge (where one signs, or below a picture).

    ``fit`` shrinks a single line to the width.
    """

    text: str = ""
    style: Style = BODY
    columns: int = 1
    shaded: bool = False
    fit: bool = False
    bottom: str = ""
    picture: Picture | None = None


@dataclass(frozen=True)
class Row:
    """``flows``: a row of many lines may begin at the foot of a page and go on on the next."""

    cells: tuple[Cell, ...]
    height_mm: float = 8.0
    keep_with_next: bool = False
    flows: bool = False


@dataclass(frozen=True)
class Table:
    """The first ``head_rows`` rows are drawn again on every page the table reaches.

    ``keep_with_next``: the last rows go to the page on which the next table begins.
    """

    columns_mm: tuple[float, ...]
    rows: tuple[Row, ...]
    head_rows: int = 0
    has_rules: bool = True
    keep_with_next: bool = False


def label(text: str, columns: int = 1) -> Cell:
    return Cell(text, LABEL, columns, shaded=True)


@dataclass(frozen=True)
class FilledCell:
    """A cell whose text is broken into lines for its width."""

    cell: Cell
    style: Style
    x: float
    width: float
    lines: tuple[Line, ...]
    bottom_lines: tuple[Line, ...]

    @property
    def padding(self) -> float:
        return padding(self.cell)

    @property
    def needed_height(self) -> float:
        lines = len(self.lines) + len(self.bottom_lines)
        if self.cell.picture is not None:
            text = max(len(self.lines) * self.style.leading - self.cell.picture.height, 0.0)
            return self.cell.picture.height + text + self.bottom_height + 2 * _VERTICAL_PADDING
        room = _SIGNING_ROOM if self.bottom_lines else 0.0
        return lines * self.style.leading + room + 2 * _VERTICAL_PADDING

    @property
    def bottom_height(self) -> float:
        return len(self.bottom_lines) * self.style.leading


@dataclass(frozen=True)
class FilledRow:
    """A row as high as its highest cell."""

    cells: tuple[FilledCell, ...]
    height: float
    keep_with_next: bool
    has_rules: bool
    flows: bool = False


def padding(cell: Cell) -> float:
    return NARROW_PADDING if cell.fit or cell.style.align is Align.CENTRE else PADDING


def fill_table(table: Table) -> list[FilledRow]:
    edges = _edges(table.columns_mm)
    return [fill_row(row, edges, table.has_rules) for row in table.rows]


def fill_row(row: Row, edges: Sequence[float], has_rules: bool = True) -> FilledRow:
    asked = sum(cell.columns for cell in row.cells)
    if asked != len(edges) - 1:
        raise ValueError(f"a row of {asked} columns in a table of {len(edges) - 1}")
    filled, column = [], 0
    for cell in row.cells:
        filled.append(_fill_cell(cell, edges[column], edges[column + cell.columns]))
        column += cell.columns
    height = max(row.height_mm * MM, *(cell.needed_height for cell in filled))
    return FilledRow(tuple(filled), height, row.keep_with_next, has_rules, row.flows)


def _edges(columns_mm: Sequence[float]) -> list[float]:
    edges = [0.0]
    for column in columns_mm:
        edges.append(edges[-1] + column * MM)
    return edges


def _fill_cell(cell: Cell, left: float, right: float) -> FilledCell:
    room = right - left - 2 * padding(cell)
    style = _fitting(cell, room) if cell.fit else cell.style
    return FilledCell(
        cell,
        style,
        left,
        right - left,
        lines_of(cell.text, style, room),
        lines_of(cell.bottom, style, room),
    )


def _fitting(cell: Cell, room: float) -> Style:
    style = cell.style
    while style.size > _SMALLEST_SIZE and text_width(cell.text, style.face, style.size) > room:
        style = replace(style, size=style.size - 0.5)
    return style


def lines_of(text: str, style: Style, room: float) -> tuple[Line, ...]:
    table = glyphs(style.face)
    return break_lines(fitting_quotes(text), room, lambda char: table[char].advance * style.size / 1000)


def split_row(row: FilledRow, height: float) -> tuple[FilledRow, FilledRow]:
    """Cut a row that no page can hold: as many lines as fit into ``height``, and the rest.

    ``bottom`` stays with the rest.
    """
    upper, lower = [], []
    for cell in row.cells:
        count = max(int((height - 2 * _VERTICAL_PADDING) // cell.style.leading), 1)
        style = replace(cell.style, stand=Stand.TOP)
        upper.append(replace(cell, style=style, lines=cell.lines[:count], bottom_lines=()))
        lower.append(replace(cell, style=style, lines=cell.lines[count:]))
    rest = max(cell.needed_height for cell in lower)
    return (
        FilledRow(tuple(upper), height, False, row.has_rules),
        FilledRow(tuple(lower), rest, row.keep_with_next, row.has_rules, row.flows),
    )
