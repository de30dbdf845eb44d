"""An interview begun by mistake is taken out of its visit and can be put back; the log keeps every word."""

from dataclasses import replace

import pytest

from desktop.errors import UserError
from desktop.services.printing.interview_form import interview_forms
from desktop.services.printing.printable_records import find_printable
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import open_visit
from desktop.services.visits.finish_visit import finish_visit, submit_visit
from desktop.services.visits.record_interview import open_interviews, save_interview
from desktop.services.visits.remove_interview import put_back_interview, remove_interview
from desktop.services.visits.show_signatures import shown_signatures, signed_text
from desktop.services.visits.show_visit import show_visit
from desktop.storage.entries import load_log
from desktop.storage.folded import part_value
from tests.services.test_record_interview import WHOLE, save
from tests.services.worlds import events

REASON = "谈话对象有误"


def opened(world, node="anna"):
    return open_interviews(getattr(world, node), world.visits[0])


def kept(world, node="anna"):
    return [each.interview for each in opened(world, node).interviews]


def test_a_draft_is_cut_into_the_log_before_it_is_removed_and_comes_back_whole(world):
    key = save(world)
    other = save(world, replace(WHOLE, person="乙"))
    world.clock.go_on()
    remove_interview(world.anna, world.visits[0], key)

    assert [each.key for each in opened(world).interviews] == [other]
    (removed,) = opened(world).removed
    assert (removed.key, removed.interview, removed.removed.by, removed.removed.reason) == (
        key,
        WHOLE,
        "欧阳㛃",
        "",
    )
    written = [
        each for each in load_log(world.anna.db, world.visits[0]) if f"interview/{key}" in each.entry.parts
    ]
    assert [bool(part_value(each, f"interview/{key}")) for each in written] == [True, False]
    put_back_interview(world.anna, world.visits[0], key)
    assert {each.key for each in opened(world).interviews} == {key, other}
    assert (opened(world).removed, WHOLE in kept(world)) == ((), True)
    assert events(world.anna)[-1] == "interview_put_back"


def test_what_is_typed_after_it_was_put_back_is_no_conflict_and_comes_to_the_office(world):
    key = save(world)
    remove_interview(world.anna, world.visits[0], key)
    put_back_interview(world.anna, world.visits[0], key)
    changed = replace(WHOLE, person="丙")
    save_interview(world.anna, world.visits[0], key, changed, opened(world).base_ctx)
    finish_visit(world.anna, world.visits[0], "")
    world.bring(world.anna)

    assert show_visit(world.office, world.visits[0]).interviews == (changed,)
    assert show_visit(world.office, world.visits[0]).contested == ()


def test_a_removed_interview_is_neither_printed_nor_missed_nor_named_in_what_is_signed(world):
    key = save(world, replace(WHOLE, person=""))
    remove_interview(world.anna, world.visits[0], key)
    save(world)
    before = open_visit(world.anna, world.visits[0]).missing
    remove_interview(world.anna, world.visits[0], opened(world).interviews[0].key)

    assert before == ()
    with pytest.raises(UserError):
        interview_forms(world.anna, world.visits[0])
    assert world.visits[0] not in [each.id for each in find_printable(world.anna, "F04").rows]
    with pytest.raises(UserError):
        finish_visit(world.anna, world.visits[0], "")


def test_after_sign_off_only_a_correction_removes_and_the_signed_text_stays_provable(world):
    key = save(world)
    finish_visit(world.anna, world.visits[0], "")
    (signature,) = shown_signatures(world.anna, read_visit(world.anna.db, world.visits[0]))
    before = signed_text(world.anna, world.visits[0], signature.key)
    for deed in (remove_interview, put_back_interview):
        with pytest.raises(UserError, match="更正"):
            deed(world.anna, world.visits[0], key)
    world.clock.go_on()
    remove_interview(world.anna, world.visits[0], key, REASON)
    world.bring(world.anna)

    for node in (world.anna, world.office):
        shown = show_visit(node, world.visits[0])
        assert shown.interviews == ()
        assert [(each.by, each.reason) for each in shown.removals] == [("欧阳㛃", REASON)]
        assert not shown.signatures[0].is_current
        assert signed_text(node, world.visits[0], signature.key) == before
    assert before.is_proved
    put_back_interview(world.anna, world.visits[0], key, "核对无误")
    assert shown_signatures(world.anna, read_visit(world.anna.db, world.visits[0]))[0].is_current
    assert show_visit(world.anna, world.visits[0]).removals == ()


def test_what_was_submitted_needs_a_reason_as_well(world):
    key = save(world)
    submit_visit(world.anna, world.visits[0], open_visit(world.anna, world.visits[0]).head)
    with pytest.raises(UserError):
        remove_interview(world.anna, world.visits[0], key)
    remove_interview(world.anna, world.visits[0], key, REASON)

    assert opened(world).removed[0].removed.reason == REASON


def test_what_is_not_there_is_not_removed_and_what_stands_is_not_put_back(world):
    key = save(world)
    before = events(world.anna)
    remove_interview(world.anna, world.visits[0], world.anna.new_id())
    with pytest.raises(UserError, match="移除"):
        put_back_interview(world.anna, world.visits[0], key)
    with pytest.raises(UserError):
        remove_interview(world.office, world.visits[0], key)

    assert events(world.anna) == before
    assert kept(world) == [WHOLE]
