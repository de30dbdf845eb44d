"""ranking.xlsx: who stands where, and for every score the arithmetic that led to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from desktop.documents.ranking_data import Ranking, RankingLine, ScoreLine
from desktop.documents.sheet_style import BODY, CENTERED, HEAD, NOTE, SCORE, TITLE, Look, styled
from desktop.documents.target import Target, write_target
from desktop.documents.wording import date_text
from desktop.documents.workbook_bytes import MemorySheet, workbook_bytes
from desktop.i18n import _

_A4 = 9
_HEAD_ROW = 3


@dataclass(frozen=True)
class _Column:
    head: str
    width: int
    look: Look


def ranking_workbook(ranking: Ranking, target: Target) -> None:
    def fill_ranking(sheet: MemorySheet) -> None:
        rows = [_ranking_row(line) for line in ranking.lines]
        _fill(sheet, _heading(ranking, ""), _ranking_columns(), rows)

    def fill_scores(sheet: MemorySheet) -> None:
        rows = [_score_row(line) for line in ranking.scores]
        _fill(sheet, _heading(ranking, _("Scores of the visits")), _score_columns(), rows)

    write_target(
        target, workbook_bytes([(_("Ranking"), fill_ranking), (_("Scores of the visits"), fill_scores)])
    )


def _ranking_row(line: RankingLine) -> Sequence[object]:
    return (
        line.group,
        line.rank,
        line.unit,
        line.open_mean,
        line.covert_mean,
        line.score,
        _(", ").join(line.marks),
        line.arithmetic,
    )


def _score_row(line: ScoreLine) -> Sequence[object]:
    return (
        line.unit,
        line.short_code,
        date_text(line.visited_on) if line.visited_on else None,
        line.mode,
        line.site,
        line.checklist,
        line.total,
        line.applicable_points,
        line.score,
        line.veto,
        line.arithmetic,
    )


def _ranking_columns() -> Sequence[_Column]:
    return (
        _Column(_("Group"), 14, CENTERED),
        _Column(_("Rank"), 8, CENTERED),
        _Column(_("Unit"), 36, BODY),
        _Column(_("Mean of open visits"), 13, SCORE),
        _Column(_("Mean of covert visits"), 13, SCORE),
        _Column(_("Score"), 10, SCORE),
        _Column(_("Remarks"), 24, BODY),
        _Column(_("Arithmetic"), 48, BODY),
    )


def _score_columns() -> Sequence[_Column]:
    return (
        _Column(_("Unit"), 32, BODY),
        _Column(_("Short code"), 12, CENTERED),
        _Column(_("Date"), 17, CENTERED),
        _Column(_("Manner of inspection"), 11, CENTERED),
        _Column(_("Site"), 28, BODY),
        _Column(_("Checklist used"), 24, BODY),
        _Column(_("Points reached"), 10, SCORE),
        _Column(_("Applicable points"), 10, SCORE),
        _Column(_("Converted score"), 11, SCORE),
        _Column(_("Veto"), 24, BODY),
        _Column(_("Arithmetic"), 48, BODY),
    )


def _heading(ranking: Ranking, part: str) -> tuple[str, str]:
    """The title, and below it whose work it is."""
    note = _("{office}    Basis: {basis}    Made on {date}").format(
        office=ranking.office, basis=ranking.basis, date=date_text(ranking.made_on)
    )
    return "　".join(text for text in (ranking.title, part) if text), note


def _fill(
    sheet: MemorySheet,
    heading: tuple[str, str],
    columns: Sequence[_Column],
    rows: Sequence[Sequence[object]],
) -> None:
    """The heading, the heads of the columns, and the rows.

    On the screen the heads and the columns up to the unit stay in sight; on paper it is A4 across with the heads on
    each page.
    """
    last = get_column_letter(len(columns))
    unit = next(number for number, column in enumerate(columns) if column.head == _("Unit"))
    sheet.freeze_panes = f"{get_column_letter(unit + 2)}{_HEAD_ROW + 1}"
    _set_up_page(sheet)
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    title, note = heading
    sheet.append([styled(sheet, title, TITLE)])
    sheet.append([styled(sheet, note, NOTE)])
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{_HEAD_ROW + len(rows)}"
    sheet.print_area = f"A1:{last}{_HEAD_ROW + len(rows)}"
    sheet.append([styled(sheet, column.head, HEAD) for column in columns])
    for row in rows:
        sheet.append([styled(sheet, value, column.look) for value, column in zip(row, columns, strict=True)])


def _set_up_page(sheet: MemorySheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.print_options.horizontalCentered = True
    # &P and &N are filled in by the program that prints.
    sheet.oddFooter.center.text = _("Page {number} of {pages}").format(number="&P", pages="&N")
