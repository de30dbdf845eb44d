"""``mingcha attach``: take files in as evidence of a visit."""

from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.collect_evidence import Source
from desktop.services.visits.correct_visit import AddedFiles, correct_evidence
from desktop.services.workspace.workspace import Workspace


def command() -> click.Command:
    params = [
        Argument("VISIT", _("Id of the visit"), name="visit"),
        Argument(
            "FILE...",
            _("Photos, recordings, papers"),
            name="files",
            nargs=-1,
            required=True,
            type=click.Path(path_type=Path),
        ),
        click.Option(
            ["--item"], type=click.IntRange(min=1), metavar="NUMBER", help=_("Item of the checklist")
        ),
        click.Option(["--caption"], default="", metavar="TEXT", help=_("What it shows")),
        click.Option(
            ["--reason"],
            default="",
            metavar="TEXT",
            help=_("Why it is added later; this makes it a correction"),
        ),
    ]
    return workspace_command("attach", run, _("Take files in as evidence of a visit"), params)


def run(
    workspace: Path,
    visit: str,
    files: tuple[Path, ...],
    item: int | None,
    caption: str,
    reason: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    with open_for(workspace, passphrase_file) as opened:
        if reason:
            ids = _correct(opened, visit, files, item, caption, reason)
        else:
            ids = attach_evidence(opened, visit, files, {"item": item, "caption": caption})
    answer({"evidence": list(ids)}, as_json, _("Files taken in: {count}.").format(count=len(ids)))


def _correct(
    workspace: Workspace, visit: str, files: tuple[Path, ...], item: int | None, caption: str, reason: str
) -> tuple[str, ...]:
    if item is None:
        raise UserError(
            _("A correction adds evidence to one item."), _("Name the item with “--item”, then try again.")
        )
    added = AddedFiles(tuple(Source(file) for file in files), caption)
    return correct_evidence(workspace, visit, item, added, reason).evidence
