"""``mingcha list``: ids and names."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from desktop.cli.columns import in_columns
from desktop.cli.options import (
    Argument,
    answer,
    json_option,
    make_command,
    open_for,
    passphrase_option,
    workspace_argument,
)
from desktop.domain.canonical import Json
from desktop.i18n import _
from desktop.services.list_records import KINDS, list_records


def command() -> click.Command:
    kind = Argument("KIND", ", ".join(KINDS), name="kind", type=click.Choice(list(KINDS)))
    params: Sequence[click.Parameter] = [workspace_argument(), kind, passphrase_option(), json_option()]
    return make_command("list", run, _("Ids and names of what a workspace holds"), list(params))


def run(workspace: Path, kind: str, passphrase_file: Path | None, as_json: bool) -> None:
    with open_for(workspace, passphrase_file, read_only=True) as opened:
        listing = list_records(opened, kind)
    rows = [[_shown(name, row[name]) for name in listing.columns] for row in listing.rows]
    answer({"kind": kind, "rows": listing.rows}, as_json, in_columns([list(listing.columns), *rows]))


def _shown(column: str, value: Json) -> str:
    """A value as a person reads it; scripts get it as it is stored."""
    if column == "signed":
        return _("yes") if value else _("no")
    if column in ("at", "started_at") and isinstance(value, str) and value:
        return datetime.fromisoformat(value).astimezone().strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)
