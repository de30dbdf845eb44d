from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.answer import Answer
from desktop.errors import UserError
from desktop.services.scoring.score_units import score_units
from desktop.services.visits.correct_visit import correct_answer, versions_of_answer
from desktop.services.visits.edit_visit import open_visit, save_answer, save_head
from desktop.services.visits.finish_visit import finish_visit, reopen_visit, submit_visit
from desktop.services.visits.show_visit import show_visit
from desktop.services.visits.sign_visit import sign_visit
from desktop.services.visits.visit_head import VisitHead, check_head, missing_in_head
from tests.services.worlds import events

TWO = ("张三", "李四")


def recorded(world, **head):
    """The first visit of anna with one answer and this head."""
    opened = open_visit(world.anna, world.visits[0])
    save_answer(world.anna, opened.id, Answer(1, deduct=Decimal(2), facts="窗口空岗"), opened.base_ctx)
    changed = replace(open_visit(world.anna, opened.id).head, **head)
    if head:
        save_head(world.anna, opened.id, changed, opened.base_ctx)
    return opened.id, changed


def test_a_submitted_visit_is_no_longer_recorded_until_it_is_reopened(world):
    visit_id, head = recorded(world)
    submit_visit(world.anna, visit_id, head)
    again = open_visit(world.anna, visit_id)
    assert (again.is_submitted, again.is_open) == (True, False)
    with pytest.raises(UserError, match="已提交"):
        save_answer(world.anna, visit_id, Answer(2, deduct=Decimal(0)), again.base_ctx)
    reopen_visit(world.anna, visit_id)
    save_answer(world.anna, visit_id, Answer(2, deduct=Decimal(0)), again.base_ctx)

    assert open_visit(world.anna, visit_id).is_open
    assert [event for event in events(world.anna) if event in ("submitted", "reopened")] == [
        "submitted",
        "reopened",
    ]


def test_a_visit_that_is_open_is_not_reopened(world):
    visit_id, _head = recorded(world)

    with pytest.raises(UserError):
        reopen_visit(world.anna, visit_id)


def test_what_was_signed_or_handed_over_is_not_reopened(world):
    visit_id, head = recorded(world)
    submit_visit(world.anna, visit_id, head)
    world.results(world.anna)
    with pytest.raises(UserError, match="已导出"):
        reopen_visit(world.anna, visit_id)
    sign_visit(world.anna, visit_id)

    with pytest.raises(UserError, match="已签发"):
        reopen_visit(world.anna, visit_id)


def test_the_beginning_noted_by_the_first_answer_is_never_emptied(world):
    visit_id, head = recorded(world)
    submit_visit(world.anna, visit_id, replace(head, started_at=""))

    assert show_visit(world.anna, visit_id).head["started_at"] == head.started_at != ""


def test_a_visit_says_whether_it_was_open_or_covert_before_it_is_submitted(world):
    visit_id, head = recorded(world)

    with pytest.raises(UserError):
        submit_visit(world.anna, visit_id, replace(head, mode=""))


def test_a_refusal_to_sign_needs_two_inspectors(world):
    visit_id, head = recorded(world, refused_reason="负责人外出，在场人员不愿签字", witness="社区干部")
    with pytest.raises(UserError, match="两名督查人员"):
        finish_visit(world.anna, visit_id)
    reopen_visit(world.anna, visit_id)
    signed = finish_visit(world.anna, visit_id, head=replace(head, team=TWO))

    assert signed.warnings == ("第1项缺少证据",)
    assert show_visit(world.anna, visit_id).team == TWO


def test_what_is_missing_is_said_when_it_is_signed(world):
    visit_id, _head = recorded(world)

    assert finish_visit(world.anna, visit_id, "好").warnings == (
        "督查人员只有一人，现场检查须两人以上",
        "未填写单位意见",
        "第1项缺少证据",
    )


def test_a_visit_without_a_beginning_is_signed_with_a_warning_and_named_by_the_score(world):
    world.record(world.anna, world.visits[0])
    signed = sign_visit(world.anna, world.visits[0])
    world.bring(world.anna)
    undated = score_units(world.office, 2026).undated

    assert "未填写开始时间，不计入任何考核时段" in signed.warnings
    assert [world.visits[0][-8:] in line for line in undated] == [True]
    assert score_units(world.office, 2026).visits == ()


