"""``mingcha record``: a finished visit from a file, all of it or nothing."""

import pytest

from tests.cli.city import refusal


def test_a_visit_is_saved_with_its_evidence(mingcha, city):
    city.file("note.txt", b"what was seen")
    evidence = [{"path": "note.txt", "item": 1, "caption": "现场记录"}]

    answer = mingcha("record", city.anna, city.visit_file(city.visits[0], evidence=evidence))

    assert (answer.status, answer.out) == (0, f"现场检查 {city.visits[0]} 已保存，证据 1 件。\n")
    assert [row["name"] for row in mingcha.json("list", city.anna, "evidence")["rows"]] == ["note.txt"]


def test_a_visit_nobody_planned_is_new(mingcha, city):
    file = city.json_file(
        "visit.json", {"unit": "澄湖区", "checklist": "ZWDT-2026-V1", "answers": [{"item": 1, "deduct": 0}]}
    )

    recorded = mingcha.json("record", city.anna, file)

    assert recorded["is_new"]
    assert recorded["visit"] in mingcha.ids(city.anna, "visits")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"answers": [{"item": 1}]}, "第 1 项既未填写测量值，也未填写扣分"),
        ({"answers": [{"item": 99, "deduct": 0}]}, "没有第 99 项"),
        ({"answers": [{"item": 1, "deduct": 0}, {"item": 1, "deduct": 2}]}, "第 1 项填写了两次"),
        ({"answers": [{"item": 1, "deduct": "much"}]}, "answers[0].deduct: 书写格式不符合要求"),
        ({"evidence": [{"path": "nothing.jpg"}]}, "nothing.jpg"),
        ({"answers": [{"item": 1, "deduct": 0, "evidence": [2]}]}, "引用了第 2 件证据，但文件中只列有 0 件"),
    ],
)
def test_a_file_that_is_wrong_saves_nothing(mingcha, city, changes, place):
    before = mingcha.json("info", city.anna)["digest"]

    assert place in refusal(mingcha("record", city.anna, city.visit_file(city.visits[0], **changes)))
    assert mingcha.json("info", city.anna)["digest"] == before


def test_a_visit_of_another_computer_is_refused(mingcha, city):
    answer = mingcha("record", city.anna, city.visit_file(city.visits[1]), "--lang", "en")

    assert f"There is no visit {city.visits[1]} in this workspace." in refusal(answer)
