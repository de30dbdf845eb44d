"""F13 数据包交接单: what is handed over on a stick or disc, by whom, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from desktop.documents.cell import CENTRED, TOP, Align, Cell, Row, Style, Table, label
from desktop.documents.drawing import FormReport, draw_sheets
from desktop.documents.fonts import Face
from desktop.documents.form_head import note_table, pair_row, title_table
from desktop.documents.page_edge import short_code
from desktop.documents.sheet import PORTRAIT, Gap, Sheet
from desktop.documents.target import Target
from desktop.documents.wording import choices, date_text, moment_text, name_text, size_text
from desktop.i18n import _

FORM_CODE = "F13"

_PAIRS_MM = (27.0, 56.5, 27.0, 56.5)
_WIDE_MM = (27.0, 140.0)
_FILES_MM = (10.0, 42.0, 28.0, 64.0, 23.0)
_HEAD = Style(Face.SANS_BOLD, size=9.5, align=Align.CENTRE)
_NAME = Style(size=10)
_SMALL = Style(size=9, align=Align.CENTRE)


class PackageKind(Enum):
    TASK = "task"
    RESULT = "result"
    RECEIPT = "receipt"
    ROLLUP = "rollup"


class ImportResult(Enum):
    ALL = "all"
    PART = "part"


@dataclass(frozen=True)
class SlipFile:
    """One file on the medium (a package may be split into volumes); ``sha256`` as 64 hex digits."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class PackageSlip:
    """``record_id`` is the package id. Counts are those of the manifest; without ``visits`` there is room to write.

    ``first_on`` and ``last_on``: the days of the visits that the package brings.
    """

    office: str
    record_id: str
    kind: PackageKind
    files: tuple[SlipFile, ...]
    number: str = ""
    sender: str = ""
    recipient: str = ""
    visits: int | None = None
    issues: int | None = None
    photos: int | None = None
    first_on: date | None = None
    last_on: date | None = None
    medium: str = ""
    exported_by: str = ""
    exported_at: datetime | None = None
    received_by: str = ""
    received_at: datetime | None = None
    result: ImportResult | None = None
    remarks: str = ""


def draw_package_slip(slip: PackageSlip, target: Target) -> FormReport:
    return draw_package_slips([slip], target)


def draw_package_slips(slips: Sequence[PackageSlip], target: Target) -> FormReport:
    return draw_sheets([slip_sheet(slip) for slip in slips], package_slip_title(), target)


def package_slip_title() -> str:
    return _("Package slip")


def slip_sheet(slip: PackageSlip) -> Sheet:
    number = _("No. {number}").format(number=slip.number or short_code(slip.record_id))
    blocks = (
        title_table(PORTRAIT, slip.office, package_slip_title(), right=number),
        _package(slip),
        Gap(2.5),
        _files(slip),
        Gap(2.5),
        _handover(slip),
        _signatures(),
        Gap(1),
        note_table(
            PORTRAIT,
            _(
                "The slip is made in two copies, one for each side. The receiver compares the short code with "
                "the first eight digits of the checksum on the screen. The package is encrypted: only the "
                "recipient can open it."
            ),
        ),
    )
    running = "　".join(part for part in (slip.office, package_slip_title(), number) if part)
    # The short code of the file is the one to compare; a second one in the foot would be taken for it.
    return Sheet(blocks, FORM_CODE, record_id=slip.record_id, running_head=running, has_short_code=False)


def _package(slip: PackageSlip) -> Table:
    kinds = (
        (_("Task package"), PackageKind.TASK),
        (_("Result package"), PackageKind.RESULT),
        (_("Receipt"), PackageKind.RECEIPT),
        (_("Roll-up package"), PackageKind.ROLLUP),
    )
    rows = (
        (_("Package id"), slip.record_id),
        (_("Kind of package"), choices((text, kind is slip.kind) for text, kind in kinds)),
        (_("Sender"), slip.sender),
        (_("Recipient"), slip.recipient),
        (_("Content"), _content(slip)),
        (_("Medium (stick or disc number)"), slip.medium),
    )
    return Table(_WIDE_MM, tuple(pair_row(row, height_mm=9) for row in rows))


def _content(slip: PackageSlip) -> str:
    """What the manifest counts, or room for the figures where nothing is counted."""
    is_counted = slip.visits is not None
    counts = (
        (_("Visits: {count}"), slip.visits),
        (_("Issues: {count}"), slip.issues),
        (_("Photos: {count}"), slip.photos),
    )
    shown = "\u3000\u3000".join(
        text.format(count="____" if count is None else count)
        for text, count in counts
        if not (is_counted and count is None)
    )
    return "\n".join(line for line in (shown, _period(slip)) if line)


def _period(slip: PackageSlip) -> str:
    if slip.first_on is None:
        return "" if slip.visits is not None else _("Period: ____-__-__ to ____-__-__")
    period = date_text(slip.first_on)
    if slip.last_on is not None and slip.last_on != slip.first_on:
        period = _("{start} to {end}").format(start=period, end=date_text(slip.last_on))
    return _("Period: {period}").format(period=period)


def _files(slip: PackageSlip) -> Table:
    heads = (_("No."), _("File name"), _("Size"), _("Checksum (SHA-256)"), _("Short code"))
    head = Row(tuple(Cell(text, _HEAD, shaded=True) for text in heads))
    rows = (
        Row(
            (
                Cell(str(number), CENTRED),
                Cell(file.name, _NAME, fit=True),
                Cell(size_text(file.size_bytes), _SMALL),
                Cell(_grouped(file.sha256), _SMALL),
                Cell(short_code(file.sha256[:8]), CENTRED, fit=True),
            )
        )
        for number, file in enumerate(slip.files, start=1)
    )
    return Table(_FILES_MM, (head, *rows), head_rows=1)


def _grouped(sha256: str) -> str:
    """Sixty-four digits in two lines of four groups, to be compared by eye."""
    groups = [sha256[at : at + 8] for at in range(0, len(sha256), 8)]
    return "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


def _handover(slip: PackageSlip) -> Table:
    results = (
        (_("All imported"), slip.result is ImportResult.ALL),
        (_("Imported in part (see list)"), slip.result is ImportResult.PART),
    )
    rows = (
        pair_row(
            (_("Exported by"), name_text(slip.exported_by)),
            (_("Exported at"), moment_text(slip.exported_at)),
            height_mm=10,
        ),
        pair_row(
            (_("Received by"), name_text(slip.received_by)),
            (_("Received at"), moment_text(slip.received_at)),
            height_mm=10,
        ),
        Row((label(_("Result of the import")), Cell(choices(results), columns=3)), 10),
        Row((label(_("Remarks")), Cell(slip.remarks, TOP, columns=3)), 16),
    )
    return Table(_PAIRS_MM, rows)


def _signatures() -> Table:
    signed = _("Signature: ________________\nDate: ____-__-__")
    cells = (
        label(_("Handed over by")),
        Cell(bottom=signed),
        label(_("Taken over by")),
        Cell(bottom=signed),
    )
    return Table(_PAIRS_MM, (Row(cells, 24),))
