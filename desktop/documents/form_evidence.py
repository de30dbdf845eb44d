"""F12 证据清单: the list of evidence across the page, then pages of photos with what one must know of each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.documents.cell import MM, SMALL, Align, Cell, Row, Stand, Style, Table
from desktop.documents.drawing import FormReport, draw_sheets
from desktop.documents.fonts import Face
from desktop.documents.form_evidence_data import EvidenceForm, EvidenceLine, EvidencePhoto
from desktop.documents.form_head import mission_number, note_table, pair_row, title_table
from desktop.documents.picture import Photo
from desktop.documents.sheet import LANDSCAPE, PORTRAIT, Block, Gap, PageBreak, Sheet
from desktop.documents.target import Target
from desktop.documents.wording import date_text, moment_text, name_text
from desktop.i18n import _

FORM_CODE = "F12"

_LIST_MM = (13.0, 32.0, 14.0, 15.0, 12.0, 27.0, 28.0, 17.0, 38.0, 26.0, 19.0, 16.0)
_HEAD_MM = (22.0, 150.0, 22.0, 63.0)
_FOOT_MM = (24.0, 62.0, 24.0, 62.0, 24.0, 61.0)
_HEAD = Style(Face.SANS_BOLD, size=9.5, align=Align.CENTRE)
_CENTRED = Style(size=9.5, align=Align.CENTRE)
_TEXT = Style(size=9.5)
_CAPTION = Style(size=9.5, stand=Stand.TOP)
_BLANK_LINES = 9
# Columns of photos, height of a photo and width of its labels in mm, by the number of photos on a page.
_GRIDS = {2: (1, 84.0, 20.0), 3: (1, 47.0, 20.0), 4: (2, 76.0, 18.0)}


def draw_evidence_form(form: EvidenceForm, target: Target) -> FormReport:
    return draw_evidence_forms([form], target)


def draw_evidence_forms(forms: Sequence[EvidenceForm], target: Target) -> FormReport:
    return draw_sheets([evidence_sheet(form) for form in forms], evidence_form_title(), target)


def evidence_form_title() -> str:
    return _("List of evidence")


def evidence_sheet(form: EvidenceForm) -> Sheet:
    number = mission_number(form.number, is_blank=not form.lines)
    blocks: list[Block] = [
        title_table(LANDSCAPE, form.office, evidence_form_title(), right=number),
        _head(form),
        Gap(2.5),
        _list(form),
        _foot(form),
        Gap(1),
        note_table(
            LANDSCAPE,
            _(
                "The checksum is the beginning of the SHA-256 of the original file; "
                "an exported original can be checked with any program that computes it."
            ),
        ),
    ]
    if form.photos:
        blocks += [PageBreak(PORTRAIT), *_photo_pages(form)]
    running = "　".join(part for part in (form.office, evidence_form_title(), number, form.unit) if part)
    return Sheet(tuple(blocks), FORM_CODE, record_id=form.record_id, running_head=running, paper=LANDSCAPE)


def _head(form: EvidenceForm) -> Table:
    pairs = ((_("Matter"), form.matter), (_("Inspected unit"), form.unit))
    return Table(_HEAD_MM, (pair_row(*pairs, height_mm=9),))


def _list(form: EvidenceForm) -> Table:
    heads = (
        _("No."),
        _("Name of the evidence"),
        _("Kind"),
        _("Original or copy"),
        _("Qty"),
        _("Obtained at"),
        _("Obtained where"),
        _("Obtained by"),
        _("What it proves"),
        _("File name"),
        _("Checksum"),
        _("Kept at"),
    )
    head = Row(tuple(Cell(text, _HEAD, shaded=True) for text in heads), height_mm=11)
    blank = Row(tuple(Cell() for _column in _LIST_MM), height_mm=10)
    rows = [_line(line) for line in form.lines] or [blank] * _BLANK_LINES
    return Table(_LIST_MM, (head, *rows), head_rows=1)


def _line(line: EvidenceLine) -> Row:
    origin = {True: _("Original"), False: _("Copy"), None: ""}[line.is_original]
    return Row(
        (
            Cell(line.number, _CENTRED, fit=True),
            Cell(line.name, _TEXT),
            Cell(line.kind, _CENTRED),
            Cell(origin, _CENTRED),
            Cell(line.quantity, _CENTRED),
            Cell(f"{moment_text(line.taken_at)}\n{line.camera_time}".strip(), _CENTRED),
            Cell(line.place, _TEXT),
            Cell(name_text(line.taken_by), _CENTRED),
            Cell(line.subject, _TEXT),
            Cell(line.file_name, SMALL),
            Cell(_checksum(line.sha256), SMALL),
            Cell(line.storage, _CENTRED),
        )
    )


def _checksum(sha256: str) -> str:
    """Sixteen digits in two lines of eight."""
    return f"{sha256[:8]}\n{sha256[8:16]}".rstrip()


def _foot(form: EvidenceForm) -> Table:
    row = (
        (_("Made by"), name_text(form.made_by)),
        (_("Checked by"), name_text(form.checked_by)),
        (_("Date"), date_text(form.made_on) if form.made_on else ""),
    )
    return Table(_FOOT_MM, (pair_row(*row, height_mm=11),))


def _photo_pages(form: EvidenceForm) -> Iterator[Block]:
    columns, _height, _label = _GRIDS[form.photos_per_page]
    yield title_table(PORTRAIT, "", _("Photos"))
    for first in range(0, len(form.photos), columns):
        yield Gap(3)
        yield _photo_table(form.photos[first : first + columns], form.photos_per_page)


def _photo_table(photos: Sequence[EvidencePhoto], per_page: int) -> Table:
    """Photos beside each other with their captions, all on one page."""
    columns, height, label_width = _GRIDS[per_page]
    width = PORTRAIT.body_width_mm / columns
    box = ((width - 4) * MM, (height - 4) * MM)
    pictures = (
        Cell(columns=4, picture=Photo(photo.image, *box, _("This photo cannot be shown.")))
        for photo in photos
    )
    rows = [Row(tuple(pictures), height, keep_with_next=True)]
    captions = [_captions(photo, is_narrow=columns > 1) for photo in photos]
    for side_by_side in zip(*captions, strict=True):
        cells = tuple(cell for cells in side_by_side for cell in cells)
        rows.append(Row(cells, 7.0, keep_with_next=True))
    rows[-1] = replace(rows[-1], height_mm=12.0, keep_with_next=False)
    return Table((label_width, width / 2 - label_width) * 2 * len(photos), tuple(rows))


def _captions(photo: EvidencePhoto, is_narrow: bool) -> tuple[tuple[Cell, ...], ...]:
    """The rows under a photo, four columns each."""
    number = _pair(_("Photo no."), photo.number)
    taken_by = _pair(_("Taken by"), name_text(photo.taken_by))
    caption = (Cell(_("Caption"), _HEAD, shaded=True), Cell(photo.caption, _CAPTION, columns=3))
    if is_narrow:
        taken_at = _pair(_("Taken at"), moment_text(photo.taken_at), columns=3)
        return (*number, *taken_by), taken_at, _pair(_("Place"), photo.place, columns=3), caption
    taken_at = _pair(_("Taken at"), moment_text(photo.taken_at))
    return (*number, *taken_at), (*_pair(_("Place"), photo.place), *taken_by), caption


def _pair(name: str, value: str, columns: int = 1) -> tuple[Cell, Cell]:
    return Cell(name, _HEAD, shaded=True), Cell(value, _TEXT, columns)
