"""F04 谈话（询问）记录: who spoke with whom, question by question; each page is signed by the one who answered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.documents.cell import TOP, Align, Cell, Row, Stand, Style, Table, label
from desktop.documents.drawing import FormReport, draw_sheets
from desktop.documents.fonts import Face
from desktop.documents.form_head import mission_number, pair_row, title_table
from desktop.documents.form_interview_data import DialogueLine, InterviewForm
from desktop.documents.sheet import SIGNED_PORTRAIT, Gap, Sheet
from desktop.documents.target import Target
from desktop.documents.wording import choices, name_text, names_text, period_text
from desktop.i18n import _

FORM_CODE = "F04"

_PAIRS_MM = (27.0, 56.5, 27.0, 56.5)
_SPOKEN_MM = (12.0, 155.0)
_SIGN = Style(Face.SANS_BOLD, size=10.5, align=Align.CENTRE, stand=Stand.TOP)
_SPOKEN = Style(size=11, stand=Stand.TOP)
# Two pages of lines to write on.
_BLANK_LINES = 29
_WITH_SIGNATURES = 2


def draw_interviews(forms: Sequence[InterviewForm], target: Target) -> FormReport:
    return draw_sheets([interview_sheet(form) for form in forms], interview_form_title(), target)


def interview_form_title() -> str:
    return _("Record of an interview")


def interview_sheet(form: InterviewForm) -> Sheet:
    number = mission_number(form.number, is_blank=not form.dialogue)
    marks = _("Entered later from paper") if form.is_from_paper else ""
    blocks = (
        title_table(SIGNED_PORTRAIT, form.office, interview_form_title(), marks, number),
        _head(form),
        Gap(2.5),
        _dialogue(form),
        Gap(2.5),
        _end(form),
    )
    parts = (interview_form_title(), number if form.number else "", form.person)
    running = "　".join(part for part in parts if part)
    return Sheet(
        blocks,
        FORM_CODE,
        record_id=form.record_id,
        running_head=running,
        paper=SIGNED_PORTRAIT,
        signing_line=_("Signature of the person interviewed: ________________    Date: ____-__-__"),
    )


def _head(form: InterviewForm) -> Table:
    height = 8.0 if form.dialogue else 10.0
    wide = (
        (_("Time"), period_text(form.started_at, form.ended_at).replace("\n", " ")),
        (_("Place"), form.place),
    )
    pairs = (
        (
            (_("Interviewers (two or more)"), names_text(form.interviewers)),
            (_("Recorder"), name_text(form.recorder)),
        ),
        ((_("Person interviewed (name or code)"), name_text(form.person)), (_("Gender"), form.gender)),
        ((_("Age"), form.age), (_("Phone"), form.phone)),
    )
    last = ((_("Unit and post"), form.post), (_("Matter of the interview"), form.matter))
    notice = form.notice + "\n" + _("Is this clear? Answer: {answer}").format(answer=form.notice_answer)
    return Table(
        _PAIRS_MM,
        (
            *(_wide_row(*row, height) for row in wide),
            *(pair_row(*pair, height_mm=height) for pair in pairs),
            *(_wide_row(*row, height) for row in last),
            _wide_row(_("What was told"), notice, height),
        ),
    )


def _wide_row(name: str, value: str, height: float) -> Row:
    return Row((label(name), Cell(value, columns=3)), height)


def _dialogue(form: InterviewForm) -> Table:
    """Question and answer without rules, as one writes them; lines to write on where there are none yet."""
    if not form.dialogue:
        lines = [Row((Cell(columns=2),), 10.0)] * _BLANK_LINES
        lines[-_WITH_SIGNATURES:] = [replace(row, keep_with_next=True) for row in lines[-_WITH_SIGNATURES:]]
        return Table(_SPOKEN_MM, tuple(lines), keep_with_next=True)
    rows = [row for line in form.dialogue for row in _spoken(line)]
    return Table(_SPOKEN_MM, tuple(rows), has_rules=False, keep_with_next=True)


def _spoken(line: DialogueLine) -> Iterator[Row]:
    """A question never ends a page without the beginning of its answer."""
    yield Row((Cell(_("Q:"), _SIGN), Cell(line.question, _SPOKEN)), 6.0, keep_with_next=True, flows=True)
    yield Row((Cell(_("A:"), _SIGN), Cell(line.answer, _SPOKEN)), 6.0, flows=True)


def _end(form: InterviewForm) -> Table:
    signed = _("Signature: ________________    Date: ____-__-__")
    read = choices(
        (
            (_("read by the person"), form.is_read_aloud is False),
            (_("read to the person"), form.is_read_aloud is True),
        )
    )
    sentence = _("I have read this record (it has been read to me); it agrees with what I said.")
    refusal = form.refusal
    if form.witnesses:
        refusal += "\n" + _("Witness: {name}").format(name=names_text(form.witnesses))
    rows = (
        (_("Person interviewed"), f"{sentence}\n{read}", signed, 28.0),
        (_("Signatures of the interviewers and the recorder"), "", signed, 20.0),
        (
            _("Refusal to sign, and witness"),
            refusal,
            _("Signature of the witness: ________________    Date: ____-__-__"),
            18.0,
        ),
    )
    last = len(rows) - 1
    return Table(
        (30.0, 137.0),
        tuple(
            Row((label(name), Cell(text, TOP, bottom=bottom)), height, keep_with_next=number < last)
            for number, (name, text, bottom, height) in enumerate(rows)
        ),
    )
