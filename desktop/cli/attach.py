"""``mingcha attach``: take files in as evidence of a visit."""

from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.i18n import _
from desktop.services.evidence.attach_evidence import attach_evidence


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
    ]
    return workspace_command("attach", run, _("Take files in as evidence of a visit"), params)


def run(
    workspace: Path,
    visit: str,
    files: tuple[Path, ...],
    item: int | None,
    caption: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    with open_for(workspace, passphrase_file) as opened:
        ids = attach_evidence(opened, visit, files, {"item": item, "caption": caption})
    answer({"evidence": list(ids)}, as_json, _("Files taken in: {count}.").format(count=len(ids)))
