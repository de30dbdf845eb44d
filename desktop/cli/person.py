"""``mingcha person``: another person who can unlock a workspace, and a new pass phrase for one who forgot it."""

from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, path_option, read_passphrase, workspace_command
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.setup.add_person import add_person
from desktop.services.setup.reset_passphrase import (
    login_of,
    owners_of_slots,
    read_recovery_file,
    reset_passphrase,
)

NEW_PASSPHRASE_VARIABLE = "MINGCHA_NEW_PASSPHRASE"  # noqa: S105  # the name of the variable, not a secret


def command() -> click.Command:
    params = [
        Argument(
            "add|reset",
            _("Add somebody, or set a new pass phrase for somebody"),
            name="action",
            type=click.Choice(["add", "reset"]),
        ),
        Argument("NAME", _("Name of the person"), name="name"),
        click.Option(
            ["--login"], default="", metavar="LOGIN", help=_("Neutral login (else the next number)")
        ),
        path_option("--recovery-file", _("File with the recovery key of the office, for “reset”")),
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
    recovery_file: Path | None,
    new_passphrase_file: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if action == "reset":
        _reset(workspace, name, recovery_file, new_passphrase_file, as_json)
        return
    with open_for(workspace, passphrase_file) as opened:
        added = add_person(opened, name, _new_passphrase(name, new_passphrase_file), login)
    text = _("{name} can unlock the workspace with the login {login}.").format(name=name, login=added.login)
    answer({"action": action, "person": added.person_id, "login": added.login}, as_json, text)


def _reset(
    workspace: Path, name: str, recovery_file: Path | None, new_passphrase_file: Path | None, as_json: bool
) -> None:
    if recovery_file is None:
        raise UserError(
            _("A new pass phrase for somebody needs the recovery key of the office."),
            _("Name a file that holds it with --recovery-file, and destroy the file afterwards."),
        )
    recovery_text = read_recovery_file(recovery_file)
    login = login_of(owners_of_slots(workspace, recovery_text), name)
    passphrase = _new_passphrase(name, new_passphrase_file)
    with reset_passphrase(workspace, login, passphrase, recovery_text) as opened:
        person = opened.person
    text = _("{name} can unlock the workspace with the new pass phrase; the login is {login}.")
    answer(
        {"action": "reset", "person": person.id, "login": login},
        as_json,
        text.format(name=person.name, login=login),
    )


def _new_passphrase(name: str, file: Path | None) -> str:
    question = _("Pass phrase of {name}").format(name=name)
    return read_passphrase(file, NEW_PASSPHRASE_VARIABLE, question, is_new=True)
