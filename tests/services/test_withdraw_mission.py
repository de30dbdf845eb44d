import pytest

from desktop.errors import UserError
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.plan_mission import drafted_objects
from desktop.services.missions.seal_mission import seal_mission
from desktop.services.missions.withdraw_mission import withdraw_mission
from desktop.services.scoring.overview import read_overview
from desktop.services.visits.field_missions import field_missions
from desktop.services.visits.find_visits import VisitState, find_missions, find_visits
from desktop.storage.drafts import all_drafts
from tests.services.worlds import FAST, dump, events, rows


def mission_of(world):
    return rows(world.office, "missions")[0]["id"]


def test_a_plan_that_is_withdrawn_leaves_no_objects_behind(world):
    plan = world.plan(mode="暗访", cover_name="资料整理", title="暗访大厅")

    withdrawn = withdraw_mission(world.office, plan.id, "上级另有安排")

    assert (withdrawn.open_visits, withdrawn.recorded) == (0, 0)
    assert drafted_objects(world.office, plan.id) is None
    assert all_drafts(world.office.db) == []
    assert events(world.office)[-1] == "withdrawn"


def test_a_withdrawn_mission_is_neither_sealed_nor_issued(world):
    plan = world.plan(mode="暗访", cover_name="资料整理")
    withdraw_mission(world.office, plan.id, "取消")
    before = dump(world.office)

    with pytest.raises(UserError, match="已撤回"):
        seal_mission(world.office, plan.id, "组长口令", FAST)
    with pytest.raises(UserError, match="已撤回"):
        assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
    assert dump(world.office) == before


def test_its_open_visits_no_longer_wait_and_the_recorded_ones_stay(world):
    world.record(world.anna, world.visits[0], started_at="2026-11-20T09:00:00+08:00")
    world.bring(world.anna)
    assert read_overview(world.office).planned == 2

    withdrawn = withdraw_mission(world.office, mission_of(world), "天气原因")

    assert (withdrawn.open_visits, withdrawn.recorded) == (2, 1)
    states = {line.id: line.state for line in find_visits(world.office).rows}
    assert states[world.visits[0]] is VisitState.RECORDED
    assert states[world.visits[1]] is VisitState.WITHDRAWN
    assert read_overview(world.office).planned == 0
    assert find_missions(world.office, status="已撤回").total == 1


def test_the_laptops_learn_of_it_with_their_next_package(world):
    world.record(world.anna, world.visits[0], started_at="2026-11-20T09:00:00+08:00")
    withdraw_mission(world.office, mission_of(world), "天气原因")

    world.merge(world.anna, world.mission_package(world.anna))

    (mission,) = field_missions(world.anna)
    assert mission.is_withdrawn
    assert {visit.id: (visit.state, visit.can_begin) for visit in mission.visits} == {
        world.visits[0]: (VisitState.RECORDED, True),
        world.visits[2]: (VisitState.WITHDRAWN, False),
    }


@pytest.mark.parametrize(("reason", "problem"), [("", "须写明原因"), ("  ", "须写明原因")])
def test_a_withdrawal_needs_a_reason(world, reason, problem):
    before = dump(world.office)

    with pytest.raises(UserError, match=problem):
        withdraw_mission(world.office, mission_of(world), reason)
    assert dump(world.office) == before


def test_a_mission_is_withdrawn_once_and_only_by_the_office(world):
    mission = mission_of(world)
    withdraw_mission(world.office, mission, "取消")

    with pytest.raises(UserError, match="此前已撤回"):
        withdraw_mission(world.office, mission, "取消")
    with pytest.raises(UserError, match="只能由中心撤回"):
        withdraw_mission(world.anna, mission, "取消")
