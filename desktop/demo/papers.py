"""What the office prints and hands round: forms as PDF and the ranking as a spreadsheet."""

from collections.abc import Sequence
from pathlib import Path

from desktop.demo.cast import Cast
from desktop.demo.city import YEAR
from desktop.documents.ranking_workbook import ranking_workbook
from desktop.services.printing.print_form import print_form
from desktop.services.records.list_records import list_records
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.scoring.list_ranking import ranking_of
from desktop.services.scoring.score_units import score_units
from desktop.services.workspace.workspace import Workspace


def write_ranking(cast: Cast) -> None:
    ranking_workbook(ranking_of(cast.office, score_units(cast.office, YEAR)), cast.folder / "ranking.xlsx")


def print_papers(cast: Cast) -> None:
    """F01 blank for a visit that is yet to come, F01 and F12 of those that were made, F13 of every package."""
    paper = cast.folder / "paper"
    visits = _announced_or_recorded(cast.office)
    recorded = [visit for visit in visits if visit.answers]
    to_come = [visit for visit in visits if not visit.answers]
    _print(cast, "F01", to_come[:1], paper / "F01-blank.pdf", is_blank=True)
    _print(cast, "F01", recorded, paper / "F01-filled.pdf")
    _print(cast, "F12", [visit for visit in recorded if visit.evidence], paper / "F12-evidence.pdf")
    # Without ids, it is printed for all of them.
    _print(cast, "F13", [], paper / "F13-slips.pdf")


def _announced_or_recorded(office: Workspace) -> list[VisitView]:
    """All visits but those of sealed missions that nobody has made: of these the office itself knows no checklist."""
    rows = list_records(office, "visits").rows
    visits = [read_visit(office.db, str(row["id"])) for row in rows]
    return [visit for visit in visits if visit.text("checklist_id")]


def _print(
    cast: Cast, form: str, visits: Sequence[VisitView], target: Path, *, is_blank: bool = False
) -> None:
    print_form(cast.office, form, [visit.id for visit in visits], target, is_blank=is_blank)
