"""``mingcha formula``: one scoring method, with its arithmetic."""

import json

import click

from desktop.cli.options import make_command
from desktop.domain.scoring.methods import calculate, read_params
from desktop.i18n import _


def command() -> click.Command:
    params: list[click.Parameter] = [click.Argument(["code"]), click.Argument(["parameters"], metavar="JSON")]
    return make_command("formula", run, _("Compute one scoring method, with its arithmetic"), params)


def run(code: str, parameters: str) -> None:
    result = calculate(code, read_params(parameters))
    click.echo(
        json.dumps({"score": str(result.score), "explanation": result.explanation}, ensure_ascii=False)
    )
