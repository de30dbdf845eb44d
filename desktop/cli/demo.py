"""``mingcha demo``: the fictitious city, the whole loop."""

from pathlib import Path

import click

from desktop.cli.options import (
    answer,
    json_option,
    make_command,
    path_argument,
)
from desktop.demo.kept_demo import find_kept_demo
from desktop.demo.run_demo import run_demo
from desktop.demo.summary import summary_text
from desktop.i18n import _


def command() -> click.Command:
    folder = path_argument("folder", "DIR", _("New or empty folder, or that of an earlier demo"))
    keep = click.Option(["--keep"], is_flag=True, help=_("Build nothing where a sound demo stands already"))
    return make_command(
        "demo", run, _("Build the fictitious city and run the whole loop"), [folder, keep, json_option()]
    )


def run(folder: Path, keep: bool, as_json: bool) -> None:
    def report(sentence: str) -> None:
        click.echo(sentence, err=as_json)

    kept = find_kept_demo(folder) if keep else None
    if kept is not None:
        report(_("The demo that stands there is whole and sound; it is kept as it is."))
        answer(kept.value, as_json, kept.text)
        return
    summary = run_demo(folder, report)
    answer(summary.as_json(), as_json, summary_text(summary))
