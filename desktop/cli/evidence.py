"""``mingcha evidence``: the original, byte for byte."""

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.cli.output import check_new, out_option
from desktop.i18n import _
from desktop.services.evidence.export_original import export_original


def command() -> click.Command:
    evidence = Argument("ID", _("Id of the evidence"), name="evidence")
    params = [evidence, out_option()]
    return workspace_command("evidence", run, _("Write the original of a piece of evidence"), params)


def run(workspace: Path, evidence: str, out: Path, passphrase_file: Path | None, as_json: bool) -> None:
    check_new(out)
    with open_for(workspace, passphrase_file) as opened:
        exported = export_original(opened, evidence, out)
    text = f"{exported.sha256}  {out.name}"
    answer({**asdict(exported), "file": str(out)}, as_json, text)
