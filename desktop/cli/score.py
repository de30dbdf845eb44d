"""``mingcha score``: a trial run of the scores and the ranking."""

from pathlib import Path

import click

from desktop.cli.columns import in_columns
from desktop.cli.options import answer, open_for, path_option, workspace_command
from desktop.cli.output import check_new
from desktop.documents.ranking_workbook import ranking_workbook
from desktop.i18n import _
from desktop.services.scoring.list_ranking import ranking_of
from desktop.services.scoring.score_units import Assessment, Period, explain_unit, score_units


def command() -> click.Command:
    params = [
        click.Option(
            ["--year"], type=click.IntRange(1990, 2199), metavar="YYYY", required=True, help=_("Year")
        ),
        click.Option(
            ["--period"],
            type=click.Choice([p.value for p in Period]),
            default="year",
            metavar="half|year",
            help=_("half or year"),
        ),
        click.Option(["--explain"], metavar="UNIT", help=_("Every line of arithmetic of one unit")),
        path_option("--xlsx", _("Write the ranking as a spreadsheet"), "FILE.xlsx"),
    ]
    return workspace_command("score", run, _("Scores and ranking, as a trial run"), params)


def run(
    workspace: Path,
    year: int,
    period: str,
    explain: str | None,
    xlsx: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if xlsx is not None:
        check_new(xlsx)
    with open_for(workspace, passphrase_file, read_only=True) as opened:
        assessment = score_units(opened, year, Period(period))
        if xlsx is not None:
            ranking_workbook(ranking_of(opened, assessment), xlsx)
        lines = explain_unit(opened, assessment, explain) if explain else []
    answer(_value(assessment, lines), as_json, "\n".join(lines) if explain else _text(assessment))


def _value(assessment: Assessment, lines: list[str]) -> dict[str, object]:
    return {
        "year": assessment.year,
        "period": assessment.period.value,
        "units": [
            {
                "unit": u.unit.id,
                "name": u.unit.name,
                "group": u.unit.group,
                "rank": u.rank,
                "score": None if u.score is None else str(u.score),
                "open": None if u.open_mean is None else str(u.open_mean),
                "covert": None if u.covert_mean is None else str(u.covert_mean),
                "marks": list(u.marks),
                "lines": list(u.lines),
            }
            for u in assessment.units
        ],
        "visits": [
            {
                "visit": v.visit_id,
                "unit": v.unit_id,
                "side": v.side.value,
                "score": None if v.score.normalised is None else str(v.score.normalised),
                "raw": str(v.score.raw),
                "applicable": str(v.score.applicable),
                "explanation": v.score.explanation,
                "marks": list(v.marks),
            }
            for v in assessment.visits
        ],
        "undated": list(assessment.undated),
        "explain": lines,
    }


def _text(assessment: Assessment) -> str:
    rows = [[_("Group"), _("Rank"), _("Unit"), _("Open"), _("Covert"), _("Total score"), ""]]
    for u in assessment.units:
        if u.score is not None:
            figures = ["" if n is None else str(n) for n in (u.open_mean, u.covert_mean, u.score)]
            rows.append([u.unit.group, str(u.rank), u.unit.name, *figures, " ".join(u.marks)])
    left_out = [v for v in assessment.visits if not v.counts]
    lines = [in_columns(rows)]
    if left_out:
        lines.append(
            _("Visits in conflict, which do not count: {count} ({visits})").format(
                count=len(left_out), visits=_(", ").join(f"{v.unit} {v.visited_on}" for v in left_out)
            )
        )
    if assessment.undated:
        lines.append(
            _(
                "Visits without a time at which they began, which count in no period: {count} ({visits})"
            ).format(count=len(assessment.undated), visits=_(", ").join(assessment.undated))
        )
    return "\n".join(lines)
