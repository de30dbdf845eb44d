"""``mingcha demo``: the fictitious city, the whole loop."""

from pathlib import Path

import click

from desktop.cli.options import (
    answer,
    json_option,
    make_command,
    path_argument,
)
from desktop.demo.run_demo import run_demo
from desktop.demo.summary import summary_text
from desktop.i18n import _


def command() -> click.Command:
    folder = path_argument("folder", "DIR", _("New or empty folder, or that of an earlier demo"))
    return make_command(
        "demo", run, _("Build the fictitious city and run the whole loop"), [folder, json_option()]
    )


def run(folder: Path, as_json: bool) -> None:
    def report(sentence: str) -> None:
        click.echo(sentence, err=as_json)

    summary = run_demo(folder, report)
    answer(summary.as_json(), as_json, summary_text(summary))
