"""The contract of the command line: commands, languages, exit statuses, and what happens to its output."""

import os
import subprocess
import sys

import pytest

from desktop import __version__
from desktop.cli import command_line as module
from desktop.cli.command_line import command_line
from tests.cli.city import refusal, usage_error
from tests.services.worlds import PASSPHRASE

COMMANDS = [
    "demo",
    "new",
    "card",
    "enroll",
    "info",
    "sheet",
    "list",
    "mission",
    "seal",
    "unseal",
    "assign",
    "record",
    "attach",
    "sign",
    "evidence",
    "export",
    "inspect",
    "merge",
    "conflicts",
    "receipts",
    "undo",
    "person",
    "verify",
    "score",
    "formula",
    "print",
    "backup",
    "restore",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_contract_exists(mingcha, command):
    answer = mingcha(command, "--help")

    assert answer.status == 0
    assert answer.out.startswith(f"用法：mingcha {command}")


@pytest.mark.parametrize("command", sorted(command_line().commands))
def test_every_command_can_answer_a_program(mingcha, command):
    assert "--json" in mingcha(command, "--help").out


def test_without_a_command_the_help_is_shown(mingcha):
    assert mingcha().out == mingcha("--help").out
    assert mingcha("--lang", "en").out == mingcha("--help", "--lang", "en").out


def test_the_version_is_told(mingcha):
    assert mingcha("--version").out == f"mingcha {__version__}\n"


class TestLanguage:
    def test_chinese_is_spoken_unless_something_else_is_asked_for(self, mingcha):
        assert "没有命令“fly”" in usage_error(mingcha("fly"))

    @pytest.mark.parametrize("words", [["--lang", "en", "fly"], ["--lang=en", "fly"]])
    def test_an_option_changes_it_before_the_command(self, mingcha, words):
        assert usage_error(mingcha(*words)) == "There is no command fly. See “mingcha --help”."

    def test_an_option_changes_it_behind_the_command(self, mingcha, city):
        assert mingcha("info", city.office, "--lang", "en").out.startswith("云泽市政府督查室 (office)")

    def test_the_environment_changes_it(self, mingcha, monkeypatch):
        monkeypatch.setenv("MINGCHA_LANG", "en")

        assert "There is no command" in usage_error(mingcha("fly"))

    def test_a_language_that_is_not_spoken_is_wrong_usage(self, mingcha):
        assert (
            usage_error(mingcha("--lang", "fr", "info"))
            == "“--lang”须为下列之一：zh、en。用法见“mingcha --help”。"
        )


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        (["info"], "缺少“工作库”。", "WORKSPACE is missing."),
        (["info", "a", "b"], "命令后的参数过多。", "There are more words than the command takes."),
        (["info", "a", "--fast"], "没有选项“--fast”。", "There is no option --fast."),
        (["--fast"], "没有选项“--fast”。", "There is no option --fast."),
        (["merge", "a"], "缺少“数据包”。", "PACKAGE is missing."),
        (["card", "a"], "缺少“--out”。", "--out is missing."),
        (["card", "a", "--out"], "选项“--out”用法有误。", "The option --out is not used correctly."),
        (["list", "a", "ghosts"], "“种类”须为下列之一：units、", "KIND must be one of units, "),
        (
            ["score", "a", "--year", "soon"],
            "“--year”须为有效的整数。",
            "--year must be a number that makes sense there.",
        ),
        (["conflicts", "a", "burn"], "此处只能写“resolve”。", "Only resolve can stand there."),
    ],
)
def test_wrong_usage_is_told_in_both_languages(mingcha, words, chinese, english):
    assert usage_error(mingcha(*words)).startswith(chinese)
    assert usage_error(mingcha("--lang", "en", *words)).startswith(english)


def test_wrong_usage_of_a_command_names_its_help(mingcha):
    assert usage_error(mingcha("info", "--lang", "en")) == "WORKSPACE is missing. See “mingcha info --help”."


def test_a_command_name_from_elsewhere_is_shown_safely(mingcha):
    assert "\x1b" not in usage_error(mingcha("\x1b[2Jmerge\u202e"))


def test_a_folder_that_is_no_workspace_is_refused(mingcha, tmp_path):
    assert "不是本程序的工作库" in refusal(mingcha("info", tmp_path))
    assert "is not a workspace of this program." in refusal(mingcha("info", tmp_path, "--lang", "en"))


def test_a_place_that_cannot_be_written_is_no_crash(mingcha, tmp_path):
    (tmp_path / "file").write_text("x")

    answer = mingcha("restore", tmp_path / "file", tmp_path / "file" / "office")

    assert refusal(answer)


def test_stopping_with_the_keyboard_is_no_crash(mingcha, monkeypatch, city):
    def stop(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.cli.info.describe_workspace", stop)

    assert refusal(mingcha("info", city.office)) == "已中止。"


def test_what_the_system_refuses_is_a_sentence(mingcha, monkeypatch, city):
    def fail(*_arguments, **_options):
        raise PermissionError(13, "Permission denied", "/secret/place/office.db")

    monkeypatch.setattr("desktop.cli.info.describe_workspace", fail)

    assert refusal(mingcha("info", city.office)) == "office.db 无法使用：当前用户没有相应权限。"


def test_a_bug_is_not_hidden(mingcha, monkeypatch, city):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr("desktop.cli.info.describe_workspace", fail)

    with pytest.raises(ZeroDivisionError):
        mingcha("info", city.office)


def test_a_reader_that_goes_away_ends_the_command_quietly(city):
    command = [sys.executable, "-m", "desktop", "list", str(city.office), "units"]
    environment = {**os.environ, "MINGCHA_PASSPHRASE": PASSPHRASE}
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed_pipe:
        done = subprocess.run(
            command, stdout=closed_pipe, stderr=subprocess.PIPE, env=environment, check=False
        )

    assert (done.returncode, done.stderr) == (1, b"")


def test_the_module_can_be_run_as_a_program():
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout == f"mingcha {__version__}\n"


def test_the_answers_of_one_command_do_not_depend_on_the_language(mingcha, city):
    chinese, english = mingcha.json("info", city.office), mingcha.json("info", city.office, "--lang", "en")

    assert chinese == english
    assert module.LANGUAGE_VARIABLE == "MINGCHA_LANG"
