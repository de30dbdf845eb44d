"""``mingcha conflicts``: list them, resolve one."""

import json
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
    workspace_argument,
)
from desktop.cli.usage import WrongUsageError
from desktop.domain.names import display_name
from desktop.i18n import _
from desktop.services.local_time import local_time
from desktop.services.resolve_conflict import Conflict, list_conflicts, resolve_conflict


def command() -> click.Command:
    params = [
        workspace_argument(),
        Argument(
            "[resolve",
            _("Resolve one conflict; without it the open ones are listed"),
            name="action",
            required=False,
            type=click.Choice(["resolve"]),
        ),
        Argument("ID]", _("Id of the conflict"), name="conflict", required=False),
        click.Option(
            ["--take"], multiple=True, metavar="CHOICE", help=_("left, right, FIELD=VALUE; delete or keep")
        ),
        click.Option(
            ["--reason"], default="", metavar="TEXT", help=_("Why; it stands beside both versions for ever")
        ),
        passphrase_option(),
        json_option(),
    ]
    return make_command("conflicts", run, _("List conflicts, or resolve one"), params)


def run(
    workspace: Path,
    action: str | None,
    conflict: str | None,
    take: tuple[str, ...],
    reason: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if action == "resolve" and not conflict:
        raise WrongUsageError(
            _("Which conflict?"), _("“mingcha conflicts WORKSPACE” lists the open ones with their ids.")
        )
    with open_for(workspace, passphrase_file, read_only=action is None) as opened:
        if conflict:
            resolve_conflict(opened, conflict, take, reason)
        found = list_conflicts(opened)
    text = "\n".join(map(_text, found)) or _("No open conflicts.")
    answer({"conflicts": [asdict(each) for each in found]}, as_json, text)


def _text(conflict: Conflict) -> str:
    lines = [conflict.id]
    for side, candidate in zip((_("left"), _("right")), conflict.candidates, strict=False):
        value = json.dumps(candidate.value, ensure_ascii=False)
        head = _("{side}: {node}, {time}").format(
            side=side, node=display_name(candidate.node_name), time=local_time(candidate.at_ms)
        )
        lines += [f"  {head}", f"    {value}"]
    return "\n".join(lines)
