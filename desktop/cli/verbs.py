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
    export,
    formula,
    info,
    listing,
    merge,
    mission,
    person,
    receipts,
    record,
    seal,
    sheet,
    sign,
    undo,
)

VERBS: Sequence[Callable[[], click.Command]] = (
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
    export.command,
    merge.command,
    conflicts.command,
    receipts.command,
    undo.command,
    formula.command,
    backup.backup_command,
    backup.restore_command,
)
