"""``mingcha sign``: 组长签发."""

from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.i18n import _
from desktop.services.visits.sign_visit import sign_visit


def command() -> click.Command:
    signer = click.Option(
        ["--signer"],
        default="",
        metavar="NAME",
        help=_("Name of the team leader (else the one in the visit)"),
    )
    visit = Argument("VISIT", _("Id of the visit"), name="visit")
    params = [visit, signer]
    return workspace_command(
        "sign", run, _("The team leader signs a visit; later changes are corrections"), params
    )


def run(workspace: Path, visit: str, signer: str, passphrase_file: Path | None, as_json: bool) -> None:
    with open_for(workspace, passphrase_file) as opened:
        signed = sign_visit(opened, visit, signer)
    text = _("Visit {id} signed; parts covered: {count}.").format(id=signed.visit_id, count=signed.parts)
    if signed.warnings:
        text = "\n".join(
            [text, *(_("Note: {problem}.").format(problem=problem) for problem in signed.warnings)]
        )
    value = {
        "visit": signed.visit_id,
        "signature": signed.signature,
        "text_sha256": signed.text_sha256,
        "warnings": list(signed.warnings),
    }
    answer(value, as_json, text)
