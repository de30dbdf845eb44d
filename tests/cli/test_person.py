"""``mingcha person``: everybody unlocks with a pass phrase of their own."""

import pytest

from tests.cli.city import NEW_PASSPHRASE, refusal
from tests.services.worlds import PASSPHRASE


@pytest.fixture
def second(mingcha, city, monkeypatch):
    """Somebody else who can unlock the office."""
    monkeypatch.setenv("MINGCHA_NEW_PASSPHRASE", NEW_PASSPHRASE)
    return mingcha.json("person", city.office, "add", "李四")


def test_somebody_else_unlocks_with_a_login_and_a_pass_phrase(mingcha, city, second, monkeypatch):
    monkeypatch.setenv("MINGCHA_PASSPHRASE", NEW_PASSPHRASE)
    monkeypatch.setenv("MINGCHA_PERSON", second["login"])

    assert mingcha("info", city.office).status == 0


def test_with_several_people_it_must_be_said_who_unlocks(mingcha, city, second):
    assert "请从下列登录名中选择：1、2" in refusal(mingcha("info", city.office))


def test_the_pass_phrase_of_one_does_not_open_for_the_other(mingcha, city, second, monkeypatch):
    monkeypatch.setenv("MINGCHA_PERSON", "1")
    monkeypatch.setenv("MINGCHA_PASSPHRASE", NEW_PASSPHRASE)
    assert "口令不正确" in refusal(mingcha("info", city.office))

    monkeypatch.setenv("MINGCHA_PASSPHRASE", PASSPHRASE)
    assert mingcha("info", city.office).status == 0


def test_what_is_done_carries_the_name_of_who_unlocked(mingcha, city, second, monkeypatch):
    monkeypatch.setenv("MINGCHA_PASSPHRASE", NEW_PASSPHRASE)
    monkeypatch.setenv("MINGCHA_PERSON", second["login"])

    mingcha.json("mission", city.office, city.mission_file())

    log = mingcha.json("list", city.office, "log")["rows"]
    assert [row["by"] for row in log if row["event"] == "planned"][-1] == "李四"


def test_a_login_can_be_chosen(mingcha, city):
    phrase = city.file("new.txt", NEW_PASSPHRASE.encode())

    added = mingcha("person", city.office, "add", "李四", "--login", "li", "--new-passphrase-file", phrase)

    assert (added.status, added.out) == (0, "李四可用登录名 li 解锁工作库。\n")


def test_the_new_pass_phrase_is_never_taken_from_the_old_one(mingcha, city):
    answer = mingcha("person", city.office, "add", "李四", "--lang", "en")

    assert refusal(answer) == (
        "The pass phrase is missing. Set MINGCHA_NEW_PASSPHRASE or name a file that holds it."
    )


def test_neither_pass_phrase_is_in_the_file_of_the_slots(city, second):
    slots = (city.office / "keyslots.json").read_text(encoding="utf-8")

    assert PASSPHRASE not in slots
    assert NEW_PASSPHRASE not in slots
    assert "李四" not in slots


def test_the_same_name_is_not_added_twice(mingcha, city, second, monkeypatch):
    monkeypatch.setenv("MINGCHA_PERSON", "1")

    assert refusal(mingcha("person", city.office, "add", "李四")) == (
        "李四已能解锁本工作库，登录名为 2。如确系同名的两人，请在姓名后加注以示区别。"
    )


def test_the_recovery_key_sets_a_new_pass_phrase_for_one_who_forgot_it(mingcha, city, second, monkeypatch):
    key = city.folder / "recovery-key.txt"
    phrase = city.file("new.txt", b"one that is remembered")

    answer = mingcha.json(
        "person", city.office, "reset", "李四", "--recovery-file", key, "--new-passphrase-file", phrase
    )
    assert (answer["action"], answer["login"]) == ("reset", second["login"])
    monkeypatch.setenv("MINGCHA_PASSPHRASE", "one that is remembered")
    monkeypatch.setenv("MINGCHA_PERSON", second["login"])
    assert mingcha("info", city.office).status == 0


def test_without_a_recovery_key_no_pass_phrase_is_set_anew(mingcha, city):
    assert "恢复密钥" in refusal(mingcha("person", city.office, "reset", "李四"))
