"""``mingcha new``: a new office, or a new field node."""

from pathlib import Path

import click

from desktop.cli.options import (
    PASSPHRASE_VARIABLE,
    answer,
    json_option,
    make_command,
    passphrase_option,
    read_file,
    read_passphrase,
)
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.create_workspace import create_field_node, create_office
from desktop.services.describe_workspace import describe_workspace
from desktop.services.print_recovery_sheet import print_recovery_sheet
from desktop.services.workspace import Workspace


def command() -> click.Command:
    params = [
        click.Argument(["workspace"], type=click.Path(path_type=Path), metavar="WORKSPACE"),
        click.Option(["--office"], metavar="NAME", help=_("Name of a new office")),
        click.Option(["--field"], metavar="NAME", help=_("Name of a new field node")),
        click.Option(
            ["--office-card"], type=click.Path(path_type=Path), help=_("Card of the office it reports to")
        ),
        click.Option(["--person"], metavar="NAME", default="", help=_("Who works with it first")),
        click.Option(
            ["--recovery-sheet"],
            type=click.Path(path_type=Path),
            help=_("PDF with the recovery key, to be printed once"),
        ),
        click.Option(["--portable"], is_flag=True, help=_("It may lie on a removable disk")),
        passphrase_option(),
        json_option(),
    ]
    return make_command("new", run, _("A new office or field node"), params)


def run(
    workspace: Path,
    office: str | None,
    field: str | None,
    office_card: Path | None,
    person: str,
    recovery_sheet: Path | None,
    portable: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if (office is None) == (field is None):
        raise UserError(_("A workspace is either an office or a field node."), _("Give --office or --field."))
    passphrase = read_passphrase(passphrase_file, PASSPHRASE_VARIABLE, _("New pass phrase"), is_new=True)
    if office is not None:
        _make_office(workspace, office, person or office, passphrase, recovery_sheet, portable, as_json)
    elif office_card is None:
        raise UserError(_("A field node needs the card of its office."), _("Name it with --office-card."))
    else:
        card = read_file(office_card)
        made = create_field_node(
            workspace, str(field), person or str(field), passphrase, card, is_portable=portable
        )
        with made:
            _report(made, as_json)


def _make_office(
    folder: Path, name: str, person: str, passphrase: str, sheet: Path | None, portable: bool, as_json: bool
) -> None:
    if sheet is None:
        raise UserError(
            _("A new office needs a recovery sheet."),
            _("Name a PDF with --recovery-sheet, print it, and keep the paper in a safe place."),
        )
    if sheet.exists():
        raise UserError(
            _("{path} already exists.").format(path=sheet.name), _("Choose another name for the sheet.")
        )
    made = create_office(folder, name, person, passphrase, is_portable=portable)
    with made.workspace as opened:
        print_recovery_sheet(opened, made.recovery_key, sheet)
        _report(opened, as_json)


def _report(opened: Workspace, as_json: bool) -> None:
    info = describe_workspace(opened)
    text = _("“{name}” is ready. Its fingerprint: {fingerprint}").format(
        name=info.name, fingerprint=info.fingerprint
    )
    answer({"node": info.node, "name": info.name, "fingerprint": info.fingerprint}, as_json, text)
