import pytest

from desktop.errors import UserError
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.change_mission import change_mission, plan_of_mission
from desktop.services.missions.plan_mission import drafted_objects
from desktop.services.missions.withdraw_mission import withdraw_mission
from desktop.services.records.read_json import read_json_file
from desktop.storage.records import find_row
from tests.services.worlds import CHECKLIST, dump, rows

OBJECT = {"unit": "澄湖区", "checklist": CHECKLIST}


def file_of(world, **changes):
    plan = {"title": "二季度督查", "mode": "明查", "objects": [OBJECT]} | changes
    return read_json_file(world.json_file(plan), "mission")


def test_a_plan_is_changed_as_long_as_it_has_not_gone_out(world):
    plan = world.plan(leader="李四")
    nonce = find_row(world.office.db, "mission", plan.id)["nonce"]

    changed = change_mission(
        world.office, plan.id, file_of(world, no="7", objects=[OBJECT] * 2, team=["王五"])
    )

    row = find_row(world.office.db, "mission", plan.id)
    assert (row["title"], row["no"], row["nonce"], row["status"]) == ("二季度督查", "7", nonce, "拟定")
    assert changed.id == plan.id
    objects = drafted_objects(world.office, plan.id)
    assert [visit["visit"] for visit in objects["visits"]] == list(changed.visits)
    assert (objects["team"], objects["leader"]) == (["王五"], "")


def test_the_plan_of_a_mission_can_be_planned_from_again(world):
    plan = world.plan(
        mode="暗访", cover_name="资料整理", title="暗访大厅", leader="李四", depart_at="2026-12-01T08:30"
    )

    said = plan_of_mission(world.office, plan.id)
    changed = change_mission(world.office, plan.id, read_json_file(world.json_file(said), "mission"))

    assert (said["title"], said["cover_name"], said["leader"]) == ("暗访大厅", "资料整理", "李四")
    assert plan_of_mission(world.office, plan.id) == said
    assert list(changed.visits.values()) == list(plan.visits.values())


def test_what_has_been_issued_or_withdrawn_is_not_changed(world):
    issued, withdrawn = world.plan(title="甲"), world.plan(title="乙")
    assign_visits(world.office, issued.id, find_node_by_name(world.office, world.anna.node))
    withdraw_mission(world.office, withdrawn.id, "取消")
    before = dump(world.office)

    for mission in (issued.id, withdrawn.id):
        with pytest.raises(UserError, match="不能再变更"):
            change_mission(world.office, mission, file_of(world))
        with pytest.raises(UserError, match="不能再变更"):
            plan_of_mission(world.office, mission)
    assert dump(world.office) == before


def test_an_open_mission_does_not_become_covert(world):
    plan = world.plan()
    before = dump(world.office)

    with pytest.raises(UserError, match="不能改为暗访"):
        change_mission(world.office, plan.id, file_of(world, mode="暗访"))
    assert dump(world.office) == before


def test_the_same_file_does_not_make_two_missions(world):
    world.plan(title="三季度督查", no="")
    before = rows(world.office, "missions")

    with pytest.raises(UserError, match="已经制定过：“三季度督查”"):
        world.plan(title="三季度督查")
    assert rows(world.office, "missions") == before


def test_a_covert_plan_is_recognised_and_only_its_cover_name_is_told(world):
    world.plan(mode="暗访", title="暗访大厅", cover_name="资料整理")

    with pytest.raises(UserError, match="“资料整理”"):
        world.plan(mode="暗访", title="暗访大厅", cover_name="资料整理")


def test_a_number_belongs_to_one_mission(world):
    first = world.plan(title="甲", no="YZDC-2026-001")
    second = world.plan(title="乙", no="YZDC-2026-002")

    with pytest.raises(UserError, match="YZDC-2026-001"):
        world.plan(title="丙", no="YZDC-2026-001")
    with pytest.raises(UserError, match="YZDC-2026-001"):
        change_mission(world.office, second.id, file_of(world, no="YZDC-2026-001"))
    assert change_mission(world.office, first.id, file_of(world, no="YZDC-2026-001")).id == first.id


def test_what_was_withdrawn_may_be_planned_again(world):
    first = world.plan(title="三季度督查", no="3")
    withdraw_mission(world.office, first.id, "改期")

    assert world.plan(title="三季度督查", no="3").id != first.id
