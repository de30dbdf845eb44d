import pytest

from desktop.domain.canonical import Json
from desktop.errors import UserError
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.plan_mission import plan_mission
from desktop.services.records.open_secret import mission_objects
from desktop.services.records.read_json import read_json_file
from desktop.services.records.references import NotFoundError
from desktop.services.records.visit_values import read_visit
from desktop.storage.records import find_row
from tests.services.worlds import CHECKLIST, dump, events, rows


def node(world, name="anna"):
    return find_node_by_name(world.office, getattr(world, name).node)


def test_an_announced_mission_is_cut_into_its_record_when_it_is_assigned(world):
    plan = world.plan(leader="李四", route="环湖路", team=["李四"])
    assert find_row(world.office.db, "mission", plan.id)["visits"] is None
    assert mission_objects(world.office, plan.id) == {}

    assign_visits(world.office, plan.id, node(world))

    objects = mission_objects(world.office, plan.id)
    assert (objects["leader"], objects["route"], objects["team"]) == ("李四", "环湖路", ["李四"])
    assert [visit["visit"] for visit in objects["visits"]] == list(plan.visits)
    assert find_row(world.office.db, "mission", plan.id)["status"] == "已下达"


def test_the_plan_of_an_announced_visit_reaches_its_holder(world):
    visit = read_visit(world.anna.db, world.visits[0])

    assert visit.text("planned_on") == "2026-11-20"
    assert visit.text("mode") == "明查"
    assert all(visit.text(name) for name in ("unit_id", "checklist_id", "checklist_hash"))


def test_a_node_gets_its_own_visits_and_no_others(world):
    first, second, third = world.visits

    assert {row["id"] for row in rows(world.anna, "visits")} == {first, third}
    assert {row["id"] for row in rows(world.bert, "visits")} == {second, third}


def test_assigning_a_visit_to_a_second_node_adds_a_holder(world):
    assert read_visit(world.office.db, world.visits[2]).holders == tuple(
        sorted([world.anna.node, world.bert.node])
    )
    assert find_row(world.office.db, "visit", world.visits[2])["n"] == 2
    assert find_row(world.office.db, "visit", world.visits[0])["n"] == 1


def test_assigning_a_visit_to_its_holder_again_writes_nothing_about_it(world):
    mission = rows(world.office, "missions")[0]["id"]
    before = find_row(world.office.db, "visit", world.visits[0])

    assert assign_visits(world.office, mission, node(world), world.visits[:1]) == world.visits[:1]

    assert find_row(world.office.db, "visit", world.visits[0]) == before
    assert events(world.office)[-1] == "assigned"


def test_a_visit_of_another_mission_cannot_be_assigned(world):
    plan = world.plan(title="另一任务")
    before = dump(world.office)

    with pytest.raises(UserError, match=world.visits[0]):
        assign_visits(world.office, plan.id, node(world), [world.visits[0]])
    assert dump(world.office) == before


def test_a_node_is_meant_by_its_name_its_id_or_the_beginning_of_it(world):
    anna = node(world)

    assert find_node_by_name(world.office, anna.name) == anna
    assert find_node_by_name(world.office, anna.id[:8]) == anna
    for unclear in ("外业", anna.id[:4], ""):
        with pytest.raises(UserError, match="设备节点"):
            find_node_by_name(world.office, unclear)


def test_only_an_office_plans_missions(world):
    file = read_json_file(
        world.json_file(
            {"title": "x", "mode": "明查", "objects": [{"unit": "澄湖区", "checklist": CHECKLIST}]}
        ),
        "mission",
    )

    with pytest.raises(UserError, match="只能由中心制定"):
        plan_mission(world.anna, file)


@pytest.mark.parametrize("field", ["unit", "checklist", "site"])
def test_a_plan_that_names_something_unknown_makes_no_mission(world, field):
    visit: dict[str, Json] = {"unit": "澄湖区", "checklist": CHECKLIST, field: "没有这个"}
    before = dump(world.office)

    with pytest.raises(NotFoundError, match="没有这个"):
        world.plan(objects=[visit])
    assert dump(world.office) == before


def test_a_site_of_the_plan_reaches_the_visit(world):
    world.record(world.anna, world.visits[0], site={"name": "一号大厅", "kind": "窗口"})
    world.bring(world.anna)

    plan = world.plan(objects=[{"unit": "澄湖区", "checklist": CHECKLIST, "site": "一号大厅"}])
    (visit,) = assign_visits(world.office, plan.id, node(world))

    (site,) = rows(world.office, "sites")
    assert read_visit(world.office.db, visit).text("site_id") == site["id"]
