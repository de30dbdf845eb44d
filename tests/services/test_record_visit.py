import hashlib

import pytest

from desktop.errors import UserError
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.records.references import NotFoundError
from desktop.services.records.visit_values import VisitNotFoundError, read_visit
from desktop.services.visits.sign_visit import sign_visit
from tests.services.worlds import CHECKLIST, dump, events, rows

UNPLANNED = {"unit": "澄湖区", "checklist": CHECKLIST}


def test_a_planned_visit_takes_what_the_plan_says_and_the_file_does_not(world):
    recorded = world.record(
        world.anna, world.visits[0], leader="李四", team=["李四", "王五"], conclusion="有空岗"
    )

    visit = read_visit(world.anna.db, recorded.id)
    assert (recorded.id, recorded.is_new) == (world.visits[0], False)
    assert (visit.text("mode"), visit.text("leader"), visit.team) == ("明查", "李四", ("李四", "王五"))
    assert visit.text("status") == "已提交"
    assert visit.text("planned_on") == "2026-11-20"
    assert events(world.anna)[-1] == "recorded"


def test_an_unplanned_visit_is_born_at_the_field_node_and_held_by_it(world):
    recorded = world.record(world.anna, **UNPLANNED)
    world.bring(world.anna)

    visit = read_visit(world.office.db, recorded.id)
    assert recorded.is_new
    assert visit.holders == (world.anna.node,)
    assert visit.text("mode") == "明查"
    assert visit.answers[1]["facts"] == "窗口空岗"


@pytest.mark.parametrize("missing", ["unit", "checklist"])
def test_an_unplanned_visit_needs_unit_and_checklist(world, missing):
    with pytest.raises(UserError, match="须写明单位和检查表"):
        world.record(world.anna, **{**UNPLANNED, missing: ""})


def test_a_site_found_on_the_road_is_made_and_known_at_the_office(world):
    world.record(world.anna, world.visits[0], site={"name": "二号大厅", "address": "环湖路"})
    world.record(world.anna, **UNPLANNED, site="二号大厅")
    world.bring(world.anna)

    (site,) = rows(world.office, "sites")
    assert (site["name"], site["address"]) == ("二号大厅", "环湖路")
    assert {
        read_visit(world.office.db, row["id"]).text("site_id") for row in rows(world.office, "visits")
    } == {
        "",
        site["id"],
    }


def test_an_unplanned_visit_can_belong_to_a_mission(world):
    mission = rows(world.anna, "missions")[0]

    recorded = world.record(world.anna, **UNPLANNED, mission=mission["id"])

    assert read_visit(world.anna.db, recorded.id).text("mission_id") == mission["id"]


def test_evidence_is_numbered_from_one_in_the_order_of_the_file(world):
    for name in ("a.txt", "b.txt"):
        world.file(name, name.encode())
    recorded = world.record(
        world.anna,
        world.visits[0],
        answers=[{"item": 1, "deduct": 2, "evidence": [2]}, {"item": 2, "deduct": 0}],
        observations=[
            {"at": "09:40", "fact": "离岗", "evidence": [1, 2], "duration_s": 600, "person": "高个"}
        ],
        evidence=[{"path": "a.txt", "item": 1, "caption": "甲"}, {"path": "b.txt"}],
    )

    visit = read_visit(world.anna.db, recorded.id)
    first, second = recorded.evidence
    assert visit.answers[1]["evidence_ids"] == f'["{second}"]'
    assert visit.answers[2]["evidence_ids"] == "[]"
    assert visit.observations[0]["evidence_ids"] == f'["{first}","{second}"]'
    by_id = {row["id"]: row for row in visit.evidence}
    assert by_id[first]["sha256"] == hashlib.sha256(b"a.txt").hexdigest()
    assert (by_id[first]["caption"], by_id[first]["item"], by_id[second]["item"]) == ("甲", "1", "")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"answers": [{"item": 1, "deduct": 1, "evidence": [1]}]}, "第 1 件证据"),
        ({"observations": [{"at": "9:00", "fact": "x", "evidence": [3]}]}, "第 3 件证据"),
        ({"answers": [{"item": 1, "applicable": False}]}, "不适用"),
        ({"answers": [{"item": 1}]}, "第 1 项"),
        ({"answers": [{"item": 1, "deduct": "12.0001"}]}, "第1项"),
        ({"answers": [{"item": 1, "deduct": "-1"}]}, "第1项"),
        ({"answers": [{"item": 1, "inputs": {"no_such": 1}}]}, "no_such"),
        ({"answers": [{"item": 1, "deduct": 1, "veto": True}]}, "第1项"),
        ({"answers": [{"item": 99, "deduct": 1}]}, "没有第 99 项"),
        ({"evidence": [{"path": "missing.jpg"}]}, "missing.jpg"),
        ({"site": "没有这个点位"}, "没有这个点位"),
        ({"unit": "没有这个单位"}, "没有这个单位"),
        ({"checklist": "NO-SUCH"}, "NO-SUCH"),
        ({"mission": "没有这个任务"}, "没有这个任务"),
    ],
)
def test_a_wrong_visit_is_refused_and_nothing_of_it_is_there(world, changes, says):
    before = dump(world.anna)

    with pytest.raises(UserError, match=says):
        world.record(world.anna, world.visits[0], **changes)

    assert dump(world.anna) == before


