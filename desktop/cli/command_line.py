"""The command line: one verb, one module, one service. Clerks automate with it and the tests drive it.

Exit status: 0 done; 1 refused or failed for a reason the user can act on (one sentence on stderr); 2 wrong usage.
"""

import os
import sys
from collections.abc import Sequence

import click

from desktop import __version__
from desktop.cli.options import translated_help_option
from desktop.cli.usage import usage_sentence
from desktop.cli.verbs import VERBS
from desktop.errors import UserError
from desktop.i18n import LANGUAGES, _, use_language

LANGUAGE_VARIABLE = "MINGCHA_LANG"


class _Commands(click.Group):
    """A group whose help is written in the language in use."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return translated_help_option(super().get_help_option(ctx))

    def format_help(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage("mingcha", f"[--lang zh|en] {_('COMMAND')} …", f"{_('Usage')}: ")
        formatter.write_paragraph()
        formatter.write_text(_("Offline supervision for government supervision offices."))
        with formatter.section(_("Commands")):
            formatter.write_dl(
                [(name, command.get_short_help_str(90)) for name, command in self.commands.items()]
            )
        formatter.write_paragraph()
        formatter.write_text(_("“mingcha COMMAND --help” explains one command."))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and return its exit status; never raises for what a user can mend."""
    use_language(_language(arguments))
    try:
        command_line().main(list(arguments) or ["--help"], prog_name="mingcha", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.UsageError as error:
        _complain(usage_sentence(error))
        return 2
    except click.Abort:
        _complain(_("Stopped."))
        return 1
    except UserError as error:
        _complain(str(error))
        return 1
    except BrokenPipeError:
        # The reader of our output has gone (“mingcha list | head”); nothing is left to tell anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def command_line() -> click.Group:
    """The group with every verb; made anew so that its texts follow the language."""
    group = _Commands(name="mingcha", params=[_language_option(), _version_option()])
    for make_command in VERBS:
        group.add_command(make_command())
    return group


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, before the options are parsed: the messages about them need it."""
    chosen = os.environ.get(LANGUAGE_VARIABLE, "")
    for i, argument in enumerate(arguments):
        if argument == "--lang" and i + 1 < len(arguments):
            chosen = arguments[i + 1]
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    return chosen if chosen in LANGUAGES else "zh"


def _language_option() -> click.Option:
    return click.Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=_("Language"))


def _version_option() -> click.Option:
    def show(ctx: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
        if is_wanted:
            click.echo(f"mingcha {__version__}")
            ctx.exit(0)

    return click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show, help=_("Version")
    )


def _complain(sentence: str) -> None:
    click.echo(sentence, err=True)
