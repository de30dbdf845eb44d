"""F14 随机抽取记录表: how the places of a mission were drawn, with all one needs to draw them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.documents.cell import CENTRED, Align, Cell, Row, Style, Table, label
from desktop.documents.drawing import FormReport, draw_sheets
from desktop.documents.fonts import Face
from desktop.documents.form_head import mission_number, note_table, pair_row, title_table
from desktop.documents.sheet import PORTRAIT, Block, Gap, Sheet
from desktop.documents.target import Target
from desktop.documents.wording import moment_text, name_text
from desktop.i18n import _

FORM_CODE = "F14"

_PAIRS_MM = (27.0, 56.5, 27.0, 56.5)
_WIDE_MM = (27.0, 140.0)
_DRAWN_MM = (14.0, 68.0, 61.0, 24.0)
_LOTS_MM = (14.0, 70.0, 47.0, 36.0)
_TICKET_DIGITS = 16
_HEAD = Style(Face.SANS_BOLD, size=9.5, align=Align.CENTRE)
_NAME = Style(size=10)
_CODE = Style(size=9)
_SMALL = Style(size=8.5)
_SMALL_CENTRED = Style(size=9, align=Align.CENTRE)


@dataclass(frozen=True)
class PrintedPlace:
    """A place that was drawn; ``is_visited``: whether the mission goes there."""

    unit: str
    site: str
    is_visited: bool


@dataclass(frozen=True)
class PrintedLot:
    """A unit that could be drawn; ``number``: the how manieth it was drawn, 0 if not."""

    number: int
    unit: str
    unit_id: str
    sites: tuple[str, ...]
    ticket: str


@dataclass(frozen=True)
class DrawForm:
    """``record_id`` is the mission's. Hashes as 64 hex digits; ``outcome`` and ``noted`` as whole sentences.

    ``draw_number`` of ``draws``: several draws of a mission are several forms. ``by_hand``: its visits at places
    that nothing drew.
    """

    office: str
    record_id: str
    mission: str
    number: str
    draw_number: int
    draws: int
    drawn_at: datetime | None
    drawn_by: str
    witness: str
    seed: str
    algorithm: str
    population_sha256: str
    record_sha256: str
    outcome: str
    noted: str
    places: tuple[PrintedPlace, ...]
    lots: tuple[PrintedLot, ...]
    by_hand: int = 0


def draw_draw_forms(forms: Sequence[DrawForm], target: Target) -> FormReport:
    return draw_sheets([draw_sheet(form) for form in forms], draw_form_title(), target)


def draw_form_title() -> str:
    return _("Record of a random draw")


def draw_sheet(form: DrawForm) -> Sheet:
    left = (
        _("Draw {number} of {all}").format(number=form.draw_number, all=form.draws) if form.draws > 1 else ""
    )
    number = mission_number(form.number, is_blank=False)
    blocks: tuple[Block, ...] = (
        title_table(PORTRAIT, form.office, draw_form_title(), left=left, right=number),
        *_facts(form),
        Gap(2.5),
        _places(form),
        _signatures(),
        Gap(2.5),
        _lots(form),
        Gap(1),
        note_table(PORTRAIT, _how_to_draw_again()),
    )
    running = "　".join(part for part in (form.office, draw_form_title(), number) if part)
    return Sheet(blocks, FORM_CODE, record_id=form.record_id, running_head=running)


def _facts(form: DrawForm) -> tuple[Block, ...]:
    pairs = Table(
        _PAIRS_MM,
        (
            Row((label(_("Mission")), Cell(form.mission, columns=3)), 9),
            pair_row(
                (_("Drawn at"), moment_text(form.drawn_at)),
                (_("Way of drawing"), form.algorithm),
                height_mm=9,
            ),
            pair_row(
                (_("Drawn by"), name_text(form.drawn_by)),
                (_("Witness to the draw"), name_text(form.witness) or _("no witness")),
                height_mm=9,
            ),
            pair_row(
                (_("Units to draw from"), str(len(form.lots))),
                (_("Units drawn"), str(len(form.places))),
                height_mm=9,
            ),
        ),
    )
    codes = (
        (_("Seed"), _grouped(form.seed)),
        (_("Hash of the list"), _grouped(form.population_sha256)),
        (_("Hash of the record"), _grouped(form.record_sha256)),
    )
    wide = [Row((label(name), Cell(code, _CODE)), 9) for name, code in codes]
    check = Row((label(_("Check")), Cell(f"{form.outcome}\n{form.noted}", _NAME)), 12)
    return pairs, Table(_WIDE_MM, (*wide, check))


def _places(form: DrawForm) -> Table:
    heads = (_("Order"), _("Unit drawn"), _("Site drawn"), _("Visited"))
    head = Row(tuple(Cell(text, _HEAD, shaded=True) for text in heads))
    rows = [
        Row(
            (
                Cell(str(number), CENTRED),
                Cell(place.unit, _NAME),
                Cell(place.site or _("the unit as a whole"), _NAME),
                Cell(_("yes") if place.is_visited else _("no"), CENTRED),
            )
        )
        for number, place in enumerate(form.places, start=1)
    ]
    if form.by_hand:
        text = _("Visits of the mission that were not drawn: {count}.").format(count=form.by_hand)
        rows.append(Row((Cell(text, _NAME, columns=4),)))
    return Table(_DRAWN_MM, (head, *rows), head_rows=1)


def _signatures() -> Table:
    signed = _("Signature: ________________\nDate: ____-__-__")
    cells = (label(_("Drawn by")), Cell(bottom=signed), label(_("Witness to the draw")), Cell(bottom=signed))
    return Table(_PAIRS_MM, (Row(cells, 24),))


def _lots(form: DrawForm) -> Table:
    heads = (_("Order"), _("Unit and its id"), _("Sites"), _("Ticket, first digits"))
    title = Row((Cell(_("All units that could be drawn, the smallest ticket first"), _HEAD, columns=4),))
    head = Row(tuple(Cell(text, _HEAD, shaded=True) for text in heads))
    rows = (
        Row(
            (
                Cell(str(lot.number) if lot.number else "", CENTRED),
                Cell(f"{lot.unit}\n{lot.unit_id}", _SMALL),
                Cell(_(", ").join(lot.sites), _SMALL),
                Cell(_grouped(lot.ticket[:_TICKET_DIGITS]), _SMALL_CENTRED),
            )
        )
        for lot in form.lots
    )
    return Table(_LOTS_MM, (title, head, *rows), head_rows=2)


def _grouped(code: str) -> str:
    """Digits in groups of eight, four to a line, to be compared by eye."""
    groups = [code[at : at + 8] for at in range(0, len(code), 8)]
    return "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


def _how_to_draw_again() -> str:
    return _(
        "To draw again by hand: join the way of drawing, the seed and the id of a unit with commas, without blanks; "
        "the SHA-256 of this line is its ticket, and the smallest tickets are drawn. Of each unit a site is drawn in "
        "the same way. “mingcha verify” draws everything again."
    )
