"""``mingcha new``: a new office, or a new field node."""

import shutil
from pathlib import Path

import click

from desktop.cli.options import (
    PASSPHRASE_VARIABLE,
    answer,
    json_option,
    make_command,
    passphrase_option,
    path_argument,
    path_option,
    read_file,
    read_passphrase,
)
from desktop.cli.output import check_new
from desktop.cli.usage import WrongUsageError
from desktop.i18n import _
from desktop.services.setup.create_workspace import create_field_node, create_office
from desktop.services.setup.print_recovery_sheet import print_recovery_sheet
from desktop.services.workspace.describe_workspace import describe_workspace
from desktop.services.workspace.workspace import Workspace


def command() -> click.Command:
    params = [
        path_argument("workspace", "WORKSPACE", _("New folder for the workspace")),
        click.Option(["--office"], metavar="NAME", help=_("Name of a new office")),
        click.Option(["--field"], metavar="NAME", help=_("Name of a new field node")),
        path_option("--office-card", _("Card of the office it reports to")),
        click.Option(["--person"], metavar="NAME", default="", help=_("Who works with it first")),
        path_option("--recovery-sheet", _("PDF with the recovery key, to be printed once"), "FILE.pdf"),
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
    _check_usage(office, field, office_card, recovery_sheet)
    if recovery_sheet is not None:
        check_new(recovery_sheet)
    card = read_file(office_card) if office_card is not None else b""
    passphrase = read_passphrase(passphrase_file, PASSPHRASE_VARIABLE, _("New pass phrase"), is_new=True)
    if office is not None and recovery_sheet is not None:
        made = create_office(workspace, office, person or office, passphrase, is_portable=portable)
        with made.workspace as opened:
            _print_sheet(opened, made.recovery_key, recovery_sheet)
            _report(opened, as_json)
    elif field is not None:
        with create_field_node(
            workspace, field, person or field, passphrase, card, is_portable=portable
        ) as opened:
            _report(opened, as_json)


def _check_usage(office: str | None, field: str | None, card: Path | None, sheet: Path | None) -> None:
    if (office is None) == (field is None):
        raise WrongUsageError(
            _("A workspace is either an office or a field node."), _("Give --office or --field.")
        )
    if field is not None and card is None:
        raise WrongUsageError(
            _("A field node needs the card of its office."), _("Name it with --office-card.")
        )
    if office is not None and sheet is None:
        raise WrongUsageError(
            _("A new office needs a recovery sheet."),
            _("Name a PDF with --recovery-sheet, print it, and keep the paper in a safe place."),
        )


def _print_sheet(opened: Workspace, recovery_key: str, sheet: Path) -> None:
    try:
        print_recovery_sheet(opened, recovery_key, sheet)
    except BaseException:
        # The key is kept nowhere else: an office without its sheet could never be recovered.
        shutil.rmtree(opened.folder, ignore_errors=True)
        raise


def _report(opened: Workspace, as_json: bool) -> None:
    info = describe_workspace(opened)
    text = _("“{name}” is ready. Its fingerprint: {fingerprint}").format(
        name=info.name, fingerprint=info.fingerprint
    )
    answer({"node": info.node, "name": info.name, "fingerprint": info.fingerprint}, as_json, text)
