"""Draws laid out sheets as PDF: text, rules, photos, QR codes, and the foot of each page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.cell import MM, Align, FilledCell, Stand, Style, lines_of
from desktop.documents.fonts import TICK, Face, glyphs, load, runs, text_width
from desktop.documents.ink import draw_ink
from desktop.documents.linebreak import WORD_JOINER, Line
from desktop.documents.page_edge import EdgeText, edge_texts
from desktop.documents.picture import Ink, Picture, QrCode, read_photo
from desktop.documents.qr_code import QrBars, qr_bars
from desktop.documents.sheet import Page, PlacedRow, Sheet, lay_out
from desktop.documents.target import Target, write_target
from desktop.i18n import language

_RULE = 0.5
_SHADE = 0.95
_QR_SIDE_MM = 12.0
# A line is only stretched to the edge when the gaps stay invisible, in parts of the size.
_MOST_STRETCH = 0.12


@dataclass(frozen=True)
class FormReport:
    """``missing_characters`` are printed as 〓 because no bundled font has them; ``fonts`` names those used.

    ``left_out``: records for which there was nothing to draw.
    """

    pages: int
    missing_characters: tuple[str, ...]
    fonts: tuple[str, ...]
    left_out: int = 0


def draw_sheets(sheets: Sequence[Sheet], title: str, target: Target) -> FormReport:
    """Write the sheets one after the other; each counts its own pages. The same sheets give the same bytes."""
    # Text filters would make photos a quarter larger and hundreds of times slower to write.
    rl_config.useA85 = 0
    out = BytesIO()
    load(Face.SERIF)
    canvas = Canvas(
        out,
        pageCompression=1,
        invariant=1,
        # Instead of Helvetica, which would be named in the document without being embedded.
        initialFontName=Face.SERIF.value,
        lang="zh-CN" if language() == "zh" else "en",
    )
    canvas.setTitle(title)
    canvas.setSubject(title)
    canvas.setAuthor("明察 Mingcha")
    canvas.setCreator("明察 Mingcha")
    pens = [_draw_sheet(canvas, sheet) for sheet in sheets]
    canvas.save()
    write_target(target, out.getvalue())
    faces = {face for pen in pens for face in pen.faces}
    return FormReport(
        sum(pen.pages for pen in pens),
        tuple(sorted({char for pen in pens for char in pen.missing})),
        tuple(sorted(face.value for face in faces)),
    )


def _draw_sheet(canvas: Canvas, sheet: Sheet) -> "_Pen":
    pages = lay_out(sheet)
    pen = _Pen(canvas, pages=len(pages))
    missing = _missing_on(pages)
    code = qr_bars(sheet.record_id) if sheet.record_id else None
    for number, page in enumerate(pages, start=1):
        canvas.setPageSize((page.paper.width_mm * MM, page.paper.height_mm * MM))
        pen.begin(page)
        for placed in page.rows:
            pen.shade(placed)
        pen.rules(page.rows)
        for placed in page.rows:
            pen.row(placed)
        for edge in edge_texts(sheet, page.paper, number, len(pages), missing):
            pen.edge(edge)
        if code is not None:
            pen.foot_code(code)
        canvas.showPage()
    return pen


def _missing_on(pages: Iterable[Page]) -> tuple[str, ...]:
    missing: set[str] = set()
    for cell in (cell for page in pages for placed in page.rows for cell in placed.row.cells):
        table = glyphs(cell.style.face)
        for line in (*cell.lines, *cell.bottom_lines):
            missing |= {char for char in line.text if table[char].is_missing}
    return tuple(sorted(missing))


class _Pen:
    """Draws on the pages of one sheet and remembers which fonts it needed and what they lacked."""

    def __init__(self, canvas: Canvas, pages: int) -> None:
        self.pages = pages
        self.faces: set[Face] = set()
        self.missing: set[str] = set()
        self._canvas = canvas
        self._left = 0.0
        self._top = 0.0

    def begin(self, page: Page) -> None:
        self._page = page
        self._left = page.paper.left_mm * MM
        self._top = (page.paper.height_mm - page.paper.top_mm) * MM

    def shade(self, placed: PlacedRow) -> None:
        self._canvas.setFillGray(_SHADE)
        for cell in placed.row.cells:
            if cell.cell.shaded:
                self._canvas.rect(
                    self._left + cell.x,
                    self._top - placed.y - placed.row.height,
                    cell.width,
                    placed.row.height,
                    stroke=0,
                    fill=1,
                )

    def rules(self, rows: Iterable[PlacedRow]) -> None:
        """Draw each rule once, however many cells share it."""
        lines = set()
        for placed in rows:
            if not placed.row.has_rules:
                continue
            upper, lower = round(placed.y, 2), round(placed.y + placed.row.height, 2)
            for cell in placed.row.cells:
                left, right = round(cell.x, 2), round(cell.x + cell.width, 2)
                lines |= {(left, upper, right, upper), (left, lower, right, lower)}
                lines |= {(left, upper, left, lower), (right, upper, right, lower)}
        self._canvas.setLineWidth(_RULE)
        self._canvas.setStrokeGray(0)
        # A projecting cap closes the corners.
        self._canvas.setLineCap(2)
        self._canvas.lines(
            [(self._left + a, self._top - b, self._left + c, self._top - d) for a, b, c, d in sorted(lines)]
        )

    def row(self, placed: PlacedRow) -> None:
        for cell in placed.row.cells:
            self._cell(cell, placed.y, placed.row.height)

    def _cell(self, cell: FilledCell, top: float, height: float) -> None:
        style = cell.style
        block = len(cell.lines) * style.leading
        edge = min((height - block) / 2, 1.5 * MM) if style.stand is Stand.TOP else (height - block) / 2
        room = cell.width - 2 * cell.padding
        self._lines(cell.lines, style, cell.x + cell.padding, top + edge, room)
        foot = top + height - 1.2 * MM - len(cell.bottom_lines) * style.leading
        self._lines(cell.bottom_lines, style, cell.x + cell.padding, foot, room)
        if cell.cell.picture is not None:
            self._picture(cell.cell.picture, cell.x, top, cell.width, height - cell.bottom_height)

    def _lines(self, lines: Iterable[Line], style: Style, x: float, top: float, room: float) -> None:
        for number, line in enumerate(lines):
            text = line.text.rstrip(" ")
            slack = room - text_width(text, style.face, style.size)
            spacing = 0.0
            if style.align is Align.LEFT and not line.is_last:
                spacing = _stretch(text, slack, style.size)
            # The em box of these fonts reaches 88 % above the baseline; the leading is shared above and below.
            baseline = top + number * style.leading + (style.leading - style.size) / 2 + 0.88 * style.size
            self._text(text, style, self._left + x + slack * style.align.value, self._top - baseline, spacing)

    def _text(self, text: str, style: Style, x: float, y: float, spacing: float = 0.0) -> None:
        """Draw one line; ``x``, ``y`` from the lower left corner of the page."""
        table = glyphs(style.face)
        self.missing |= {char for char in text if table[char].is_missing}
        self._canvas.setFillGray(style.gray)
        pen = self._canvas.beginText(x, y)
        pen.setCharSpace(spacing)
        ticks = []
        for run in runs(text, style.face):
            load(run.face)
            self.faces.add(run.face)
            if run.is_ticked:
                ticks.append(pen.getX())
            pen.setFont(run.face.value, style.size)
            pen.textOut(run.text)
        pen.setCharSpace(0)
        self._canvas.drawText(pen)
        for tick_x in ticks:
            self._tick(tick_x, y, style.size)

    def _tick(self, x: float, y: float, size: float) -> None:
        load(Face.SANS_BOLD)
        self.faces.add(Face.SANS_BOLD)
        self._canvas.setFont(Face.SANS_BOLD.value, size)
        self._canvas.drawString(x + 0.1 * size, y, TICK)

    def _picture(self, picture: Picture, x: float, top: float, width: float, height: float) -> None:
        left = self._left + x + (width - picture.width) / 2
        lower = self._top - top - (height + picture.height) / 2
        if isinstance(picture, QrCode):
            self._qr_code(qr_bars(picture.text), left, lower, picture.width)
            return
        if isinstance(picture, Ink):
            draw_ink(self._canvas, picture, left, lower)
            return
        reader = read_photo(picture.data)
        if reader is not None:
            self._canvas.drawImage(
                reader,
                left,
                lower,
                picture.width,
                picture.height,
                preserveAspectRatio=True,
                anchor="c",
                mask="auto",
            )
            return
        self._canvas.setDash(3, 2)
        self._canvas.rect(left, lower, picture.width, picture.height)
        self._canvas.setDash()
        style = Style(align=Align.CENTRE, gray=0.3)
        lines = lines_of(picture.note, style, picture.width - 4 * MM)
        middle = self._top - lower - picture.height / 2 - len(lines) * style.leading / 2
        self._lines(lines, style, left - self._left + 2 * MM, middle, picture.width - 4 * MM)

    def edge(self, edge: EdgeText) -> None:
        """Text outside the body, shrunk and at last cut with an ellipsis to stay in its room."""
        style, text = edge.style, edge.text
        while text_width(text, style.face, style.size) > edge.room and len(text) > 1:
            text = text.rstrip("…")[:-1] + "…"
        slack = edge.room - text_width(text, style.face, style.size)
        self._text(text, style, edge.x + slack * style.align.value, edge.y)

    def foot_code(self, code: QrBars) -> None:
        paper = self._page.paper
        side = _QR_SIDE_MM * MM
        self._qr_code(code, (paper.width_mm - paper.right_mm) * MM - side, 5 * MM, side)

    def _qr_code(self, code: QrBars, left: float, lower: float, side: float) -> None:
        size = side / code.modules
        path = self._canvas.beginPath()
        for line, start, length in code.bars:
            path.rect(left + start * size, lower + side - (line + 1) * size, length * size, size)
        self._canvas.setFillGray(0)
        self._canvas.drawPath(path, stroke=0, fill=1)


def _stretch(text: str, slack: float, size: float) -> float:
    """The extra space after each character that brings a wrapped Chinese line to the edge."""
    shown = [char for char in text if char != WORD_JOINER]
    is_chinese = sum(char >= "\u2e80" for char in shown) * 2 > len(shown)
    if not is_chinese or len(shown) < 2:
        return 0.0
    spacing = slack / (len(shown) - 1)
    return spacing if spacing <= _MOST_STRETCH * size else 0.0
