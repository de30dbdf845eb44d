"""``mingcha checklist``: checklists as files, and their versions."""

import json

import pytest

from tests.cli.city import refusal, usage_error
from tests.services.worlds import CHECKLIST


@pytest.fixture
def exported(mingcha, city):
    file = city.folder / "out.json"
    mingcha.json("checklist", "export", city.office, CHECKLIST, "--out", file)
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_new_version_takes_the_place_of_the_one_before(mingcha, city, exported):
    file = city.json_file("new.json", {**exported, "code": "ZWDT-2026-V2", "version": "2026-V2"})

    saved = mingcha.json("checklist", "import", city.office, file, "--replaces", CHECKLIST)

    rows = {row["code"]: row for row in mingcha.json("list", city.office, "checklists")["rows"]}
    assert rows["ZWDT-2026-V2"]["id"] == saved["checklist"]
    assert (rows[CHECKLIST]["status"], rows["ZWDT-2026-V2"]["status"]) == ("停用", "启用")


def test_a_code_that_is_taken_is_refused(mingcha, city, exported):
    before = mingcha.ids(city.office, "checklists")

    answer = mingcha("checklist", "import", city.office, city.json_file("same.json", exported))

    assert CHECKLIST in refusal(answer)
    assert mingcha.ids(city.office, "checklists") == before


def test_a_checklist_is_retired_and_used_again(mingcha, city):
    assert mingcha("checklist", "retire", city.office, CHECKLIST).out == "已停用，新任务不再选用。\n"
    assert mingcha("checklist", "use", city.office, CHECKLIST).out == "已启用，新任务可以选用。\n"


def test_what_is_wrong_with_a_file_is_told_with_its_place(mingcha, city, exported):
    items = [{**exported["items"][0], "points": 1}, *exported["items"][1:]]
    answer = mingcha(
        "checklist", "import", city.office, city.json_file("bad.json", {**exported, "items": items})
    )

    assert refusal(answer)
    answer = mingcha("checklist", "import", city.office, city.json_file("bad.json", {"name": "x"}))
    assert "bad.json" in refusal(answer)


@pytest.mark.parametrize(
    "words",
    [
        ["export", "OFFICE", CHECKLIST],
        ["use", "OFFICE", CHECKLIST, "--replaces", "x"],
        ["use", "OFFICE", "x", "--out", "y"],
    ],
)
def test_options_belong_to_their_actions(mingcha, city, words):
    assert "--out" in usage_error(mingcha("checklist", *[city.office if w == "OFFICE" else w for w in words]))
