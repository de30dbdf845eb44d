"""The verbs of the command line, in the order of the help. A new command: its module, and one line here."""

from collections.abc import Callable, Sequence

import click

from desktop.cli import formula

VERBS: Sequence[Callable[[], click.Command]] = (formula.command,)
