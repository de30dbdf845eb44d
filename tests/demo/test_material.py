import json
from datetime import datetime

import pytest

from desktop.datafiles import RESOURCES
from desktop.demo.city import FOLDER, demo_rows, demo_units, read_demo_json
from desktop.demo.material import demo_photos, read_demo_visit, visit_names, write_material
from desktop.demo.people import make_posts, office_members
from desktop.domain.checklist import read_checklist
from desktop.domain.scoring.methods import calculate
from desktop.services.records.read_json import read_json_file

UNITS = {unit.short for unit in demo_units()}
SITES = {row.values["name"]: row.values["unit"] for row in demo_rows("sites")}
VISITS = {name: read_demo_visit(name) for name in visit_names()}
MISSIONS = {path.stem: json.loads(path.read_text("utf-8")) for path in (FOLDER / "missions").glob("*.json")}
BY_NUMBER = {mission["no"]: mission for mission in MISSIONS.values()}


@pytest.mark.parametrize("name", MISSIONS)
def test_every_mission_file_is_as_its_schema_says(name):
    read_json_file(FOLDER / "missions" / f"{name}.json", "mission")


@pytest.mark.parametrize("name", VISITS)
def test_every_visit_file_is_as_its_schema_says(name):
    read_json_file(FOLDER / "visits" / f"{name}.json", "visit")


def test_there_are_twelve_missions_of_every_mode():
    covert = [mission for mission in MISSIONS.values() if mission["mode"] != "明查"]
    kinds = [mission["period_type"] for mission in MISSIONS.values() if mission["mode"] == "明查"]

    assert len(MISSIONS) == 12
    assert len(covert) == 4
    assert {mission["mode"] for mission in covert} == {"暗访", "明暗结合"}
    assert sorted(kinds) == sorted(["抽样"] * 4 + ["专项"] + ["半年"] * 2 + ["回头看"])


def test_covert_missions_go_by_a_neutral_name():
    for mission in MISSIONS.values():
        if mission["mode"] != "明查":
            assert "暗访" not in mission["cover_name"]
            assert mission["depart_at"]


@pytest.mark.parametrize("name", MISSIONS)
def test_every_object_of_a_mission_is_a_unit_with_its_site(name):
    for item in MISSIONS[name]["objects"]:
        assert item["unit"] in UNITS
        assert "site" not in item or SITES[item["site"]] == item["unit"]


@pytest.mark.parametrize("name", VISITS)
def test_every_planned_visit_is_an_object_of_its_mission(name):
    visit = VISITS[name]
    if "mission" not in visit:
        return

    mission = BY_NUMBER[visit["mission"]]

    wanted = {"unit": visit["unit"], "checklist": visit["checklist"], "site": visit.get("site")}
    assert wanted in [{key: item.get(key) for key in wanted} for item in mission["objects"]]
    assert visit["leader"] == mission["leader"]
    assert visit["team"] == mission["team"]
    assert mission["starts_on"] <= visit["started_at"][:10] <= mission["ends_on"]


@pytest.mark.parametrize("name", VISITS)
def test_a_visit_happens_on_a_working_day_and_its_times_follow_each_other(name):
    visit = VISITS[name]
    started, ended = (datetime.fromisoformat(visit[key]) for key in ("started_at", "ended_at"))
    seen = [datetime.fromisoformat(row["at"]) for row in visit.get("observations", [])]

    assert started.weekday() < 5
    assert started < ended
    assert seen == sorted(seen)
    assert all(started <= moment <= ended for moment in seen)
    if visit["mode"] == "暗访":
        assert started < datetime.fromisoformat(visit["identity_shown_at"]) <= ended


@pytest.mark.parametrize("name", VISITS)
def test_nothing_that_a_visit_found_names_a_person_of_the_units(name):
    names = {post.name for post in make_posts(demo_units())}
    visit = VISITS[name]
    texts = [visit["conclusion"], *(row.get("facts", "") for row in visit["answers"])]
    texts += [f"{row['fact']}{row.get('person', '')}{row['place']}" for row in visit.get("observations", [])]

    assert [(text, name) for text in texts for name in names if name in text] == []


def checklist_of(visit):
    path = RESOURCES / "checklists" / f"{visit['checklist']}.json"
    return read_checklist(json.loads(path.read_text("utf-8")), path.name)


def score_of(visit):
    """The score of a complete visit by S16, veto counted."""
    checklist = checklist_of(visit)
    deducted = []
    for row in visit["answers"]:
        rule = checklist.item(row["item"]).rule
        manual = row.get("deduct", 0)
        taken = rule.deduction(row["inputs"]) if "inputs" in row else manual
        deducted.append(str(taken) if row.get("applicable", True) else None)
    points = [str(checklist.item(row["item"]).points) for row in visit["answers"]]
    veto = any(row.get("veto", False) for row in visit["answers"])
    return calculate("S16", {"points": points, "deducted": deducted, "veto": veto}).score


