"""``mingcha new``: an office with its recovery sheet, a field node with its office's card."""

import pytest

from desktop.documents.recovery_sheet import draw_recovery_sheet
from desktop.errors import UserError
from tests.cli.city import refusal, usage_error


@pytest.fixture
def office_card(mingcha, city):
    card = city.folder / "office-card.json"
    mingcha.json("card", city.office, "--out", card)
    return card


def test_an_office_is_made_with_a_recovery_sheet(mingcha, tmp_path):
    sheet = tmp_path / "recovery.pdf"

    made = mingcha.json("new", tmp_path / "office", "--office", "云泽市政府督查室", "--recovery-sheet", sheet)

    assert sheet.read_bytes().startswith(b"%PDF")
    assert mingcha.json("info", tmp_path / "office") | made == mingcha.json("info", tmp_path / "office")
    assert len(made["fingerprint"].split()) == 8


def test_a_field_node_is_made_with_the_card_of_its_office(mingcha, city, office_card):
    made = mingcha(
        "new", city.folder / "carl", "--field", "外业赵六", "--office-card", office_card, "--person", "赵六"
    )

    assert made.status == 0
    assert made.out.startswith("“外业赵六”已建立，指纹：")
    assert mingcha.json("info", city.folder / "carl")["kind"] == "field"


def test_the_pass_phrase_must_be_long_enough(mingcha, tmp_path, monkeypatch):
    monkeypatch.setenv("MINGCHA_PASSPHRASE", "short")

    answer = mingcha("new", tmp_path / "o", "--office", "督查室", "--recovery-sheet", tmp_path / "r.pdf")

    assert "口令过短" in refusal(answer)
    assert list(tmp_path.iterdir()) == []


def test_the_recovery_key_is_never_printed_on_the_screen(mingcha, tmp_path):
    answer = mingcha(
        "new", tmp_path / "o", "--office", "督查室", "--recovery-sheet", tmp_path / "r.pdf", "--json"
    )

    assert "AGE-SECRET-KEY" not in answer.out + answer.err


def test_an_office_whose_sheet_cannot_be_written_is_not_left_behind(mingcha, tmp_path, monkeypatch):
    def fail(_sheet, _target):
        raise UserError("the disk is full")

    monkeypatch.setattr("desktop.services.setup.print_recovery_sheet.draw_recovery_sheet", fail)

    answer = mingcha("new", tmp_path / "o", "--office", "督查室", "--recovery-sheet", tmp_path / "r.pdf")

    assert refusal(answer) == "the disk is full"
    assert list(tmp_path.iterdir()) == []
    assert draw_recovery_sheet is not fail


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "A workspace is either an office or a field node."),
        (["--office", "a", "--field", "b"], "A workspace is either an office or a field node."),
        (["--field", "b"], "A field node needs the card of its office."),
        (["--office", "a"], "A new office needs a recovery sheet."),
    ],
)
def test_what_belongs_together_is_asked_for_before_anything_is_made(mingcha, tmp_path, words, sentence):
    assert usage_error(mingcha("new", tmp_path / "o", *words, "--lang", "en")).startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(mingcha, city):
    answer = mingcha(
        "new", city.stick.parent, "--office", "督查室", "--recovery-sheet", city.folder / "r.pdf"
    )

    assert "已存在且不为空" in refusal(answer)
    assert not (city.folder / "r.pdf").exists()


def test_a_card_that_is_none_is_refused(mingcha, city):
    card = city.file("card.json", b"{}")

    answer = mingcha("new", city.folder / "carl", "--field", "外业赵六", "--office-card", card)

    assert "该文件不是有效的设备名片" in refusal(answer)


def test_a_card_that_is_missing_is_named(mingcha, city):
    answer = mingcha(
        "new", city.folder / "carl", "--field", "外业赵六", "--office-card", city.folder / "none.json"
    )

    assert refusal(answer).startswith("文件 none.json 无法读取：")
