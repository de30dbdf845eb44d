"""``mingcha assign``: visits of a mission go to a node in a 任务包."""

from pathlib import Path

import pytest

from tests.cli.city import refusal


@pytest.fixture
def planned(mingcha, city):
    objects = [{"unit": "澄湖区", "checklist": "ZWDT-2026-V1"}] * 2
    return mingcha.json("mission", city.office, city.mission_file(objects=objects))


def test_the_node_has_its_visits_when_it_has_merged_the_package(mingcha, city, planned):
    sent = mingcha.json("assign", city.office, planned["mission"], "--to", "外业欧阳㛃", "--out", city.stick)

    merged = mingcha.json("merge", city.anna, Path(sent["file"]))["files"][0]
    assert (sent["kind"], merged["outcome"]) == ("mission", "applied")
    assert set(planned["visits"]) <= set(mingcha.ids(city.anna, "visits"))


def test_only_some_visits_can_be_given(mingcha, city, planned):
    first = planned["visits"][0]

    sent = mingcha.json(
        "assign", city.office, planned["mission"], "--to", "外业王五", "--visit", first, "--out", city.stick
    )

    assert sent["visits"] == [first]


def test_a_person_is_told_the_file_and_its_hash(mingcha, city, planned):
    answer = mingcha("assign", city.office, "二季度督查", "--to", "外业王五", "--out", city.stick)

    (package,) = [path for path in city.stick.iterdir() if path.name in answer.out]
    assert package.suffix == ".mcp"
    assert "；SHA-256 " in answer.out


def test_a_node_that_is_not_enrolled_is_refused(mingcha, city, planned):
    answer = mingcha("assign", city.office, planned["mission"], "--to", "外业赵六", "--out", city.stick)

    assert "“外业赵六”未能对应唯一一个已登记的设备节点" in refusal(answer)


def test_a_visit_of_another_mission_is_refused(mingcha, city, planned):
    answer = mingcha(
        "assign",
        city.office,
        planned["mission"],
        "--to",
        "外业王五",
        "--visit",
        city.visits[0],
        "--out",
        city.stick,
    )

    assert "该督查任务中没有现场检查" in refusal(answer)


def test_a_mission_that_does_not_exist_is_refused(mingcha, city):
    answer = mingcha("assign", city.office, "三季度督查", "--to", "外业王五", "--out", city.stick)

    assert "没有“三季度督查”" in refusal(answer)
