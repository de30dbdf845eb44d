"""What the commands share: arguments and options, opening a workspace, pass phrases, and answers."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from desktop.cli.help_page import help_page
from desktop.cli.placeholders import in_words
from desktop.errors import UserError, system_reason
from desktop.i18n import LANGUAGES, _
from desktop.services.workspace.open_workspace import open_workspace
from desktop.services.workspace.workspace import Workspace

PASSPHRASE_VARIABLE = "MINGCHA_PASSPHRASE"  # noqa: S105  # the name of the variable, not a secret
PERSON_VARIABLE = "MINGCHA_PERSON"
MAX_PASSPHRASE_BYTES = 4096

Command = Callable[..., None]


class Argument(click.Argument):
    """An argument that the help explains."""

    def __init__(self, metavar: str, meaning: str, **attributes: Any) -> None:  # noqa: ANN401  # passed on to click
        super().__init__([attributes.pop("name")], metavar=metavar, **attributes)
        self.meaning = meaning


def workspace_argument() -> click.Argument:
    return path_argument("workspace", "WORKSPACE", _("Folder of the workspace"))


def path_argument(name: str, metavar: str, meaning: str) -> click.Argument:
    return Argument(metavar, meaning, name=name, type=click.Path(path_type=Path))


def path_option(name: str, meaning: str, metavar: str = "FILE", *, required: bool = False) -> click.Option:
    return click.Option(
        [name], type=click.Path(path_type=Path), metavar=metavar, required=required, help=meaning
    )


def passphrase_option() -> click.Option:
    return path_option(
        "--passphrase-file",
        _("File with the pass phrase (else {variable}, else asked for)").format(variable=PASSPHRASE_VARIABLE),
    )


def json_option() -> click.Option:
    return click.Option(["--json", "as_json"], is_flag=True, help=_("Machine-readable answer"))


def language_option() -> click.Option:
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        metavar="|".join(LANGUAGES),
        expose_value=False,
        help=_("Language"),
    )


def make_command(name: str, run: Command, short_help: str, params: list[click.Parameter]) -> click.Command:
    """A command with its help in the language in use; ``--lang`` may also stand behind its name."""
    return _Command(name, callback=run, params=[*params, language_option()], short_help=short_help)


def workspace_command(
    name: str, run: Command, short_help: str, params: Sequence[click.Parameter] = ()
) -> click.Command:
    """The usual command: the workspace it is about comes first, how to open it and how to answer come last.

    ``run`` gets ``workspace``, then what ``params`` name, ``passphrase_file`` and ``as_json``.
    """
    return make_command(
        name, run, short_help, [workspace_argument(), *params, passphrase_option(), json_option()]
    )


class _Command(click.Command):
    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return translated_help_option(super().get_help_option(ctx))

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments = [each for each in self.params if isinstance(each, Argument)]
        words = [
            "mingcha",
            str(self.name),
            *(in_words(str(each.metavar)) for each in arguments),
            _("[OPTIONS]"),
        ]
        sections = [
            (_("Arguments"), [(in_words(str(each.metavar)).strip("[]"), each.meaning) for each in arguments]),
            (_("Options"), option_rows(self, ctx)),
        ]
        formatter.write(
            help_page(_("Usage: {line}").format(line=" ".join(words)), f"{self.short_help}", sections)
        )


def option_rows(command: click.Command, ctx: click.Context) -> list[tuple[str, str]]:
    """The options as the help shows them."""
    options = [each for each in command.get_params(ctx) if isinstance(each, click.Option)]
    return [_option_row(option, ctx) for option in options]


def _option_row(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    names, _meaning = option.get_help_record(ctx) or ("", "")
    meaning = option.help or ""
    return in_words(names), _("{meaning} (required)").format(meaning=meaning) if option.required else meaning


def translated_help_option(option: click.Option | None) -> click.Option | None:
    """The --help option of click, which only speaks English, with our own words."""
    if option is not None:
        option.help = _("Show this help")
    return option


def open_for(workspace: Path, passphrase_file: Path | None, *, read_only: bool = False) -> Workspace:
    """Open a workspace with the pass phrase from the file, the environment or the terminal."""
    passphrase = read_passphrase(passphrase_file, PASSPHRASE_VARIABLE)
    return open_workspace(workspace, passphrase, os.environ.get(PERSON_VARIABLE), read_only=read_only)


def read_passphrase(file: Path | None, variable: str, question: str = "", *, is_new: bool = False) -> str:
    """A pass phrase; only a terminal is ever asked, and the answer is not shown."""
    if file is not None:
        return _first_line(file)
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise UserError(
            _("The pass phrase is missing."),
            _("Set {variable} or name a file that holds it.").format(variable=variable),
        )
    text = question or _("Pass phrase")
    return str(click.prompt(text, hide_input=True, confirmation_prompt=is_new, err=True))


def answer(value: Mapping[str, Any], as_json: bool, text: str) -> None:
    """Print the result of a command: as one JSON object, or as text for a person."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str) if as_json else text)


def _first_line(file: Path) -> str:
    try:
        with file.open("rb") as source:
            data = source.read(MAX_PASSPHRASE_BYTES)
        return data.decode("utf-8-sig").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise UserError(
            _("The pass phrase file cannot be read or is empty."),
            _("It holds the pass phrase alone on its first line, in UTF-8."),
        ) from None


def read_file(path: Path, most_bytes: int = 1 << 20) -> bytes:
    """A small file that the user named; a larger one is refused."""
    try:
        with path.open("rb") as source:
            data = source.read(most_bytes + 1)
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=path.name, reason=system_reason(error)),
            _("Check the name of the file and whether the medium is still there."),
        ) from None
    if len(data) > most_bytes:
        raise UserError(_("{path} is too large for a file of this kind.").format(path=path.name))
    return data
