"""F02 暗访记录表: what was seen of a covert visit, line by line; and F02b, the version for the inspected unit.

F02b takes other values than F02: route, team, and codes are not left out when it is drawn, they never come here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from desktop.documents.cell import CENTRED, TOP, Cell, Row, Style, Table, label
from desktop.documents.drawing import FormReport, draw_sheets
from desktop.documents.fonts import Face
from desktop.documents.form_covert_data import CovertFeedback, CovertLine, CovertRecord
from desktop.documents.form_head import mission_number, note_table, pair_row, title_table
from desktop.documents.form_visit_data import Opinion
from desktop.documents.refusal import refusal_label, refusal_text, witness_line
from desktop.documents.sheet import PORTRAIT, Block, Gap, Sheet
from desktop.documents.target import Target
from desktop.documents.wording import (
    choices,
    date_text,
    duration_text,
    moment_text,
    name_text,
    names_text,
    time_text,
)
from desktop.i18n import _

FORM_CODE, FEEDBACK_CODE = "F02", "F02b"

_PAIRS_MM = (28.0, 55.5, 28.0, 55.5)
_WIDE_MM = (28.0, 139.0)
_LINES_MM = (17.0, 31.0, 70.0, 18.0, 12.0, 19.0)
_TEXT = Style(size=9.5)
_SMALL = Style(size=9, align=CENTRED.align)
_DAY = Style(size=9.5)
_HEAD = Style(Face.SANS_BOLD, size=9.5, align=CENTRED.align)
# Two pages of lines to write on.
_BLANK_LINES = 30
_WITH_SIGNATURES = 2


def draw_covert_records(records: Sequence[CovertRecord], target: Target) -> FormReport:
    return draw_sheets([covert_sheet(record) for record in records], covert_form_title(), target)


def draw_covert_feedbacks(feedbacks: Sequence[CovertFeedback], target: Target) -> FormReport:
    return draw_sheets([feedback_sheet(each) for each in feedbacks], feedback_form_title(), target)


def covert_form_title() -> str:
    return _("Covert record")


def feedback_form_title() -> str:
    return _("Covert record (for the inspected unit)")


def covert_sheet(record: CovertRecord) -> Sheet:
    shown, mark = record.shown, _("Internal, keep safe")
    number = mission_number(record.number, is_blank=not shown.lines)
    marks = "　".join((mark, _("Entered later from paper"))) if record.is_from_paper else mark
    people = _("Leader {leader}").format(leader=name_text(record.leader)) if record.leader else ""
    if record.members:
        people += "\n" + _("Members {names}").format(names=names_text(record.members))
    pairs = (
        ((_("Date of the covert visit"), _day(shown)), (_("Leader, members (or their codes)"), people)),
        ((_("Object"), _object(shown)), (_("Route"), record.route)),
    )
    signed = _("Signature: ________________    Date: ____-__-__")
    foot = (
        *_foot(shown),
        _refusal(shown, record.refusal_seen_by, record.witness),
        (_("Remarks"), record.remark, "", 12.0),
        (_("Signatures of the members"), "", signed, 22.0),
    )
    blocks = (
        title_table(PORTRAIT, shown.office, covert_form_title(), marks, number),
        Table(_PAIRS_MM, tuple(pair_row(*pair, height_mm=_height(shown)) for pair in pairs)),
        *_body(shown, foot),
        note_table(PORTRAIT, _instructions()),
    )
    running = "　".join(part for part in (mark, covert_form_title(), number if record.number else "") if part)
    return Sheet(blocks, FORM_CODE, record_id=record.record_id, running_head=running)


def feedback_sheet(shown: CovertFeedback) -> Sheet:
    """Without QR and short code: they belong to a record that the unit is not shown."""
    pairs = (
        ((_("Inspected unit"), shown.unit), (_("Site"), shown.site)),
        (
            (_("Date of the covert visit"), _day(shown)),
            (_("Identity shown at"), moment_text(shown.identity_shown_at)),
        ),
    )
    signed = _("Signature: ________________    Date: ____-__-__")
    foot = (
        *_foot(shown)[1:],
        (_("Opinion of the inspected unit"), "", signed, 26.0),
        _refusal(shown),
    )
    blocks = (
        title_table(PORTRAIT, shown.office, feedback_form_title()),
        Table(_PAIRS_MM, tuple(pair_row(*pair, height_mm=_height(shown)) for pair in pairs)),
        *_body(shown, foot),
    )
    running = "　".join(part for part in (feedback_form_title(), shown.unit) if part)
    return Sheet(blocks, FEEDBACK_CODE, running_head=running)


def _body(shown: CovertFeedback, foot: tuple[tuple[str, str, str, float], ...]) -> tuple[Block, ...]:
    return Gap(2.5), _lines(shown), Gap(2.5), _foot_table(foot), Gap(1)


def _lines(shown: CovertFeedback) -> Table:
    heads = (
        _("Time"),
        _("Place (floor, window, door)"),
        _("Facts observed"),
        _("Lasted"),
        _("Good or bad"),
        _("Evidence no."),
    )
    head = Row(tuple(Cell(text, _HEAD, shaded=True) for text in heads))
    rows = [*_rows(shown.lines)]
    if not rows:
        rows = [Row(tuple(Cell() for _column in _LINES_MM), 10.5)] * _BLANK_LINES
    # The signatures never stand alone on a page.
    rows[-_WITH_SIGNATURES:] = [replace(row, keep_with_next=True) for row in rows[-_WITH_SIGNATURES:]]
    return Table(_LINES_MM, (head, *rows), head_rows=1, keep_with_next=True)


def _rows(lines: Sequence[CovertLine]) -> Iterator[Row]:
    """Each line; where they are of several days, each day has a row of its own above its lines."""
    days = [line.at.date() if line.at else None for line in lines]
    shown: date | None = None
    for line, day in zip(lines, days, strict=True):
        if day is not None and day != shown and len(set(days)) > 1:
            text = Cell(date_text(day), _DAY, columns=len(_LINES_MM), shaded=True)
            yield Row((text,), 6.5, keep_with_next=True)
        shown = day or shown
        yield _line(line)


def _line(line: CovertLine) -> Row:
    return Row(
        (
            Cell(time_text(line.at) if line.at else "", _SMALL),
            Cell(line.place, _TEXT),
            Cell(line.fact, _TEXT),
            Cell(duration_text(line.duration_s), _SMALL),
            Cell(_("good") if line.is_good else _("bad"), CENTRED),
            Cell(_(", ").join(line.evidence_numbers), _TEXT),
        ),
        flows=True,
    )


def _foot(shown: CovertFeedback) -> tuple[tuple[str, str, str, float], ...]:
    """Label, text, what stands at the lower edge, height in mm."""
    opinion = choices(
        (
            (_("The facts are true"), shown.opinion is Opinion.TRUE),
            (_("Disputed (statement attached)"), shown.opinion is Opinion.DISPUTED),
        )
    )
    return (
        (_("Identity shown at"), moment_text(shown.identity_shown_at), "", _height(shown)),
        (_("Feedback on site"), f"{opinion}\n{shown.conclusion}".rstrip(), "", 24.0),
    )


def _refusal(
    shown: CovertFeedback, seen_by: Sequence[str] = (), witness: str = ""
) -> tuple[str, str, str, float]:
    return (
        refusal_label(),
        refusal_text(shown.refusal, shown.refused_at, seen_by, witness),
        witness_line(),
        18.0 if shown.lines else 26.0,
    )


def _foot_table(rows: tuple[tuple[str, str, str, float], ...]) -> Table:
    last = len(rows) - 1
    return Table(
        _WIDE_MM,
        tuple(
            Row((label(name), Cell(text, TOP, bottom=bottom)), height, keep_with_next=number < last)
            for number, (name, text, bottom, height) in enumerate(rows)
        ),
        keep_with_next=True,
    )


def _day(shown: CovertFeedback) -> str:
    return date_text(shown.visited_at.date()) if shown.visited_at else ""


def _object(shown: CovertFeedback) -> str:
    return "\n".join(name for name in (shown.unit, shown.site) if name)


def _height(shown: CovertFeedback) -> float:
    return 8.0 if shown.lines else 10.0


def _instructions() -> str:
    return _(
        "How to fill in: 1. One line for one thing seen, with its time to the minute. 2. Persons are described by "
        "what one sees of them or by the number they wear. 3. What was good is noted as well. 4. This form stays in "
        "the office; the inspected unit gets the version made for it."
    )
