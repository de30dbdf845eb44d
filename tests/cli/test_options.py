"""Pass phrases come from a file, the environment or a terminal, and go nowhere else."""

import pytest

from desktop.cli.command_line import command_line
from desktop.storage.lock import WriterLock
from tests.cli.city import refusal
from tests.services.worlds import PASSPHRASE


@pytest.fixture
def without_passphrase(monkeypatch):
    monkeypatch.delenv("MINGCHA_PASSPHRASE")


@pytest.mark.usefixtures("without_passphrase")
class TestPassphrase:
    def test_nobody_is_asked_when_there_is_no_terminal(self, mingcha, city):
        assert refusal(mingcha("info", city.office)).startswith("未提供口令。")
        assert refusal(mingcha("info", city.office, "--lang", "en")) == (
            "The pass phrase is missing. Set MINGCHA_PASSPHRASE or name a file that holds it."
        )

    @pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n", b"\nsecond line\n"])
    @pytest.mark.parametrize("beginning", [b"", b"\xef\xbb\xbf"])
    def test_it_is_the_first_line_of_a_file(self, mingcha, city, beginning, ending):
        file = city.file("phrase.txt", beginning + PASSPHRASE.encode() + ending)

        assert mingcha("info", city.office, "--passphrase-file", file).status == 0

    @pytest.mark.parametrize("content", [b"", b"\xff\xfe"])
    def test_a_file_that_holds_none_is_refused(self, mingcha, city, content):
        file = city.file("phrase.txt", content)

        assert "口令文件无法读取或内容为空" in refusal(
            mingcha("info", city.office, "--passphrase-file", file)
        )

    def test_a_missing_file_is_refused(self, mingcha, city):
        answer = mingcha("info", city.office, "--passphrase-file", city.folder / "nothing")

        assert "口令文件无法读取" in refusal(answer)

    def test_a_terminal_is_asked(self, mingcha, city, monkeypatch):
        asked = []
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(
            "click.prompt", lambda text, **options: asked.append((text, options)) or PASSPHRASE
        )

        assert mingcha("info", city.office).status == 0
        assert asked == [("口令", {"hide_input": True, "confirmation_prompt": False, "err": True})]

    def test_a_new_one_is_asked_twice(self, mingcha, city, monkeypatch):
        asked = []
        monkeypatch.setenv("MINGCHA_PASSPHRASE", PASSPHRASE)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(
            "click.prompt", lambda text, **options: asked.append((text, options)) or PASSPHRASE
        )

        assert mingcha("person", city.office, "add", "王六").status == 0
        assert asked == [("王六的口令", {"hide_input": True, "confirmation_prompt": True, "err": True})]


def test_a_file_counts_more_than_the_environment(mingcha, city, monkeypatch):
    monkeypatch.setenv("MINGCHA_PASSPHRASE", "something else")

    assert mingcha("info", city.office, "--passphrase-file", city.file("p", PASSPHRASE.encode())).status == 0


def test_a_wrong_pass_phrase_is_refused_and_slows_the_next_ones_down(mingcha, city, monkeypatch):
    monkeypatch.setenv("MINGCHA_PASSPHRASE", "not the right one")
    answers = [mingcha("info", city.office, "--lang", "en") for _attempt in range(4)]

    assert [refusal(answer).split(".")[0] for answer in answers] == [
        *["The pass phrase is not right"] * 3,
        "The pass phrase was wrong too often",
    ]
    assert "not the right one" not in "".join(answer.err for answer in answers)


def test_a_workspace_that_is_being_written_can_still_be_looked_at(mingcha, city):
    lock = WriterLock(city.office / "lock")
    written, looked_at = mingcha("undo", city.office, "123456"), mingcha("info", city.office)
    lock.release()

    assert "正由另一窗口或程序使用" in refusal(written)
    assert looked_at.status == 0


def test_no_option_takes_a_pass_phrase_itself(mingcha):
    options = {
        name
        for command in command_line().commands.values()
        for parameter in command.params
        for name in parameter.opts
        if "pass" in name
    }

    assert options == {"--passphrase-file", "--seal-passphrase-file", "--new-passphrase-file"}


def test_a_file_too_large_for_its_kind_is_refused(mingcha, city):
    card = city.file("card.json", b"x" * ((1 << 20) + 1))

    assert "card.json 过大" in refusal(mingcha("enroll", city.office, card))


def test_nothing_is_said_about_a_workspace_to_somebody_without_the_pass_phrase(mingcha, city, monkeypatch):
    monkeypatch.setenv("MINGCHA_PASSPHRASE", "not the right one")

    answer = mingcha("info", city.office)

    assert "云泽市" not in answer.out + answer.err
