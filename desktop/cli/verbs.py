"""The verbs of the command line, in the order of the help. A new command: its module, and one line here."""

from collections.abc import Callable, Sequence

import click

from desktop.cli import (
    assign,
    attach,
    backup,
    card,
    conflicts,
    enroll,
    evidence,
    export,
    formula,
    info,
    inspect_command,
    listing,
    merge,
    mission,
    new,
    person,
    receipts,
    record,
    seal,
    sheet,
    sign,
    undo,
    verify,
)

VERBS: Sequence[Callable[[], click.Command]] = (
    new.command,
    card.command,
    enroll.command,
    person.command,
    info.command,
    listing.command,
    sheet.command,
    mission.command,
    seal.seal_command,
    seal.unseal_command,
    assign.command,
    record.command,
    attach.command,
    sign.command,
    evidence.command,
    export.command,
    inspect_command.command,
    merge.command,
    conflicts.command,
    receipts.command,
    undo.command,
    verify.command,
    formula.command,
    backup.backup_command,
    backup.restore_command,
)
