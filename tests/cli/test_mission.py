"""``mingcha mission``: a new mission from a file."""

import pytest

from tests.cli.city import refusal, usage_error


def test_a_mission_gets_a_visit_for_every_object(mingcha, city):
    objects = [
        {"unit": "澄湖区", "checklist": "ZWDT-2026-V1"},
        {"unit": "市政务大数据局", "checklist": "ZWDT-2026-V1"},
    ]

    planned = mingcha.json("mission", city.office, city.mission_file(objects=objects))

    assert planned["mission"] in mingcha.ids(city.office, "missions")
    assert (len(planned["visits"]), planned["is_covert"]) == (2, False)


def test_a_covert_mission_is_to_be_sealed(mingcha, city):
    answer = mingcha("mission", city.office, city.mission_file(mode="暗访", cover_name="资料整理"))

    assert answer.out.endswith("含现场检查 1 项。该任务为暗访任务，下达前须先封存。\n")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"mode": "突击"}, "mode: 须为下列之一：明查, 暗访, 明暗结合"),
        ({"starts_on": "下周一"}, "starts_on: 书写格式不符合要求"),
        ({"objects": []}, "objects: 不得为空"),
        ({"objects": [{"unit": "澄湖区"}]}, "objects[0]: 缺少 checklist"),
        ({"colour": "red"}, "$: 无此字段：colour"),
        ({"objects": [{"unit": "某某区", "checklist": "ZWDT-2026-V1"}]}, "没有“某某区”"),
    ],
)
def test_a_file_that_is_wrong_names_the_place(mingcha, city, changes, place):
    before = mingcha.ids(city.office, "missions")

    assert place in refusal(mingcha("mission", city.office, city.mission_file(**changes)))
    assert mingcha.ids(city.office, "missions") == before


def test_a_file_that_is_no_json_names_the_place(mingcha, city):
    file = city.file("mission.json", b'{"title": }')

    assert "第 1 行第 11 列" in refusal(mingcha("mission", city.office, file))


def test_a_file_that_is_missing_is_named(mingcha, city):
    assert "nothing.json" in refusal(mingcha("mission", city.office, city.folder / "nothing.json"))


def test_only_an_office_plans(mingcha, city):
    assert "督查任务只能由中心制定" in refusal(mingcha("mission", city.anna, city.mission_file()))


def test_the_same_file_is_refused_the_second_time(mingcha, city):
    file = city.mission_file(no="YZDC-2026-009")
    mingcha.json("mission", city.office, file)
    before = mingcha.ids(city.office, "missions")

    assert "YZDC-2026-009" in refusal(mingcha("mission", city.office, file))
    assert mingcha.ids(city.office, "missions") == before


def test_a_mission_that_has_not_gone_out_is_changed(mingcha, city):
    planned = mingcha.json("mission", city.office, city.mission_file())
    changed = mingcha.json(
        "mission", city.office, city.mission_file(title="三季度督查"), "--change", "二季度督查"
    )

    assert changed["mission"] == planned["mission"]
    assert changed["visits"] != planned["visits"]


def test_a_mission_is_withdrawn_with_a_reason(mingcha, city):
    mission = mingcha.ids(city.office, "missions")[0]

    assert "须写明原因" in refusal(mingcha("mission", city.office, "--withdraw", mission))
    answer = mingcha("mission", city.office, "--withdraw", mission, "--reason", "改期")

    assert answer.out == (
        f"督查任务 {mission} 已撤回。3 项现场检查不再进行，承担节点读入下一个任务包后得知。\n"
    )


def test_recorded_visits_outlive_their_mission(mingcha, city):
    mingcha.bring(city, city.anna, city.visits[0])
    mission = mingcha.ids(city.office, "missions")[0]

    answer = mingcha("mission", city.office, "--withdraw", mission, "--reason", "改期")

    assert answer.out.endswith("已记录的 1 项现场检查保留并照常计分。\n")


@pytest.mark.parametrize("words", [[], ["FILE", "--withdraw", "x"], ["--withdraw", "x", "--change", "y"]])
def test_it_does_one_thing_at_a_time(mingcha, city, words):
    words = [city.mission_file() if word == "FILE" else word for word in words]

    assert "二者选一" in usage_error(mingcha("mission", city.office, *words))