@pytest.mark.parametrize(
    "head",
    [
        VisitHead(started_at="gestern"),
        VisitHead(mode="明暗结合"),
        VisitHead(started_at="2026-11-20T10:00:00+08:00", ended_at="2026-11-20T09:00:00+08:00"),
    ],
)
def test_a_head_that_cannot_be_is_refused(head):
    with pytest.raises(UserError):
        check_head(head)


def test_a_covert_visit_tells_when_identity_was_shown():
    covert = VisitHead(mode="暗访", started_at="2026-11-20T10:00:00+08:00", leader=TWO[0], team=TWO)

    assert missing_in_head(covert) == ("未填写亮明身份时间", "未填写单位意见")


def test_showing_identity_locks_what_a_covert_visit_recorded_until_then(world):
    visit_id, head = recorded(world, mode="暗访")
    shown = replace(head, identity_shown_at="2026-11-20T09:50:00+08:00")
    save_head(world.anna, visit_id, shown, open_visit(world.anna, visit_id).base_ctx)
    opened = open_visit(world.anna, visit_id)
    assert opened.locked == {1}
    with pytest.raises(UserError, match="亮明身份"):
        save_answer(world.anna, visit_id, Answer(1, deduct=Decimal(0)), opened.base_ctx)
    save_answer(world.anna, visit_id, Answer(2, deduct=Decimal(0)), opened.base_ctx)
    correct_answer(world.anna, visit_id, Answer(1, deduct=Decimal(3)), "记错窗口数")

    assert "identity_shown" in events(world.anna)
    assert open_visit(world.anna, visit_id).answers[1].deduct == 3


@pytest.mark.parametrize(
    "change",
    [{"identity_shown_at": ""}, {"identity_shown_at": "2026-11-20T11:00:00+08:00"}, {"mode": "明查"}],
)
@pytest.mark.parametrize("is_answered", [True, False])
def test_the_time_that_locked_a_covert_visit_stays(world, change, is_answered):
    visit_id, head = recorded(world, mode="暗访")
    if not is_answered:
        save_answer(world.anna, visit_id, Answer(1), open_visit(world.anna, visit_id).base_ctx)
    shown = replace(head, identity_shown_at="2026-11-20T09:50:00+08:00")
    ctx = open_visit(world.anna, visit_id).base_ctx
    assert not open_visit(world.anna, visit_id).is_identity_fixed
    save_head(world.anna, visit_id, shown, ctx)
    save_head(world.anna, visit_id, replace(shown, remark="实际为九点四十分"), ctx)

    with pytest.raises(UserError, match="亮明身份时间"):
        save_head(world.anna, visit_id, replace(shown, **change), ctx)
    with pytest.raises(UserError, match="亮明身份时间"):
        submit_visit(world.anna, visit_id, replace(shown, **change))
    opened = open_visit(world.anna, visit_id)
    assert opened.is_identity_fixed
    assert (opened.head.identity_shown_at, opened.head.mode) == (shown.identity_shown_at, "暗访")


def test_a_correction_has_a_reason_and_leaves_the_earlier_version_readable(world):
    visit_id, _head = recorded(world)
    finish_visit(world.anna, visit_id, "好")
    with pytest.raises(UserError):
        correct_answer(world.anna, visit_id, Answer(1, deduct=Decimal(4)), " ")
    world.clock.go_on()
    correct_answer(world.anna, visit_id, Answer(1, deduct=Decimal(4), facts="两个窗口"), "复核录像")
    world.bring(world.anna)

    newest, first = versions_of_answer(world.office, visit_id, 1)
    assert (newest.answer.deduct, newest.reason, newest.by) == (4, "复核录像", "欧阳㛃")
    assert (first.answer.deduct, first.reason, first.answer.facts) == (2, "", "窗口空岗")
    assert show_visit(world.office, visit_id).score.lines[0].deduct == 4


def test_a_visit_of_somebody_else_is_neither_reopened_nor_corrected_here(world):
    with pytest.raises(UserError):
        reopen_visit(world.office, world.visits[0])
    with pytest.raises(UserError):
        correct_answer(world.office, world.visits[0], Answer(1, deduct=Decimal(4)), "x")
