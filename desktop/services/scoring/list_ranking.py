"""The scores of a period in the words and the order of the sheet that is handed out."""

from collections.abc import Mapping
from datetime import date

from desktop.documents.page_edge import short_code
from desktop.documents.ranking_data import Ranking, RankingLine, ScoreLine
from desktop.domain.ranking import RankedUnit, Side
from desktop.domain.scoring.method import join_steps
from desktop.i18n import _
from desktop.services.scoring.score_units import Assessment, Period, ScoredVisit
from desktop.services.workspace.describe_workspace import describe_workspace
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, all_rows


def ranking_of(workspace: Workspace, assessment: Assessment) -> Ranking:
    """The assessment as ``ranking.xlsx`` shows it."""
    units = {row["id"]: row for row in all_rows(workspace.db, "unit")}
    titles = {
        Period.HALF: _("Ranking of the first half of {year}"),
        Period.YEAR: _("Ranking of {year}"),
    }
    return Ranking(
        office=describe_workspace(workspace).name,
        title=titles[assessment.period].format(year=assessment.year),
        basis=_("Open visits 40 %, covert visits 60 %; trial run, not published"),
        made_on=date.fromisoformat(local_time(workspace.clock_ms())[:10]),
        lines=tuple(_ranking_line(unit) for unit in assessment.units),
        scores=tuple(_score_line(visit, units) for visit in assessment.visits),
    )


def _ranking_line(ranked: RankedUnit) -> RankingLine:
    return RankingLine(
        group=ranked.unit.group,
        rank=ranked.rank,
        unit=ranked.unit.name,
        open_mean=ranked.open_mean,
        covert_mean=ranked.covert_mean,
        score=ranked.score,
        marks=ranked.marks,
        arithmetic=join_steps(ranked.lines),
    )


def _score_line(visit: ScoredVisit, units: Mapping[str | int | None, Row]) -> ScoreLine:
    unit = units.get(visit.unit_id)
    return ScoreLine(
        unit=str(unit["name"]) if unit else "",
        short_code=short_code(visit.visit_id),
        visited_on=date.fromisoformat(visit.visited_on) if visit.visited_on else None,
        mode=_("Covert visit") if visit.side is Side.COVERT else _("Open visit"),
        site=visit.site,
        checklist=visit.checklist,
        total=visit.score.raw,
        applicable_points=visit.score.applicable,
        score=visit.score.normalised,
        veto=_("; ").join(
            _("Item {number}: {text}").format(number=veto.item_no, text=veto.text)
            for veto in visit.score.vetoes
        ),
        arithmetic=join_steps((visit.score.explanation, *visit.marks)),
    )
