"""``mingcha review``: the office approves a veto, or decides a score."""

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.domain.names import display_name
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.visits.review_visit import review_visit


def command() -> click.Command:
    params = [
        Argument("VISIT", _("Id of the visit"), name="visit"),
        click.Option(
            ["--approve-veto"],
            type=click.IntRange(min=1),
            multiple=True,
            metavar="NUMBER",
            help=_("Item whose veto takes effect"),
        ),
        click.Option(
            ["--leader-score"],
            default="",
            metavar="POINTS",
            help=_("Score where less than 60 points are applicable"),
        ),
        click.Option(["--remark"], default="", metavar="TEXT", help=_("Remark")),
    ]
    return workspace_command("review", run, _("Approve a veto or decide the score of a visit"), params)


def run(
    workspace: Path,
    visit: str,
    approve_veto: tuple[int, ...],
    leader_score: str,
    remark: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    score = _points(leader_score) if leader_score else None
    with open_for(workspace, passphrase_file) as opened:
        review_visit(opened, visit, approved_vetoes=approve_veto, leader_score=score, remark=remark)
    answer({"visit": visit, "approved_vetoes": list(approve_veto)}, as_json, _("The decision is saved."))


def _points(text: str) -> Decimal:
    try:
        points = Decimal(text)
    except InvalidOperation:
        points = Decimal("NaN")
    if not points.is_finite():
        raise UserError(_("“{text}” is not a number.").format(text=display_name(text, 40)))
    return points
