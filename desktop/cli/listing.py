"""``mingcha list``: ids and names."""

from pathlib import Path

import click

from desktop.cli.columns import in_columns
from desktop.cli.list_words import cell_text, head_text, kind_text
from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.i18n import _
from desktop.services.records.list_records import KINDS, list_records, names_by_id


def command() -> click.Command:
    kind = Argument("KIND", _(", ").join(map(kind_text, KINDS)), name="kind", type=click.Choice(list(KINDS)))
    return workspace_command("list", run, _("Ids and names of what a workspace holds"), [kind])


def run(workspace: Path, kind: str, passphrase_file: Path | None, as_json: bool) -> None:
    with open_for(workspace, passphrase_file, read_only=True) as opened:
        listing = list_records(opened, kind)
        names = names_by_id(opened)
    heads = [head_text(kind, column) for column in listing.columns]
    rows = [[cell_text(column, row[column], names) for column in listing.columns] for row in listing.rows]
    answer({"kind": kind, "rows": listing.rows}, as_json, in_columns([heads, *rows]))