@pytest.mark.parametrize("name", VISITS)
def test_every_answer_is_one_that_its_item_allows(name):
    checklist = checklist_of(VISITS[name])
    for row in VISITS[name]["answers"]:
        item = checklist.item(row["item"])
        asked = {one.key for one in item.rule.inputs}

        assert row.get("applicable", True) or item.allow_na
        assert item.veto or not row.get("veto")
        assert set(row.get("inputs", {})) <= asked
        assert "inputs" in row or row.get("deduct", 0) == 0


@pytest.mark.parametrize("name", VISITS)
def test_whoever_loses_points_is_told_why(name):
    checklist = checklist_of(VISITS[name])
    for row in VISITS[name]["answers"]:
        is_short = "inputs" in row and checklist.item(row["item"]).rule.deduction(row["inputs"])
        if is_short or not row.get("applicable", True):
            assert row["facts"]


def test_every_checklist_is_used_and_every_item_answered():
    whole = {name: visit for name, visit in VISITS.items() if not name.endswith("second-laptop")}

    for visit in whole.values():
        assert [row["item"] for row in visit["answers"]] == [item.no for item in checklist_of(visit).items]
    assert len({visit["checklist"] for visit in whole.values()}) == 12


def test_the_visits_score_as_the_story_says():
    scores = {name[:2]: str(score_of(visit)) for name, visit in VISITS.items() if name[:2] != "17"}

    assert scores["01"] == "93.00"
    assert scores["03"] == "0.00"
    assert scores["04"] == "90.56"
    assert scores["09"] == "90.63"
    assert scores["18"] == scores["19"] == "97.50"


def test_who_inspects_belongs_to_the_office():
    members = {member.name for member in office_members()}

    for visit in VISITS.values():
        assert {visit["leader"], *visit["team"]} <= members
        assert {row["taken_by"] for row in visit.get("evidence", [])} <= members


def test_evidence_is_numbered_within_its_visit():
    for visit in VISITS.values():
        count = len(visit.get("evidence", []))
        rows = [*visit["answers"], *visit.get("observations", [])]

        assert all(1 <= number <= count for row in rows for number in row.get("evidence", []))


def test_the_story_holds_what_it_is_there_to_show():
    answers = [(visit, row) for visit in VISITS.values() for row in visit["answers"]]
    observations = [row for visit in VISITS.values() for row in visit.get("observations", [])]

    assert len(VISITS) >= 12
    assert any(row.get("veto") for _visit, row in answers)
    assert sum(row.get("fixed_on_site", False) for _visit, row in answers) >= 3
    assert sum(not row.get("applicable", True) for _visit, row in answers) >= 3
    assert any(row.get("good") for row in observations)
    assert any(row.get("duration_s") for row in observations)
    assert any(visit.get("refused_reason") and visit["witness"] for visit in VISITS.values())
    assert any(visit.get("is_from_paper") for visit in VISITS.values())
    assert any(isinstance(visit.get("site"), dict) for visit in VISITS.values())
    assert any(visit["unit_opinion"] == "有异议" for visit in VISITS.values())


def test_there_are_at_least_thirty_photos_and_every_one_is_named_by_a_visit():
    named = {row["path"] for visit in VISITS.values() for row in visit.get("evidence", [])}

    assert len(named) >= 30
    assert named == {f"photos/{name}" for name in read_demo_json("photos.json")}


def test_photos_carry_what_real_cameras_get_wrong():
    photos = [photo for visit in VISITS.values() for _path, photo in demo_photos(visit)]

    assert any(photo.position and photo.position.is_broken for photo in photos)
    assert any(photo.position is None for photo in photos)
    assert any(photo.camera == "bare" for photo in photos)
    assert {photo.orientation for photo in photos} == {1, 3, 6, 8}
    assert any(photo.taken_at.hour < 4 for photo in photos)


def test_material_is_a_visit_file_with_its_photos_beside_it(tmp_path):
    file = write_material(tmp_path, "15-jiexi-village", "0191d5a4-0000-7000-8000-000000000001")

    visit = read_json_file(file, "visit").value
    assert visit["visit"] == "0191d5a4-0000-7000-8000-000000000001"
    assert [(tmp_path / row["path"]).is_file() for row in visit["evidence"]] == [True] * 3
    assert (tmp_path / "photos" / "㛃溪村村口𬭎䶮.jpg").is_file()
