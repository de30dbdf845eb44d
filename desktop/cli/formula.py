"""``mingcha formula``: one scoring method, with its arithmetic."""

import json

import click

from desktop.cli.options import Argument, json_option, make_command
from desktop.domain.scoring.methods import METHODS, calculate, read_params
from desktop.i18n import _


def command() -> click.Command:
    params: list[click.Parameter] = [
        Argument("CODE", _("Scoring method: {codes}").format(codes=" ".join(METHODS)), name="code"),
        Argument("JSON", _("Its parameters, a JSON object"), name="parameters"),
        json_option(),
    ]
    return make_command("formula", run, _("Compute one scoring method, with its arithmetic"), params)


def run(code: str, parameters: str, as_json: bool) -> None:  # noqa: ARG001  # the answer is always JSON
    result = calculate(code, read_params(parameters))
    click.echo(
        json.dumps({"score": str(result.score), "explanation": result.explanation}, ensure_ascii=False)
    )
