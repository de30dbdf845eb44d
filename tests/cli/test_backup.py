"""``mingcha backup`` and ``mingcha restore``."""

from pathlib import Path

import pytest

from tests.cli.city import NEW_PASSPHRASE, refusal


@pytest.fixture
def backup(mingcha, city):
    city.file("a.txt", b"evidence")
    mingcha.bring(city, city.anna, city.visits[0], evidence=[{"path": "a.txt"}])
    (city.folder / "safe").mkdir()
    return Path(mingcha.json("backup", city.office, city.folder / "safe")["folder"])


def test_a_backup_is_restored_with_the_pass_phrase(mingcha, city, backup):
    before = mingcha.json("info", city.office)

    restored = mingcha("restore", backup, city.folder / "again")

    assert restored.out == "“云泽市政府督查室”已从备份恢复，可以继续使用。原工作库请勿再用。\n"
    after = mingcha.json("info", city.folder / "again")
    assert (after["records"], after["digest"]) == (before["records"], before["digest"])
    assert mingcha("verify", city.folder / "again").status == 0


def test_with_the_recovery_key_a_new_pass_phrase_is_set(mingcha, city, backup, monkeypatch):
    monkeypatch.setenv("MINGCHA_PASSPHRASE", NEW_PASSPHRASE)

    restored = mingcha(
        "restore", backup, city.folder / "again", "--recovery-file", city.folder / "recovery-key.txt"
    )

    assert restored.status == 0
    assert mingcha("info", city.folder / "again").status == 0


def test_a_recovery_key_with_a_typing_mistake_is_refused(mingcha, city, backup):
    key = (city.folder / "recovery-key.txt").read_text().strip()
    wrong = city.file("wrong.txt", (key[:-1] + ("Q" if key[-1] != "Q" else "P")).encode())

    answer = mingcha("restore", backup, city.folder / "again", "--recovery-file", wrong)

    assert "恢复密钥录入有误" in refusal(answer)
    assert key not in answer.out + answer.err
    assert not (city.folder / "again").exists()


def test_a_wrong_pass_phrase_leaves_nothing_behind(mingcha, city, backup, monkeypatch):
    monkeypatch.setenv("MINGCHA_PASSPHRASE", "not the right one")

    assert "口令不正确" in refusal(mingcha("restore", backup, city.folder / "again"))
    assert not list(city.folder.glob("*again*"))


def test_a_damaged_backup_is_refused(mingcha, city, backup):
    (backup / "workspace.db").write_bytes((backup / "workspace.db").read_bytes()[:-1])

    assert "不是本程序的完整备份（workspace.db）" in refusal(
        mingcha("restore", backup, city.folder / "again")
    )


def test_an_existing_workspace_is_left_alone(mingcha, city, backup):
    before = mingcha.json("info", city.bert)

    assert "已存在且不为空" in refusal(mingcha("restore", backup, city.bert))
    assert mingcha.json("info", city.bert) == before


def test_a_person_is_told_where_it_lies(mingcha, city):
    assert mingcha("backup", city.anna, city.stick).out.startswith("已备份到 mingcha-backup-")