def test_not_applicable_is_for_items_that_allow_it_and_deducts_nothing(world):
    world.record(world.anna, world.visits[0], answers=[{"item": 11, "applicable": False}])

    answer = read_visit(world.anna.db, world.visits[0]).answers[11]
    assert (answer["is_applicable"], answer["deduct_e4"] or 0) == (0, 0)


def test_figures_are_turned_into_a_deduction_by_the_rule(world):
    world.record(world.anna, world.visits[0], answers=[{"item": 2, "inputs": {"cases": 3}}])

    assert read_visit(world.anna.db, world.visits[0]).answers[2]["deduct_e4"] == 60000


def test_recording_again_replaces_the_own_findings_before_they_are_signed(world):
    world.record(world.anna, world.visits[0])
    world.record(world.anna, world.visits[0], answers=[{"item": 1, "deduct": "3.5", "facts": "又看一遍"}])

    assert read_visit(world.anna.db, world.visits[0]).answers[1]["deduct_e4"] == 35000
    assert world.bring(world.anna).visits[0].change == "newer"


def test_a_visit_is_recorded_only_by_a_node_that_holds_it(world):
    with pytest.raises(VisitNotFoundError):
        world.record(world.anna, world.visits[1])
    with pytest.raises(UserError, match="未下达到本机"):
        world.record(world.office, world.visits[0])


def test_a_signed_visit_is_not_recorded_again(world):
    world.record(world.anna, world.visits[0])
    sign_visit(world.anna, world.visits[0])

    with pytest.raises(UserError, match="更正"):
        world.record(world.anna, world.visits[0])


def test_a_checklist_that_has_not_come_is_named(world):
    world.anna.db.execute("UPDATE checklist SET items = NULL")

    with pytest.raises(UserError, match="没有该现场检查所用的检查表"):
        world.record(world.anna, world.visits[0])


def test_a_damaged_reference_to_a_checklist_is_not_guessed(world):
    world.anna.db.execute("DELETE FROM checklist")

    with pytest.raises(NotFoundError):
        world.record(world.anna, world.visits[0])


def test_evidence_is_attached_where_the_visit_is_held(world):
    world.record(world.anna, world.visits[0])
    file = world.file("c.txt", b"later")
    seen = []

    (evidence,) = attach_evidence(
        world.anna, world.visits[0], [file], {"caption": "补充"}, lambda *step: seen.append(step)
    )

    (row,) = read_visit(world.anna.db, world.visits[0]).evidence
    assert (row["id"], row["caption"], row["name"]) == (evidence, "补充", "c.txt")
    assert seen == [(1, 1)]
    assert events(world.anna)[-1] == "collected"
    with pytest.raises(UserError, match="不由本机承担"):
        attach_evidence(world.office, world.visits[0], [file])


def test_one_file_that_cannot_be_taken_in_stops_all_of_them(world):
    before = dump(world.anna)

    with pytest.raises(UserError):
        attach_evidence(world.anna, world.visits[0], [world.file("c.txt"), world.folder / "missing"])

    assert dump(world.anna) == before
