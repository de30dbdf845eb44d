"""A printed form: what stands on it, and how it falls into pages. Lengths are points, y grows downwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.documents.cell import MM, FilledRow, Table, fill_table, split_row

# A row that is split leaves at least this much of itself on the page where it begins.
_SMALLEST_PIECE = 40 * MM
# What remains of it stands on the next page with at least this much.
_SMALLEST_REST = 12 * MM


@dataclass(frozen=True)
class Paper:
    width_mm: float
    height_mm: float
    left_mm: float
    right_mm: float
    top_mm: float
    bottom_mm: float

    @property
    def body_width_mm(self) -> float:
        return self.width_mm - self.left_mm - self.right_mm

    @property
    def body_height(self) -> float:
        return (self.height_mm - self.top_mm - self.bottom_mm) * MM


# Bound at the left edge; a landscape sheet is bound in with its head at the left, so its top is the wide margin.
PORTRAIT = Paper(210, 297, left_mm=25, right_mm=18, top_mm=20, bottom_mm=20)
# With room for a line at the foot of every page, on which one signs.
SIGNED_PORTRAIT = Paper(210, 297, left_mm=25, right_mm=18, top_mm=20, bottom_mm=32)
LANDSCAPE = Paper(297, 210, left_mm=20, right_mm=20, top_mm=25, bottom_mm=18)


@dataclass(frozen=True)
class Gap:
    height_mm: float


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page of ``paper``."""

    paper: Paper


Block = Table | Gap | PageBreak


@dataclass(frozen=True)
class Sheet:
    """One form. ``running_head`` stands small above the pages after the first; QR and short code are the record's.

    ``signing_line`` stands at the foot of every page, below the body: the paper leaves room for it.
    """

    blocks: tuple[Block, ...]
    form_code: str
    version: str = ""
    record_id: str = ""
    running_head: str = ""
    paper: Paper = PORTRAIT
    has_short_code: bool = True
    signing_line: str = ""


@dataclass(frozen=True)
class PlacedRow:
    y: float
    row: FilledRow


@dataclass(frozen=True)
class Page:
    paper: Paper
    rows: tuple[PlacedRow, ...]


class _Flow:
    """Collects rows from the top of a page downwards."""

    def __init__(self, paper: Paper) -> None:
        self.pages: list[Page] = []
        self._paper = paper
        self._rows: list[PlacedRow] = []
        self._used = 0.0

    @property
    def room(self) -> float:
        return self._paper.body_height - self._used

    @property
    def whole_page(self) -> float:
        return self._paper.body_height

    def place(self, row: FilledRow) -> None:
        self._rows.append(PlacedRow(self._used, row))
        self._used += row.height

    def place_all(self, rows: list[FilledRow]) -> None:
        for row in rows:
            self.place(row)

    def skip(self, height: float) -> None:
        if self._rows:
            self._used = min(self._used + height, self.whole_page)

    def turn(self, paper: Paper | None = None) -> None:
        """End the page; an empty page is never left behind."""
        if self._rows:
            self.pages.append(Page(self._paper, tuple(self._rows)))
        self._paper = paper or self._paper
        self._rows = []
        self._used = 0.0


def lay_out(sheet: Sheet) -> list[Page]:
    flow = _Flow(sheet.paper)
    for number, block in enumerate(sheet.blocks):
        if isinstance(block, Gap):
            flow.skip(block.height_mm * MM)
        elif isinstance(block, PageBreak):
            flow.turn(block.paper)
        else:
            _place_table(flow, block, _kept_after(block, sheet.blocks[number + 1 :]))
    flow.turn()
    return flow.pages


def _kept_after(table: Table, blocks: Sequence[Block]) -> float:
    """The height of what must stand on the page on which ``table`` ends: ``blocks`` are those after it."""
    if not table.keep_with_next:
        return 0.0
    height = 0.0
    for number, block in enumerate(blocks):
        match block:
            case Gap():
                height += block.height_mm * MM
            case PageBreak():
                break
            case Table():
                rows = fill_table(block)
                first, *others = _groups(rows[block.head_rows :])
                height += _height(rows[: block.head_rows]) + _height(first)
                return height if others else height + _kept_after(block, blocks[number + 1 :])
    return height


def _place_table(flow: _Flow, table: Table, kept_after: float) -> None:
    rows = fill_table(table)
    head, body = rows[: table.head_rows], rows[table.head_rows :]
    largest = flow.whole_page - _height(head)
    groups = list(_groups(body))
    for number, group in enumerate(groups):
        needed = _needed(group) if _needed(group) <= largest else _SMALLEST_PIECE
        if number == len(groups) - 1 and needed + kept_after <= largest:
            needed += kept_after
        if number == 0:
            if _height(head) + needed > flow.room:
                flow.turn()
            flow.place_all(head)
        elif needed > flow.room:
            flow.turn()
            flow.place_all(head)
        for row in group:
            _place_row(flow, row, head)


def _place_row(flow: _Flow, row: FilledRow, head: list[FilledRow]) -> None:
    """Place one row of a group; a group that no page holds comes apart between its rows."""
    largest = flow.whole_page - _height(head)
    while row.height > flow.room + 0.01:
        if (row.height > largest or row.flows) and flow.room >= _SMALLEST_PIECE:
            piece, row = split_row(row, min(flow.room, max(row.height - _SMALLEST_REST, _SMALLEST_PIECE)))
            flow.place(piece)
        flow.turn()
        flow.place_all(head)
    flow.place(row)


def _needed(group: list[FilledRow]) -> float:
    """The room a group asks for on the page where it begins."""
    return sum(min(row.height, _SMALLEST_PIECE) if row.flows else row.height for row in group)


def _groups(rows: list[FilledRow]) -> Iterator[list[FilledRow]]:
    """Rows that must stay on one page."""
    group: list[FilledRow] = []
    for row in rows:
        group.append(row)
        if not row.keep_with_next:
            yield group
            group = []
    if group:
        yield group


def _height(rows: list[FilledRow]) -> float:
    return sum(row.height for row in rows)
