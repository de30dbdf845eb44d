"""The ranking of a year as a spreadsheet, with the arithmetic of every score."""

from pathlib import Path

from desktop.documents.ranking_workbook import ranking_workbook
from desktop.services.scoring.list_ranking import ranking_of
from desktop.services.scoring.score_units import Period, score_units
from desktop.services.workspace.workspace import Workspace
from desktop.storage.visit_search import years_of_visits


def ranking_years(workspace: Workspace) -> tuple[int, ...]:
    """The years an office can rank, newest first; a field node has not the visits of the others and ranks none."""
    return tuple(years_of_visits(workspace.db)) if workspace.is_office else ()


def export_ranking(workspace: Workspace, year: int, target: Path, *, is_half: bool = False) -> int:
    """Write the trial run of a year, or of its first half; returns how many units have a score."""
    assessment = score_units(workspace, year, Period.HALF if is_half else Period.YEAR)
    ranking_workbook(ranking_of(workspace, assessment), target)
    return len(assessment.units)
