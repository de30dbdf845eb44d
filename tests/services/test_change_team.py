from decimal import Decimal

import pytest

from desktop.domain.answer import Answer
from desktop.errors import UserError
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.seal_mission import seal_mission, unseal_mission
from desktop.services.upkeep.find_log_lines import LogFilter, find_log_lines
from desktop.services.visits.change_team import TeamChange, change_team, team_choices
from desktop.services.visits.edit_visit import open_visit, save_answer, save_head
from desktop.services.visits.finish_visit import finish_visit
from desktop.services.visits.show_visit import show_visit
from desktop.services.visits.sign_visit import sign_visit
from desktop.services.visits.visit_form import visit_form
from desktop.services.visits.visit_team import Team, planned_team
from tests.services.worlds import CHECKLIST, FAST, events, rows

PLANNED = Team("张三", ("王五",))


@pytest.fixture
def mission(world):
    """A mission with a team, both visits of which anna makes: (mission id, first visit, second visit)."""
    visit = {"unit": "澄湖区", "checklist": CHECKLIST, "planned_on": "2026-11-20"}
    plan = world.plan(title="二季度督查", leader="张三", team=["王五"], objects=[visit] * 2)
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
    world.merge(world.anna, world.mission_package(world.anna))
    return (plan.id, *plan.visits)


def record(world, visit_id):
    opened = open_visit(world.anna, visit_id)
    save_answer(world.anna, visit_id, Answer(1, deduct=Decimal(2)), opened.base_ctx)


def team_of(workspace, visit_id):
    head = open_visit(workspace, visit_id).head
    return Team(head.leader, head.team)


def test_a_member_replaced_in_one_visit_stands_in_it_and_in_no_other(world, mission):
    _mission_id, first, second = mission
    record(world, first)
    now = Team("张三", ("赵六",))

    changed = change_team(world.anna, TeamChange(now, "王五临时生病", visit_id=first))
    assert (changed.visits, changed.new_people) == (1, ("赵六",))
    assert team_of(world.anna, first) == now
    assert team_of(world.anna, second) == PLANNED


def test_a_change_for_the_mission_reaches_begun_visits_and_those_that_begin_later(world, mission):
    mission_id, first, second = mission
    record(world, first)
    change_team(world.anna, TeamChange(Team("张三", ("赵六",)), "先换一人", visit_id=first))
    now = Team("欧阳㛃", ("王五", "钱七"))

    changed = change_team(world.anna, TeamChange(now, "张三调走", mission_id=mission_id))
    record(world, second)
    assert changed.visits == 1
    assert [team_of(world.anna, visit) for visit in (first, second)] == [now, now]
    assert planned_team(world.anna, mission_id) == PLANNED


def test_the_office_sees_who_went_why_and_whom_it_had_planned(world, mission):
    mission_id, first, _second = mission
    change_team(world.anna, TeamChange(Team("欧阳㛃", ("赵六",)), "组长途中生病", mission_id=mission_id))
    record(world, first)
    finish_visit(world.anna, first)
    world.bring(world.anna)

    shown = show_visit(world.office, first)
    assert (shown.head["leader"], shown.team, shown.planned) == ("欧阳㛃", ("赵六",), PLANNED)
    assert [(note.by, note.reason) for note in shown.team_changes] == [("欧阳㛃", "组长途中生病")]
    assert "赵六" in [row["name"] for row in rows(world.office, "people")]
    lines = find_log_lines(world.office, LogFilter(text="组长途中生病")).rows
    assert [(line.event, line.about) for line in lines] == [("team_changed", "二季度督查")]


def test_the_plan_of_the_mission_stays_that_of_the_office(world, mission):
    mission_id, first, _second = mission
    change_team(world.anna, TeamChange(Team("赵六"), "换组长", mission_id=mission_id))
    record(world, first)
    world.bring(world.anna)

    assert planned_team(world.office, mission_id) == PLANNED


def test_the_new_member_stands_on_the_form_and_may_sign(world, mission):
    _mission_id, first, _second = mission
    change_team(world.anna, TeamChange(Team("张三", ("赵六",)), "换人", visit_id=first))
    record(world, first)
    sign_visit(world.anna, first, "赵六")

    form = visit_form(world.anna, first)
    assert (form.leader, form.members, form.issued_by) == ("张三", ("赵六",), "赵六")


def test_settled_names_are_not_typed_over(world, mission):
    _mission_id, first, _second = mission
    record(world, first)
    opened = open_visit(world.anna, first)
    typed = type(opened.head)(mode="明查", leader="别人", team=("谁",), remark="已看")
    save_head(world.anna, first, typed, opened.base_ctx)

    assert team_of(world.anna, first) == PLANNED
    assert open_visit(world.anna, first).head.remark == "已看"


def test_a_finished_visit_keeps_the_people_who_made_it(world, mission):
    mission_id, first, _second = mission
    record(world, first)
    finish_visit(world.anna, first)

    changed = change_team(world.anna, TeamChange(Team("赵六"), "换组长", mission_id=mission_id))
    assert changed.visits == 0
    assert team_of(world.anna, first) == PLANNED
    with pytest.raises(UserError):
        change_team(world.anna, TeamChange(Team("赵六"), "换组长", visit_id=first))


@pytest.mark.parametrize(
    ("team", "reason"),
    [
        (Team("", ("王五",)), "原因"),
        (Team("张三", ("赵六",)), "  "),
        (Team("很" * 121), "原因"),
        (Team("张三", tuple(f"人{n}" for n in range(41))), "原因"),
        (PLANNED, "没有变化"),
    ],
)
def test_what_is_no_change_or_says_no_reason_changes_nothing(world, mission, team, reason):
    before = events(world.anna)

    with pytest.raises(UserError):
        change_team(world.anna, TeamChange(team, reason, visit_id=mission[1]))
    assert events(world.anna) == before


def test_the_team_of_a_mission_is_changed_only_where_it_is_made(world, mission):
    with pytest.raises(UserError):
        change_team(world.bert, TeamChange(Team("赵六"), "换组长", mission_id=mission[0]))


def test_the_team_of_a_sealed_mission_is_changed_after_it_was_opened(world):
    plan = world.plan(title="暗访", cover_name="资料整理", mode="暗访", leader="张三")
    seal_mission(world.office, plan.id, "seal-passphrase", FAST)
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
    world.merge(world.anna, world.mission_package(world.anna))
    change = TeamChange(Team("赵六"), "换组长", mission_id=plan.id)

    with pytest.raises(UserError):
        change_team(world.anna, change)
    unseal_mission(world.anna, plan.id, "seal-passphrase")
    assert change_team(world.anna, change).team == Team("赵六")


def test_names_are_tidied_and_nobody_stands_twice(world, mission):
    _mission_id, first, _second = mission

    changed = change_team(
        world.anna, TeamChange(Team(" 赵  六 ", ("赵 六", "王五", "王五", " ")), "换组长", visit_id=first)
    )
    assert changed.team == Team("赵 六", ("王五",))
    assert team_choices(world.anna, "", first).now == changed.team


def test_people_on_record_are_offered(world, mission):
    choices = team_choices(world.anna, mission[0])

    assert (choices.now, choices.planned) == (PLANNED, PLANNED)
    assert {"张三", "王五", "欧阳㛃"} <= set(choices.people)
