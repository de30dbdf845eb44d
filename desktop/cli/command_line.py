"""The command line: one verb, one module, one service. Clerks automate with it and the tests drive it.

Exit status: 0 done; 1 refused or failed for a reason the user can act on (one sentence on stderr); 2 wrong usage.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from desktop import __version__
from desktop.cli.help_page import help_page
from desktop.cli.options import language_option, option_rows, translated_help_option
from desktop.cli.usage import UnknownCommandError, usage_sentence
from desktop.cli.verbs import VERBS, load_commands
from desktop.domain.names import display_name
from desktop.errors import UserError, system_reason
from desktop.i18n import LANGUAGES, _, use_language

LANGUAGE_VARIABLE = "MINGCHA_LANG"


class _Commands(click.Group):
    """All the commands; without one of them their list is shown."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return translated_help_option(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise UnknownCommandError(args[0], ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, command.short_help or "") for name, command in self.commands.items()]
        page = help_page(
            _("Usage: {line}").format(line=f"mingcha {_('COMMAND')} … {_('[OPTIONS]')}"),
            _("Offline supervision for government supervision offices."),
            [(_("Commands"), commands), (_("Options"), option_rows(self, ctx))],
            _("“mingcha COMMAND --help” explains one command."),
        )
        formatter.write(page)


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and return its exit status; never raises for what a user can mend."""
    use_language(_language(arguments))
    commands = command_line([word for word in arguments if word in VERBS][:1] or list(VERBS))
    try:
        with commands.make_context("mingcha", list(arguments)) as context:
            commands.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        _complain(usage_sentence(error))
        return 2
    except (click.Abort, KeyboardInterrupt, EOFError):
        _complain(_("Stopped."))
        return 1
    except UserError as error:
        _complain(str(error))
        return 1
    except BrokenPipeError:
        # The reader of our output has gone (“mingcha list | head”); nothing is left to tell anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        name = display_name(Path(str(error.filename or "")).name)
        _complain(_("{path} cannot be used: {reason}.").format(path=name, reason=system_reason(error)))
        return 1
    return 0


def command_line(verbs: Iterable[str] = tuple(VERBS)) -> click.Group:
    """The group with these verbs, by default all; made anew so that its texts follow the language."""
    group = _Commands(
        name="mingcha",
        params=[language_option(), _portable_option(), _version_option()],
        invoke_without_command=True,
        callback=_show_help,
    )
    for command in load_commands(verbs):
        group.add_command(command)
    return group


@click.pass_context
def _show_help(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, before the options are parsed: the messages about them need it."""
    chosen = os.environ.get(LANGUAGE_VARIABLE, "")
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            chosen = arguments[i + 1]
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    return chosen if chosen in LANGUAGES else "zh"


def _portable_option() -> click.Option:
    """For the help, and to refuse it without a folder: the start has taken it out before, with what follows it."""
    return click.Option(
        ["--portable"],
        metavar="DIR",
        expose_value=False,
        help=_("Keep settings, caches and temporary files in this folder only"),
    )


def _version_option() -> click.Option:
    def show(ctx: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
        if is_wanted:
            click.echo(f"mingcha {__version__}")
            ctx.exit(0)

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=_("Show the version"),
    )


def _complain(sentence: str) -> None:
    click.echo(sentence, err=True)
