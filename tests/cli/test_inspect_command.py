"""``mingcha inspect``: without keys what everybody sees, with keys what the sender signed."""

import pytest

from tests.cli.city import refusal


@pytest.fixture
def package(mingcha, city):
    mingcha.record(city, city.anna, city.visits[0])
    return mingcha.export(city, city.anna)


def test_without_keys_nothing_is_seen_of_sender_and_contents(mingcha, package, monkeypatch):
    monkeypatch.delenv("MINGCHA_PASSPHRASE")

    answer = mingcha("inspect", package)
    seen = mingcha.json("inspect", package)

    assert answer.out == f"加密套件 A1，{package.stat().st_size} 字节，接收密钥 2 个\n"
    assert (seen["recipient_count"], seen["sender"], seen["package"]) == (2, "", "")


def test_the_receiver_sees_who_sent_it_and_how_much(mingcha, city, package):
    answer = mingcha("inspect", package, "--workspace", city.office, "--lang", "en")

    assert "From 外业欧阳㛃 (enrolled), number 1, written " in answer.out
    assert "Visits 1, evidence 0, entries " in answer.out


def test_a_program_gets_the_manifest(mingcha, city, package):
    seen = mingcha.json("inspect", package, "--workspace", city.office)

    assert seen["manifest"]["kind"] == "result"
    assert (seen["sender"], seen["sender_status"]) == ("外业欧阳㛃", "enrolled")


def test_the_status_of_the_sender_reads_as_chinese(mingcha, city, package):
    mingcha.json("enroll", city.office, "外业欧阳㛃", "--revoke", "--reason", "遗失")

    assert "外业欧阳㛃（已吊销）" in mingcha("inspect", package, "--workspace", city.office).out


def test_nothing_is_merged(mingcha, city, package):
    before = mingcha.json("info", city.office)

    mingcha.json("inspect", package, "--workspace", city.office)

    assert mingcha.json("info", city.office) == before


def test_somebody_else_cannot_look_inside(mingcha, city, package):
    assert "不是加密给本设备的" in refusal(mingcha("inspect", package, "--workspace", city.bert))


@pytest.mark.parametrize("content", [b"", b"not a package", b"age-encryption.org/v1\n"])
def test_a_file_that_is_no_package_is_refused(mingcha, city, content):
    assert refusal(mingcha("inspect", city.file("x.mcp", content)))


def test_a_folder_is_no_package(mingcha, city):
    assert "不是可以读取的数据包文件" in refusal(mingcha("inspect", city.folder))
