"""``mingcha seal`` and ``mingcha unseal``: a covert mission under the leader's pass phrase."""

from pathlib import Path

import pytest

from tests.cli.city import NEW_PASSPHRASE, refusal


@pytest.fixture
def covert(mingcha, city, monkeypatch):
    """A covert mission at the office, not sealed yet; the leader's pass phrase is in the environment."""
    monkeypatch.setenv("MINGCHA_SEAL_PASSPHRASE", NEW_PASSPHRASE)
    file = city.mission_file(mode="暗访", cover_name="资料整理", title="暗访政务大厅")
    return mingcha.json("mission", city.office, file)["mission"]


def carry(mingcha, city, mission):
    sent = mingcha.json("assign", city.office, mission, "--to", "外业欧阳㛃", "--out", city.stick)
    mingcha.json("merge", city.anna, Path(sent["file"]))
    return sent["visits"][0]


def test_a_covert_mission_leaves_the_office_only_sealed(mingcha, city, covert):
    answer = mingcha("assign", city.office, covert, "--to", "外业欧阳㛃", "--out", city.stick)

    assert "尚未封存" in refusal(answer)


def test_the_leader_opens_it_at_departure_and_the_visit_can_be_recorded(mingcha, city, covert):
    assert mingcha.json("seal", city.office, covert) == {"mission": covert, "status": "sealed"}
    visit = carry(mingcha, city, covert)
    assert "检查表" in refusal(mingcha("record", city.anna, city.visit_file(visit)))

    opened = mingcha.json("unseal", city.anna, covert)

    assert (opened["mission"], opened["status"]) == (covert, "unsealed")
    assert [planned["id"] for planned in opened["plan"]["visits"]] == [visit]
    assert mingcha("record", city.anna, city.visit_file(visit)).status == 0


def test_until_then_only_the_cover_name_is_seen(mingcha, city, covert):
    mingcha.json("seal", city.office, covert)
    carry(mingcha, city, covert)

    listed = mingcha("list", city.anna, "missions").out + mingcha("list", city.anna, "visits").out

    assert "资料整理" in listed
    assert "暗访政务大厅" not in listed


def test_another_pass_phrase_does_not_open_it(mingcha, city, covert, monkeypatch):
    mingcha.json("seal", city.office, covert)
    carry(mingcha, city, covert)
    monkeypatch.setenv("MINGCHA_SEAL_PASSPHRASE", "another pass phrase")

    assert "口令不正确" in refusal(mingcha("unseal", city.anna, covert))


def test_it_does_not_open_before_departure(mingcha, city, monkeypatch):
    monkeypatch.setenv("MINGCHA_SEAL_PASSPHRASE", NEW_PASSPHRASE)
    file = city.mission_file(mode="暗访", cover_name="资料整理", depart_at="2199-01-01T08:00")
    mission = mingcha.json("mission", city.office, file)["mission"]
    mingcha.json("seal", city.office, mission)

    answer = mingcha("unseal", city.office, mission, "--lang", "en")

    assert "This mission is sealed until 2199-01-01 08:00." in refusal(answer)


def test_the_pass_phrase_of_the_workspace_is_not_taken_for_the_leaders(mingcha, city, covert, monkeypatch):
    monkeypatch.delenv("MINGCHA_SEAL_PASSPHRASE")

    assert "MINGCHA_SEAL_PASSPHRASE" in refusal(mingcha("seal", city.office, covert))


def test_it_can_come_from_a_file(mingcha, city, covert, monkeypatch):
    monkeypatch.delenv("MINGCHA_SEAL_PASSPHRASE")
    file = city.file("leader.txt", NEW_PASSPHRASE.encode())

    sealed = mingcha("seal", city.office, covert, "--seal-passphrase-file", file)

    assert sealed.out == "任务已封存，只有组长口令能启封。\n"


def test_a_mission_that_is_not_sealed_needs_no_opening(mingcha, city):
    assert "未封存" in refusal(
        mingcha("unseal", city.office, "一季度督查", "--seal-passphrase-file", city.file("p", b"x y z"))
    )
