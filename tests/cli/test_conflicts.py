"""``mingcha conflicts``: both versions are shown, a person chooses with a reason."""

from decimal import Decimal

import pytest

from tests.cli.city import refusal, usage_error

POINTS_OF_ITEM_1 = 12


@pytest.fixture
def conflict(mingcha, city):
    """Anna and bert have answered item 1 of the visit they share."""
    for workspace, deduct in ((city.anna, 2), (city.bert, 4)):
        answers = [{"item": 1, "deduct": deduct, "facts": f"扣{deduct}分"}]
        mingcha.bring(city, workspace, city.visits[2], answers=answers, started_at="2026-03-17T09:00")
    conflicts = mingcha.json("conflicts", city.office)["conflicts"]
    return next(each for each in conflicts if each["part"] == "answer/1")


def test_no_conflict_is_told(mingcha, city):
    assert mingcha("conflicts", city.office).out == "没有未处理的冲突。\n"
    assert mingcha("conflicts", city.office, "--lang", "en").out == "No open conflicts.\n"


def test_both_versions_are_shown_with_who_wrote_them(mingcha, city, conflict):
    text = mingcha("conflicts", city.office).out

    assert conflict["id"] in text
    assert [candidate["node_name"] for candidate in conflict["candidates"]] == ["外业欧阳㛃", "外业王五"]
    assert "  左（外业欧阳㛃，2026-" in text
    assert "扣分 2；事实描述 扣2分" in text
    assert "扣分 4；事实描述 扣4分" in text


def test_a_clerk_reads_the_item_and_only_what_differs(mingcha, city, conflict):
    text = mingcha("conflicts", city.office).out

    (head,) = [line for line in text.splitlines() if "第1项" in line]
    assert head.startswith("澄湖区")
    assert not head.endswith("第1项")
    for raw in ("deduct_e4", "{", "checklist_hash", "适用"):
        assert raw not in text
    assert "Deduction 2; Facts" in mingcha("conflicts", city.office, "--lang", "en").out


@pytest.mark.parametrize(
    ("take", "deduct"), [(["left"], 2), (["right"], 4), (["left", "deduct_e4=30000"], 3)]
)
def test_one_is_resolved(mingcha, city, conflict, take, deduct):
    words = [word for each in take for word in ("--take", each)]

    answer = mingcha(
        "conflicts", city.office, "resolve", conflict["id"], *words, "--reason", "经核对录像", "--json"
    )

    assert answer.status == 0
    assert conflict["id"] not in [each["id"] for each in answer.value["conflicts"]]
    (visit,) = mingcha.json("score", city.office, "--year", 2026)["visits"]
    assert Decimal(visit["raw"]) == POINTS_OF_ITEM_1 - deduct


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--take", "left"], "处理冲突须写明理由"),
        (["--reason", "因为"], "未明确采用哪一个版本"),
        (["--take", "left", "--take", "right", "--reason", "因为"], "未明确采用哪一个版本"),
        (["--take", "colour=red", "--reason", "因为"], "没有字段 colour"),
    ],
)
def test_what_is_not_clear_resolves_nothing(mingcha, city, conflict, words, sentence):
    assert sentence in refusal(mingcha("conflicts", city.office, "resolve", conflict["id"], *words))
    assert conflict in mingcha.json("conflicts", city.office)["conflicts"]


def test_it_must_be_said_which(mingcha, city):
    assert usage_error(mingcha("conflicts", city.office, "resolve")).startswith("未指明要处理的冲突。")


def test_one_that_does_not_exist_is_refused(mingcha, city):
    answer = mingcha("conflicts", city.office, "resolve", "x", "--take", "left", "--reason", "因为")

    assert "没有未处理的冲突 x" in refusal(answer)


def test_only_the_office_resolves(mingcha, city, conflict):
    answer = mingcha("conflicts", city.anna, "resolve", conflict["id"], "--take", "left", "--reason", "因为")

    assert refusal(answer)
