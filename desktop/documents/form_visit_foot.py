"""The foot of F01: conclusion, opinion of the unit, signatures of everybody, refusal and witness."""

from collections.abc import Iterator, Sequence

from desktop.documents.cell import CENTRED, MM, TOP, Cell, Row, Style, Table, label
from desktop.documents.form_visit_data import HandSignature, Opinion, VisitForm
from desktop.documents.picture import Ink
from desktop.documents.refusal import refusal_label, refusal_text, witness_line
from desktop.documents.wording import choices, moment_text, name_text
from desktop.i18n import _

_LABEL_MM, _SIGNATURE_MM = 30.0, (46.0, 45.5, 45.5)
_FOOT_MM = (_LABEL_MM, *_SIGNATURE_MM)
_BESIDE = len(_SIGNATURE_MM)
_INK_WIDTH = 38 * MM
_CAPTION = Style(size=8.5, align=CENTRED.align)


def visit_form_foot(form: VisitForm) -> Table:
    rows = [
        _text_row(_("Conclusion and main problems"), form.conclusion, "", 40.0 if form.is_blank else 26.0),
        *_unit_rows(form),
        *_team_rows(form),
        *_refusal_rows(form),
    ]
    last = len(rows) - 1
    kept = (Row(row.cells, row.height_mm, keep_with_next=number < last) for number, row in enumerate(rows))
    return Table(_FOOT_MM, tuple(kept), keep_with_next=True)


def _unit_rows(form: VisitForm) -> Iterator[Row]:
    opinion = choices(
        (
            (_("The facts are true"), form.opinion is Opinion.TRUE),
            (_("Disputed (statement attached)"), form.opinion is Opinion.DISPUTED),
        )
    )
    has_signed = bool(form.unit_signatures)
    yield _text_row(
        _("Opinion of the inspected unit"),
        f"{opinion}\n{form.opinion_text}".rstrip(),
        "" if has_signed else _signing_line(),
        12.0 if has_signed else 24.0,
    )
    yield from _signature_rows(form.unit_signatures)


def _team_rows(form: VisitForm) -> Iterator[Row]:
    signed = {each.name for each in form.team_signatures}
    is_complete = bool(signed) and signed >= {name for name in (form.leader, *form.members) if name}
    yield _text_row(
        _("Signatures of the team (leader, two members or more)"),
        _issued(form),
        "" if is_complete else _signing_line(),
        14.0 if is_complete else 22.0,
    )
    yield from _signature_rows(form.team_signatures)


def _refusal_rows(form: VisitForm) -> Iterator[Row]:
    has_signed = bool(form.witness_signatures)
    yield _text_row(
        refusal_label(),
        refusal_text(form.refusal, form.refused_at, form.refusal_seen_by, form.witness),
        "" if has_signed else witness_line(),
        12.0 if has_signed else 18.0,
    )
    yield from _signature_rows(form.witness_signatures)


def _text_row(name: str, text: str, bottom: str, height_mm: float) -> Row:
    return Row((label(name), Cell(text, TOP, columns=_BESIDE, bottom=bottom)), height_mm)


def _signature_rows(signatures: Sequence[HandSignature]) -> Iterator[Row]:
    """Three beside each other, each with its name and its time."""
    for first in range(0, len(signatures), _BESIDE):
        cells = [_signature(each) for each in signatures[first : first + _BESIDE]]
        empty = [Cell()] * (_BESIDE - len(cells))
        yield Row((label(_("Signed by hand")), *cells, *empty), height_mm=22.0)


def _signature(signature: HandSignature) -> Cell:
    caption = f"{name_text(signature.name)}\n{moment_text(signature.at)}"
    if not signature.is_current:
        caption += "\n" + _("Covers version {number}; corrected since").format(number=signature.version)
    return Cell("", _CAPTION, bottom=caption, picture=Ink(signature.strokes, _INK_WIDTH))


def _issued(form: VisitForm) -> str:
    if not form.issued_by:
        return ""
    text = _("Signed off in the program by {name} on {moment}.").format(
        name=form.issued_by, moment=moment_text(form.issued_at)
    )
    if form.issued_version < form.version:
        text += _(
            "Version {signed} was signed; it was corrected since, and this form shows version {shown}."
        ).format(signed=form.issued_version, shown=form.version)
    return text


def _signing_line() -> str:
    return _("Signature: ________________    Date: ____-__-__")
