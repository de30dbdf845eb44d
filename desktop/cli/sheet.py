"""``mingcha sheet``: spreadsheets in and out."""

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.options import (
    Argument,
    answer,
    json_option,
    make_command,
    open_for,
    passphrase_option,
    path_argument,
    read_file,
    workspace_argument,
)
from desktop.cli.output import check_new
from desktop.errors import UserError
from desktop.i18n import _, sentences
from desktop.services.master_data.export_sheet import export_sheet
from desktop.services.master_data.import_sheet import ImportedSheet, import_sheet
from desktop.services.master_data.sheet_kinds import MAPPINGS

MAX_SHEET_BYTES = 64 << 20


def command() -> click.Command:
    params = [
        Argument(
            "import|export",
            _("Read a spreadsheet in, or write one"),
            name="action",
            type=click.Choice(["import", "export"]),
        ),
        workspace_argument(),
        Argument("KIND", ", ".join(MAPPINGS), name="kind", type=click.Choice(list(MAPPINGS))),
        path_argument("file", "FILE.xlsx", _("Spreadsheet")),
        click.Option(["--skip-errors"], is_flag=True, help=_("Take the rows that are right")),
        click.Option(["--dry-run"], is_flag=True, help=_("Only show what would change")),
        passphrase_option(),
        json_option(),
    ]
    return make_command("sheet", run, _("Units, people, targets and sites in and out of Excel"), params)


def run(
    action: str,
    workspace: Path,
    kind: str,
    file: Path,
    skip_errors: bool,
    dry_run: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if action == "export":
        check_new(file)
        with open_for(workspace, passphrase_file) as opened:
            count = export_sheet(opened, kind, file)
        answer({"file": str(file), "rows": count}, as_json, _("Rows written: {count}.").format(count=count))
        return
    content = read_file(file, MAX_SHEET_BYTES)
    with open_for(workspace, passphrase_file) as opened:
        imported = import_sheet(opened, kind, content, skips_errors=skip_errors, is_dry_run=dry_run)
    answer(asdict(imported), as_json, _text(imported))
    if imported.errors and not skip_errors:
        lines = [f"{error.cell}: {error.problem} {error.fix}" for error in imported.errors]
        raise UserError("\n".join(lines), _("Nothing was imported; mend the cells, or use --skip-errors."))


def _text(imported: ImportedSheet) -> str:
    sentence = (
        _("{created} new, {changed} changed, {unchanged} unchanged.")
        if imported.is_applied
        else _("Would be: {created} new, {changed} changed, {unchanged} unchanged.")
    )
    text = sentence.format(created=imported.created, changed=imported.changed, unchanged=imported.unchanged)
    if imported.errors:
        text = sentences(text, _("Errors: {count}.").format(count=len(imported.errors)))
    return text
