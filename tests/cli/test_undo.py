"""``mingcha undo``: an import is set aside, and can count again."""

import pytest

from tests.cli.city import refusal


@pytest.fixture
def imported(mingcha, city):
    return mingcha.bring(city, city.anna, city.visits[0])


def test_undo_and_redo_bring_the_records_back(mingcha, city, imported):
    before = mingcha.json("info", city.office)["records"]

    undone = mingcha.json("undo", city.office, imported[:12], "--reason", "送错了")
    between = mingcha.json("list", city.office, "packages")["rows"]
    redone = mingcha("undo", city.office, imported, "--redo")

    assert (undone["import"], undone["redo"]) == (imported, False)
    assert [row["state"] for row in between if row["id"] == imported] == ["set_aside"]
    assert redone.out == f"已恢复，{undone['entries']} 个条目重新计入。\n"
    assert mingcha.json("info", city.office)["records"] == before


def test_it_needs_a_reason(mingcha, city, imported):
    assert refusal(mingcha("undo", city.office, imported)) == "撤销导入须写明原因。请用 --reason 写明。"


def test_what_was_made_on_top_is_told_and_stays(mingcha, city, imported):
    mingcha.json("review", city.office, city.visits[0], "--remark", "已阅")

    answer = mingcha("undo", city.office, imported, "--reason", "送错了", "--lang", "en")

    assert answer.status == 0
    assert "Entries that no longer count: " in answer.out


def test_an_import_that_does_not_exist_is_refused(mingcha, city):
    assert "没有可以撤销或恢复的导入 123456" in refusal(
        mingcha("undo", city.office, "123456", "--reason", "x")
    )


def test_an_import_that_counts_is_not_redone(mingcha, city, imported):
    assert "没有可以撤销或恢复的导入" in refusal(mingcha("undo", city.office, imported, "--redo"))
