"""``mingcha person``: another person who can unlock a workspace."""

from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, path_option, read_passphrase, workspace_command
from desktop.i18n import _
from desktop.services.setup.add_person import add_person

NEW_PASSPHRASE_VARIABLE = "MINGCHA_NEW_PASSPHRASE"  # noqa: S105  # the name of the variable, not a secret


def command() -> click.Command:
    params = [
        Argument("add", _("Add somebody"), name="action", type=click.Choice(["add"])),
        Argument("NAME", _("Name of the person"), name="name"),
        click.Option(
            ["--login"], default="", metavar="LOGIN", help=_("Neutral login (else the next number)")
        ),
        path_option(
            "--new-passphrase-file",
            _("File with the new pass phrase (else {variable}, else asked for)").format(
                variable=NEW_PASSPHRASE_VARIABLE
            ),
        ),
    ]
    return workspace_command("person", run, _("Another person who can unlock the workspace"), params)


def run(
    workspace: Path,
    action: str,
    name: str,
    login: str,
    new_passphrase_file: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    with open_for(workspace, passphrase_file) as opened:
        passphrase = read_passphrase(
            new_passphrase_file,
            NEW_PASSPHRASE_VARIABLE,
            _("Pass phrase of {name}").format(name=name),
            is_new=True,
        )
        added = add_person(opened, name, passphrase, login)
    text = _("{name} can unlock the workspace with the login {login}.").format(name=name, login=added.login)
    answer({"action": action, "person": added.person_id, "login": added.login}, as_json, text)
