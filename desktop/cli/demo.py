"""``mingcha demo``: the fictitious city, with the whole loop run once."""

from pathlib import Path

import click

from desktop.cli.options import answer, json_option, make_command
from desktop.demo.run_demo import run_demo
from desktop.demo.summary import summary_text
from desktop.i18n import _


def command() -> click.Command:
    params = [click.Argument(["folder"], type=click.Path(path_type=Path), metavar="DIR"), json_option()]
    return make_command("demo", run, _("Build the fictitious city and run the whole loop"), params)


def run(folder: Path, as_json: bool) -> None:
    # What happens is told on stderr: stdout is the answer alone.
    summary = run_demo(folder, lambda line: click.echo(line, err=True))
    answer(summary.as_json(), as_json, summary_text(summary).rstrip())
