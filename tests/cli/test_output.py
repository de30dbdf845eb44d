"""Files and folders that commands write: nothing that exists is written over."""

import pytest

from tests.cli.city import refusal

WRITERS = {
    "card": ["card", "{office}", "--out", "{file}"],
    "evidence": ["evidence", "{office}", "x", "--out", "{file}"],
    "print": ["print", "{office}", "F01", "--out", "{file}"],
    "score": ["score", "{office}", "--year", "2026", "--xlsx", "{file}"],
    "sheet": ["sheet", "export", "{office}", "units", "{file}"],
    "new": ["new", "{folder}/other", "--office", "另一中心", "--recovery-sheet", "{file}"],
}
FOLDER_WRITERS = {
    "assign": ["assign", "{office}", "一季度督查", "--to", "外业王五", "--out", "{file}"],
    "export": ["export", "{anna}", "--out", "{file}"],
    "receipts": ["receipts", "{office}", "--out", "{file}"],
    "backup": ["backup", "{office}", "{file}"],
}


def words(command, city, file):
    return [
        word.format(office=city.office, anna=city.anna, folder=city.folder, file=file) for word in command
    ]


@pytest.mark.parametrize("command", WRITERS.values(), ids=WRITERS)
class TestFile:
    def test_an_existing_file_is_not_written_over(self, mingcha, city, command):
        kept = city.file("kept.out", b"precious")

        assert refusal(mingcha(*words(command, city, kept))) == "kept.out 已存在。请另取文件名。"
        assert kept.read_bytes() == b"precious"

    def test_a_folder_that_does_not_exist_is_named(self, mingcha, city, command):
        answer = mingcha("--lang", "en", *words(command, city, city.folder / "no" / "new.out"))

        assert refusal(answer) == "The folder of new.out does not exist. Make the folder first."


@pytest.mark.parametrize("command", FOLDER_WRITERS.values(), ids=FOLDER_WRITERS)
def test_a_folder_to_write_into_must_exist(mingcha, city, command):
    answer = mingcha(*words(command, city, city.folder / "unplugged"))

    assert refusal(answer) == "文件夹 unplugged 不存在。请先建立该文件夹，或检查存储介质是否仍在连接。"
    assert not (city.folder / "other").exists()


def test_a_file_that_cannot_be_written_is_told(mingcha, city, monkeypatch):
    def fail(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.cli.output.os.fsync", fail)

    answer = mingcha("card", city.office, "--out", city.folder / "card.json")

    assert refusal(answer).startswith("文件 card.json 无法写入：存储空间已满。")
