"""``mingcha undo``: set an import aside, or let it count again."""

from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.i18n import _, sentences
from desktop.services.packages.undo_import import redo_import, undo_import


def command() -> click.Command:
    params = [
        Argument("IMPORT", _("Id of the package that was merged, or its beginning"), name="import_id"),
        click.Option(["--redo"], is_flag=True, help=_("Let an undone import count again")),
        click.Option(["--reason"], default="", metavar="TEXT", help=_("Why it is undone")),
    ]
    return workspace_command("undo", run, _("Undo an import, or redo it"), params)


def run(
    workspace: Path, import_id: str, redo: bool, reason: str, passphrase_file: Path | None, as_json: bool
) -> None:
    with open_for(workspace, passphrase_file) as opened:
        undone = redo_import(opened, import_id) if redo else undo_import(opened, import_id, reason)
    sentence = (
        _("Entries that count again: {count}.") if redo else _("Entries that no longer count: {count}.")
    )
    text = sentence.format(count=undone.entries)
    if undone.later:
        text = sentences(
            text,
            _("Later entries made on top of them, which stay: {count}.").format(count=undone.later),
        )
    value = {"import": undone.manifest_sha256, "entries": undone.entries, "later": undone.later, "redo": redo}
    answer(value, as_json, text)
