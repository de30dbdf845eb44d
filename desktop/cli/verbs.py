"""The verbs of the command line, in the order of the help. A new command: its module, and one line here.

Named as text and imported when asked for: together they bring in every library, which would cost each command most
of a second.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module

import click

VERBS: Mapping[str, str] = {
    "demo": "demo:command",
    "new": "new:command",
    "card": "card:command",
    "enroll": "enroll:command",
    "person": "person:command",
    "info": "info:command",
    "list": "listing:command",
    "sheet": "sheet:command",
    "checklist": "checklist:command",
    "mission": "mission:command",
    "seal": "seal:seal_command",
    "unseal": "seal:unseal_command",
    "assign": "assign:command",
    "record": "record:command",
    "attach": "attach:command",
    "sign": "sign:command",
    "evidence": "evidence:command",
    "export": "export:command",
    "prune": "prune:command",
    "inspect": "inspect_command:command",
    "merge": "merge:command",
    "conflicts": "conflicts:command",
    "receipts": "receipts:command",
    "undo": "undo:command",
    "dismiss": "dismiss:command",
    "verify": "verify:command",
    "review": "review:command",
    "score": "score:command",
    "formula": "formula:command",
    "print": "print_command:command",
    "backup": "backup:backup_command",
    "restore": "backup:restore_command",
}
"""{verb: module of this package, colon, function that makes the command}."""


def load_commands(names: Iterable[str]) -> list[click.Command]:
    return [_load(VERBS[name]) for name in names]


def _load(place: str) -> click.Command:
    module, function = place.split(":")
    command = getattr(import_module(f"desktop.cli.{module}"), function)()
    if not isinstance(command, click.Command):
        raise TypeError(place)
    return command
