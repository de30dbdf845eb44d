from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.answer import Answer
from desktop.domain.lengths import TooLongError
from desktop.errors import UserError
from desktop.services.packages.export_package import export_results
from desktop.services.visits.edit_visit import open_visit, save_answer, save_head
from desktop.services.visits.field_missions import field_missions
from desktop.services.visits.find_visits import VisitState, find_visits
from desktop.services.visits.finish_visit import finish_visit
from desktop.services.visits.show_visit import show_visit


def answered(world, deduct="2", visit=0, **changes):
    opened = open_visit(world.anna, world.visits[visit])
    answer = replace(Answer(1, deduct=Decimal(deduct), facts="窗口空岗"), **changes)
    save_answer(world.anna, opened.id, answer, opened.base_ctx)
    return opened


def test_what_was_typed_is_there_when_the_visit_is_opened_again(world):
    answered(world)

    assert open_visit(world.anna, world.visits[0]).answers[1].facts == "窗口空岗"


def test_the_first_answer_begins_the_visit_and_names_the_leader(world):
    opened = answered(world)
    world.clock.go_on(60_000)
    answered(world, "3")
    world.results(world.anna)

    head = show_visit(world.anna, opened.id).head
    assert head["started_at"].startswith("2026-11-20")
    assert head["leader"] == "欧阳㛃"
    assert find_visits(world.anna).rows[0].state is VisitState.RECORDED


def test_an_answer_that_may_not_be_entered_is_refused_and_the_last_one_stays(world):
    answered(world)

    with pytest.raises(UserError):
        answered(world, "1000")

    assert open_visit(world.anna, world.visits[0]).answers[1].deduct == 2


def test_a_finished_visit_is_signed_and_no_longer_changed(world):
    opened = answered(world)
    finish_visit(world.anna, opened.id, "问题轻微")

    shown = show_visit(world.anna, opened.id)
    assert shown.head["conclusion"] == "问题轻微"
    assert shown.head["status"] == "已提交"
    assert open_visit(world.anna, opened.id).is_signed
    with pytest.raises(UserError):
        answered(world)
    with pytest.raises(UserError):
        finish_visit(world.anna, opened.id, "")


def test_a_visit_that_was_exported_half_way_goes_on(world):
    answered(world)
    export_results(world.anna, world.stick)
    answered(world, "3")
    finish_visit(world.anna, world.visits[0], "")

    shown = show_visit(world.anna, world.visits[0])
    assert shown.score.lines[0].deduct == 3


def test_a_visit_without_findings_is_not_finished(world):
    with pytest.raises(UserError):
        finish_visit(world.anna, world.visits[0], "")


def test_a_visit_of_somebody_else_is_not_recorded_here(world):
    with pytest.raises(UserError):
        save_answer(world.office, world.visits[0], Answer(1, deduct=Decimal(1)), {})


def test_a_deduction_the_rule_computes_follows_its_figures(world):
    opened = open_visit(world.anna, world.visits[0])
    item = next(
        i for i in opened.checklist.items if len(i.rule.inputs) == 1 and i.rule.inputs[0].kind == "integer"
    )
    answer = Answer(item.no, inputs={item.rule.inputs[0].key: 1})
    save_answer(world.anna, opened.id, answer, opened.base_ctx)

    again = open_visit(world.anna, opened.id)
    assert again.answers[item.no].deduct is None
    assert again.answers[item.no].inputs == answer.inputs


def test_an_inspector_sees_the_missions_whose_visits_are_held_here(world):
    before = field_missions(world.anna)
    answered(world)

    assert {visit.id for mission in before for visit in mission.visits} == {world.visits[0], world.visits[2]}
    assert before[0].title == "一季度督查"
    states = {visit.id: visit.state for visit in field_missions(world.anna)[0].visits}
    assert states == {world.visits[0]: VisitState.RECORDED, world.visits[2]: VisitState.PLANNED}


def test_a_visit_nobody_planned_is_shown_without_a_mission(world):
    world.record(world.anna, unit="澄湖区", checklist="ZWDT-2026-V1")

    assert field_missions(world.anna)[-1].id == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"leader": "张" * 121},
        {"team": ("王五", "张" * 121)},
        {"unit_rep": "陈" * 201},
        {"refused_reason": "长" * 5001},
        {"conclusion": "长" * 5001},
    ],
)
def test_particulars_are_no_longer_than_a_visit_file_allows(world, changes):
    opened = open_visit(world.anna, world.visits[0])

    with pytest.raises(TooLongError):
        save_head(world.anna, opened.id, replace(opened.head, **changes), opened.base_ctx)
    with pytest.raises(TooLongError):
        save_answer(world.anna, opened.id, Answer(1, facts="长" * 5001), opened.base_ctx)
    assert open_visit(world.anna, opened.id).head == opened.head
