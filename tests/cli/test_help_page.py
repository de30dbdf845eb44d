"""The help reads well on a terminal of 80 cells, in both languages."""

import pytest

from desktop.cli.columns import width
from desktop.cli.command_line import command_line
from desktop.cli.help_page import LINE_CELLS, help_page
from desktop.cli.options import Argument
from desktop.i18n import LANGUAGES

COMMANDS = sorted(command_line().commands)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_fits_and_explains_every_word(mingcha, command, language):
    answer = mingcha(command, "--help", "--lang", language)

    assert (answer.status, answer.err) == (0, "")
    assert [line for line in answer.out.splitlines() if width(line) > LINE_CELLS] == []
    assert [
        parameter.name for parameter in command_line().commands[command].params if not explained(parameter)
    ] == []


def explained(parameter):
    return parameter.meaning if isinstance(parameter, Argument) else parameter.help


def test_the_list_of_commands_fits(mingcha):
    chinese, english = mingcha("--help"), mingcha("--help", "--lang", "en")

    assert "用法：mingcha" in chinese.out
    assert "Usage: mingcha" in english.out
    assert [name for name in COMMANDS if f"  {name} " not in chinese.out] == []
    assert [line for line in (chinese.out + english.out).splitlines() if width(line) > LINE_CELLS] == []


def test_a_name_too_long_for_its_column_has_a_line_to_itself():
    page = help_page("Usage", "About", [("Options", [("--" + "x" * 40, "meaning"), ("--y", "other")])])

    assert page.splitlines()[-3:] == ["  --" + "x" * 40, " " * 36 + "meaning", "  --y" + " " * 31 + "other"]


def test_a_section_without_rows_is_left_out():
    assert "Options" not in help_page("Usage", "About", [("Options", [])], "Closing")
