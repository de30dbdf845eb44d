"""F01 现场检查表: draws the record of a visit, blank for handwriting or filled in."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from desktop.documents.cell import CENTRED, MM, Cell, Row, Style, Table, fill_row
from desktop.documents.drawing import FormReport, draw_sheets
from desktop.documents.fonts import Face
from desktop.documents.form_head import mission_number, note_table, pair_row, title_table
from desktop.documents.form_visit_data import Mode, Occasion, VisitForm, VisitItem
from desktop.documents.form_visit_foot import visit_form_foot
from desktop.documents.sheet import PORTRAIT, Gap, Sheet
from desktop.documents.target import Target
from desktop.documents.wording import (
    choices,
    name_text,
    names_text,
    period_text,
    points_text,
    total_text,
)
from desktop.i18n import _

FORM_CODE = "F01"

_PAIRS_MM = (28.0, 66.0, 22.0, 51.0)
# 167 mm is what the margins leave; the items need their room, so the narrow columns are as narrow as their heads.
_ITEMS_MM = (9.0, 27.0, 11.0, 45.0, 12.0, 11.0, 12.0, 40.0)
_NUMBER = CENTRED
_TEXT = Style(size=9.5)
_TICK = Style(Face.SANS_BOLD, align=CENTRED.align)
_HEAD = Style(Face.SANS_BOLD, size=9.5, align=CENTRED.align)
# Facts get a row of their own across the form when that saves at least this height.
_WORTH_A_ROW = 8 * MM
_ITEMS_WITH_SUMS = 2


def draw_visit_form(form: VisitForm, target: Target) -> FormReport:
    return draw_visit_forms([form], target)


def draw_visit_forms(forms: Sequence[VisitForm], target: Target) -> FormReport:
    return draw_sheets([visit_sheet(form) for form in forms], visit_form_title(), target)


def visit_form_title() -> str:
    return _("Site inspection form")


def visit_sheet(form: VisitForm) -> Sheet:
    if form.is_blank:
        form = _without_results(form)
    number = mission_number(form.number, is_blank=form.is_blank)
    marks = _marks(form)
    blocks = (
        title_table(PORTRAIT, form.office, visit_form_title(), marks, number, form.checklist_title),
        _head(form),
        Gap(2.5),
        _items(form),
        Gap(2.5),
        visit_form_foot(form),
        Gap(1),
        note_table(PORTRAIT, _instructions()),
    )
    parts = (visit_form_title(), number if form.number else "", form.unit, form.checklist_title)
    running = "　".join(part for part in parts if part)
    return Sheet(blocks, FORM_CODE, form.checklist_version, form.record_id, running)


def _marks(form: VisitForm) -> str:
    if not form.is_from_paper:
        return ""
    marks = _("Entered later from paper")
    return marks + _("(without a scan of the paper)") if form.lacks_scan else marks


def _without_results(form: VisitForm) -> VisitForm:
    items = tuple(
        replace(item, is_applicable=None, deducted=None, score=None, facts="", evidence_numbers=())
        for item in form.items
    )
    return replace(
        form,
        items=items,
        started_at=None,
        ended_at=None,
        present="",
        total=None,
        applicable_points=None,
        converted_score=None,
        veto_findings="",
        conclusion="",
        opinion=None,
        opinion_text="",
        issued_by="",
        issued_at=None,
        version=1,
        issued_version=1,
        unit_signatures=(),
        team_signatures=(),
        witness_signatures=(),
        refusal="",
        witness="",
    )


def _head(form: VisitForm) -> Table:
    height = 10.0 if form.is_blank else 8.0
    modes = [(_("Open visit"), Mode.OPEN), (_("Covert visit"), Mode.COVERT), (_("Recheck"), Mode.RECHECK)]
    occasions = [
        (_("Monthly"), Occasion.MONTHLY),
        (_("Quarterly"), Occasion.QUARTERLY),
        (_("Half-yearly"), Occasion.HALF_YEARLY),
        (_("Sample"), Occasion.SAMPLE),
        (_("Special"), Occasion.SPECIAL),
    ]
    pairs = (
        ((_("Inspected unit"), form.unit), (_("Credit code of the unit"), form.unit_code)),
        ((_("Site (project)"), form.site), (_("Address"), form.address)),
        (
            (_("Manner of inspection"), choices((text, mode is form.mode) for text, mode in modes)),
            (_("Kind of inspection"), choices((text, one is form.occasion) for text, one in occasions)),
        ),
        (
            (_("Time of visit"), period_text(form.started_at, form.ended_at)),
            (_("Supervision code"), form.supervision_code),
        ),
        ((_("Team leader"), name_text(form.leader)), (_("Members"), names_text(form.members))),
        ((_("Present for the unit, and post"), form.present), (_("Phone"), form.phone)),
    )
    return Table(_PAIRS_MM, tuple(pair_row(*pair, height_mm=height) for pair in pairs))


def _items(form: VisitForm) -> Table:
    heads = (
        _("No."),
        _("Item"),
        _("Max"),
        _("How it is scored"),
        _("N/A"),
        _("Lost"),
        _("Score"),
        _("Facts, evidence no."),
    )
    head = Row(tuple(Cell(text, _HEAD, shaded=True, fit=len(text) < 12) for text in heads))
    rows = [row for item in form.items for row in _item_rows(item, 13.0 if form.is_blank else 8.0)]
    if rows:
        # Neither the sums nor the signatures stand alone on a page: some items always go with them.
        rows[-_ITEMS_WITH_SUMS:] = [replace(row, keep_with_next=True) for row in rows[-_ITEMS_WITH_SUMS:]]
    return Table(_ITEMS_MM, (head, *rows, *_sums(form)), head_rows=1, keep_with_next=True)


def _item_rows(item: VisitItem, height_mm: float) -> tuple[Row, ...]:
    """One row, or two where the facts are long: they would stand in the narrow last column like a string."""
    facts = item.facts
    if item.evidence_numbers:
        numbers = _(", ").join(item.evidence_numbers)
        facts = f"{facts}\n" if facts else ""
        facts += _("Evidence: {numbers}").format(numbers=numbers)
    single = _item_row(item, Cell(facts, _TEXT), height_mm)
    if not facts:
        return (single,)
    upper = replace(_item_row(item, Cell(_("See the next row"), CENTRED), height_mm), keep_with_next=True)
    lower = Row((Cell(), Cell(_("Facts: {facts}").format(facts=facts), _TEXT, columns=7)), height_mm)
    saved = _height(single) - _height(upper) - _height(lower)
    return (upper, lower) if saved > _WORTH_A_ROW else (single,)


def _item_row(item: VisitItem, facts: Cell, height_mm: float) -> Row:
    title, criteria = item.title, item.criteria
    if item.veto_text:
        title = f"★{title}"
        criteria += "\n" + _("★ Veto: {text}").format(text=item.veto_text)
    return Row(
        (
            Cell(item.number, _NUMBER, fit=True),
            Cell(title, _TEXT),
            Cell(points_text(item.points), _NUMBER, fit=True),
            Cell(criteria, _TEXT),
            Cell("√" if item.is_applicable is False else "", _TICK),
            Cell(points_text(item.deducted), _NUMBER, fit=True),
            Cell(points_text(item.score), _NUMBER, fit=True),
            facts,
        ),
        height_mm,
    )


def _height(row: Row) -> float:
    edges = [MM * sum(_ITEMS_MM[:count]) for count in range(len(_ITEMS_MM) + 1)]
    return fill_row(row, edges).height


def _sums(form: VisitForm) -> tuple[Row, Row]:
    height = 10.0 if form.is_blank else 8.0
    deducted = [item.deducted for item in form.items if item.deducted is not None]
    converted = _("Applicable: {points}    Converted: {score}").format(
        points=points_text(form.applicable_points) or "____",
        score=total_text(form.converted_score) or "____",
    )
    sums = Row(
        (
            Cell(_("Total"), _HEAD, columns=2, shaded=True),
            Cell(points_text(sum((item.points for item in form.items), Decimal(0))), _NUMBER, fit=True),
            Cell(converted, CENTRED, columns=2, fit=True),
            Cell(points_text(sum(deducted, Decimal(0)) if deducted else None), _NUMBER, fit=True),
            Cell(total_text(form.total), _NUMBER, fit=True),
            Cell(),
        ),
        height,
        keep_with_next=True,
    )
    veto = Row((Cell(_("Veto"), _HEAD, columns=2, shaded=True), Cell(form.veto_findings, columns=6)), height)
    return sums, veto


def _instructions() -> str:
    return _(
        "How to fill in: 1. ★ marks a veto item. 2. Tick N/A where an item does not apply; it is left out of "
        "the score. 3. State facts with time, place and figures. 4. Two copies: one for the team, one for the "
        "inspected unit."
    )
