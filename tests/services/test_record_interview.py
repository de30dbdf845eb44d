"""An interview is a part of its visit: saved at every change, signed with it, brought to the office."""

from dataclasses import replace

import pytest

from desktop.errors import UserError
from desktop.services.records.visit_text import visit_text
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import open_visit
from desktop.services.visits.finish_visit import finish_visit
from desktop.services.visits.interview import READ_BY_PERSON, Interview, Spoken, read_interview
from desktop.services.visits.record_interview import (
    OPENING_QUESTIONS,
    new_interview,
    notice_text,
    open_interviews,
    save_interview,
)
from desktop.services.visits.show_visit import show_visit
from desktop.services.visits.sign_visit import shown_parts
from desktop.storage.entries import load_log

WHOLE = Interview(
    started_at="2026-11-20T09:30:00+08:00",
    ended_at="2026-11-20T10:05:00+08:00",
    place="302室",
    interviewers=("欧阳㛃", "王五"),
    recorder="王五",
    person="线人甲",
    matter="窗口空岗",
    notice_answer="清楚。",
    dialogue=(Spoken("为什么没有人？", "轮休，没有安排人顶岗。"), Spoken("还有补充吗？", "没有。")),
    closing=READ_BY_PERSON,
)


def save(world, interview=WHOLE, key="", visit=0):
    opened = open_visit(world.anna, world.visits[visit])
    key = key or world.anna.new_id()
    save_interview(world.anna, opened.id, key, interview, opened.base_ctx)
    return key


def test_a_new_interview_knows_the_time_and_who_inspects_and_is_stored_when_something_is_entered(world):
    new = new_interview(world.anna, world.visits[0])

    assert new.interview.started_at
    assert new.interview.interviewers == ("欧阳㛃",)
    assert new.interview.recorder == "欧阳㛃"
    assert open_interviews(world.anna, world.visits[0]).interviews == ()


def test_what_was_saved_last_is_what_is_read_and_it_begins_the_visit(world):
    key = save(world)
    save(world, replace(WHOLE, person="李𠮷"), key)

    (kept,) = open_interviews(world.anna, world.visits[0]).interviews
    assert (kept.key, kept.interview, kept.missing) == (key, replace(WHOLE, person="李𠮷"), ())
    assert open_visit(world.anna, world.visits[0]).head.started_at


def test_interviews_are_listed_by_their_beginning(world):
    save(world, replace(WHOLE, started_at="2026-11-20T11:00:00+08:00", ended_at="", person="乙"))
    save(world, replace(WHOLE, person="甲"))

    assert [each.interview.person for each in open_interviews(world.anna, world.visits[0]).interviews] == [
        "甲",
        "乙",
    ]


def test_interviews_are_signed_and_come_to_the_office(world):
    key = save(world)
    finish_visit(world.anna, world.visits[0], "")
    world.bring(world.anna)

    assert f"interview/{key}" in shown_parts(load_log(world.anna.db, world.visits[0]), world.anna)
    assert show_visit(world.office, world.visits[0]).interviews == (WHOLE,)
    with pytest.raises(UserError):
        save(world)


def test_the_text_that_is_signed_changes_with_every_word_of_an_interview_and_shows_none(world):
    key = save(world)
    finish_visit(world.anna, world.visits[0], "")
    view = read_visit(world.anna.db, world.visits[0])
    (row,) = view.interviews
    text = visit_text(world.anna, view)
    other = visit_text(world.anna, replace(view, interviews=({**row, "place": "303室"},)))

    assert key not in text
    assert text != other
    for secret in ("线人甲", "轮休", "302室", "清楚"):
        assert secret not in text


def test_what_is_missing_is_said_and_stops_nobody(world):
    save(world, Interview(refusal="不愿签名", interviewers=("王五",)))

    (kept,) = open_interviews(world.anna, world.visits[0]).interviews
    assert kept.missing == (
        "谈话人须填两人以上",
        "被谈话人姓名或代号",
        "被谈话人对告知事项的回答",
        "起止时间",
        "问答内容",
        "两名督查人员见证拒签",
    )
    assert "第1份谈话记录还缺：谈话人须填两人以上；" in "\n".join(
        finish_visit(world.anna, world.visits[0], "").warnings
    )


def test_without_a_refusal_it_is_said_who_read_the_record(world):
    save(world, replace(WHOLE, closing=""))

    assert open_interviews(world.anna, world.visits[0]).interviews[0].missing == (
        "记录已由本人看过或者已向本人宣读",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"person": "长" * 201},
        {"interviewers": ("长" * 201,)},
        {"interviewers": tuple(f"人{number}" for number in range(21))},
        {"dialogue": (Spoken("问", "长" * 4001),)},
        {"dialogue": (Spoken("问", "答"),) * 301},
        {"started_at": "gestern"},
        {"ended_at": "2026-11-20T09:00:00+08:00"},
    ],
)
def test_what_no_record_can_hold_is_refused(world, changes):
    with pytest.raises(UserError):
        save(world, replace(WHOLE, **changes))
    assert open_interviews(world.anna, world.visits[0]).interviews == ()


def test_an_interview_of_a_visit_that_others_hold_is_refused(world):
    with pytest.raises(UserError):
        save(world, visit=1)


def test_a_part_of_a_newer_program_is_read_as_far_as_it_is_understood():
    odd = {"person": 7, "dialogue": [{"q": "问"}, "x"], "interviewers": "王五", "witnesses": ["甲", 3]}

    assert read_interview(odd) == Interview(dialogue=(Spoken("问"),), witnesses=("甲",))
    assert read_interview({"dialogue": None}) == Interview()


def test_what_a_person_is_told_names_the_office(world):
    assert "云泽市政府督查室" in notice_text(world.anna)
    assert any("回避" in question for question in OPENING_QUESTIONS)
