"""The recovery sheet: the one paper that opens the backups when every pass phrase is lost."""

from dataclasses import dataclass, field
from datetime import date

from desktop.documents.cell import CENTRED, MM, Align, Cell, Row, Style, Table, label
from desktop.documents.drawing import FormReport, draw_sheets
from desktop.documents.fonts import Face
from desktop.documents.form_head import pair_row, title_table
from desktop.documents.picture import QrCode
from desktop.documents.sheet import PORTRAIT, Gap, Sheet
from desktop.documents.target import Target
from desktop.documents.wording import date_text
from desktop.i18n import _

_WIDE_MM = (27.0, 140.0)
_GROUPS_IN_A_LINE = 5
_SECRET_MM = (17.0, *(30.0,) * _GROUPS_IN_A_LINE)
_LOG_MM = (30.0, 57.0, 27.0, 27.0, 26.0)
_GROUP = Style(Face.SANS_BOLD, size=15, align=Align.CENTRE)
_PREFIX = Style(Face.SANS_BOLD, size=12, align=Align.CENTRE)
_LINE = Style(size=9.5, align=Align.CENTRE, gray=0.35)
_WARNING = Style(Face.SANS_BOLD, size=10, align=Align.CENTRE)
_ROWS_TO_FILL = 3
_QR_MM = 36.0


@dataclass(frozen=True)
class RecoverySheet:
    """``secret`` is an age secret key in full; it is printed and kept nowhere else.

    ``fingerprint`` tells two offices of one name apart, after years and with nothing but a backup at hand.
    """

    office: str
    fingerprint: str
    made_on: date
    secret: str = field(repr=False)


def draw_recovery_sheet(recovery: RecoverySheet, target: Target) -> FormReport:
    return draw_sheets([recovery_sheet(recovery)], recovery_sheet_title(), target)


def recovery_sheet(recovery: RecoverySheet) -> Sheet:
    """The sheet has no record id: nothing on it is to be found in a workspace."""
    title = recovery_sheet_title()
    blocks = (
        title_table(PORTRAIT, recovery.office, title),
        _warning(),
        Gap(2),
        _about(recovery),
        Gap(2.5),
        _secret(recovery.secret),
        _qr(recovery.secret),
        Gap(2.5),
        _keeping(),
        Gap(2.5),
        _log(),
    )
    return Sheet(blocks, title)


def recovery_sheet_title() -> str:
    return _("Recovery sheet")


def _warning() -> Table:
    text = _("Whoever has this sheet and a backup can read everything. Do not copy, photograph or scan it.")
    return Table((PORTRAIT.body_width_mm,), (Row((Cell(text, _WARNING),), 8),), has_rules=False)


def _about(sheet: RecoverySheet) -> Table:
    purpose = _(
        "It opens a backup or a package addressed to this office when all pass phrases are lost or the computer "
        "is gone. It is not needed for daily work."
    )
    use = _(
        "On a computer without a network, choose “Restore a backup” on the first page and type the key or scan the QR"
        " code; or run: mingcha restore BACKUP WORKSPACE --recovery-file FILE, and destroy the file at once."
    )
    rows = (
        (_("Office"), sheet.office),
        (_("Fingerprint"), sheet.fingerprint),
        (_("Made on"), date_text(sheet.made_on)),
        (_("What it is for"), purpose),
        (_("How it is used"), use),
    )
    return Table(_WIDE_MM, tuple(pair_row(row, height_mm=8) for row in rows))


def _secret(secret: str) -> Table:
    """The part before the last 1 is the same for every key (bech32); the rest stands in groups of four."""
    prefix, separator, rest = secret.rpartition("1")
    groups = [rest[at : at + 4] for at in range(0, len(rest), 4)]
    lines = [groups[at : at + _GROUPS_IN_A_LINE] for at in range(0, len(groups), _GROUPS_IN_A_LINE)]
    rows = [Row((label(_("Start")), Cell(prefix + separator, _PREFIX, columns=_GROUPS_IN_A_LINE)), 9, True)]
    for number, line in enumerate(lines, start=1):
        cells = [Cell(group, _GROUP) for group in line]
        cells += [Cell() for _missing in range(_GROUPS_IN_A_LINE - len(line))]
        rows.append(Row((Cell(_("Line {number}").format(number=number), _LINE), *cells), 10, True))
    return Table(_SECRET_MM, tuple(rows))


def _qr(secret: str) -> Table:
    row = Row((Cell(picture=QrCode(secret, _QR_MM * MM)),), _QR_MM + 4)
    return Table((PORTRAIT.body_width_mm,), (row,))


def _keeping() -> Table:
    text = _(
        "1. Seal the sheet in an envelope at once; two persons sign across the flap.\n"
        "2. Keep it in a safe, apart from the computers and the backups.\n"
        "3. After each opening write it down below, and seal it again.\n"
        "4. If it is lost or may have been seen, make new keys and a new sheet."
    )
    persons = _("Sealed by: ________  Witness: ________  Kept at: ________  Date: ________")
    rows = (
        pair_row((_("How it is kept"), text), height_mm=8),
        pair_row((_("Sealing"), persons), height_mm=11),
    )
    return Table(_WIDE_MM, rows)


def _log() -> Table:
    heads = (_("Opened on"), _("Reason of opening"), _("Opened by"), _("Witness"), _("Sealed again on"))
    head = Row(tuple(label(text) for text in heads))
    blank = Row(tuple(Cell(style=CENTRED) for _head in heads), 9.5)
    return Table(_LOG_MM, (head, *(blank,) * _ROWS_TO_FILL), head_rows=1)
