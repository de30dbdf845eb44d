"""``mingcha record``: enter a finished visit."""

from pathlib import Path

import click

from desktop.cli.options import answer, open_for, path_argument, workspace_command
from desktop.i18n import _
from desktop.services.records.read_json import read_json_file
from desktop.services.visits.record_visit import record_visit


def command() -> click.Command:
    file = path_argument("file", "VISIT.json", _("Visit file, see the manual"))
    return workspace_command("record", run, _("Enter a finished visit, with its evidence"), [file])


def run(workspace: Path, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    visit = read_json_file(file, "visit")
    with open_for(workspace, passphrase_file) as opened:
        recorded = record_visit(opened, visit)
    text = _("Visit {id} saved; evidence: {count}.").format(id=recorded.id, count=len(recorded.evidence))
    value = {"visit": recorded.id, "is_new": recorded.is_new, "evidence": list(recorded.evidence)}
    answer(value, as_json, text)
