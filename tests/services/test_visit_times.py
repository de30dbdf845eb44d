from decimal import Decimal

import pytest

from desktop.domain.answer import Answer
from desktop.domain.clock_reading import ClockJump
from desktop.domain.entry import Kind
from desktop.domain.photo_time import Fit, Zone
from desktop.services.evidence.show_evidence import show_evidence
from desktop.services.printing.evidence_form import evidence_form
from desktop.services.records.visit_times import visit_times
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import open_visit, save_answer
from desktop.services.visits.note_observation import Observation, note_observation
from desktop.services.visits.show_visit import show_visit
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.watch_clock import note_jump
from desktop.storage.entries import entry_event, load_history
from tests.media.picture_samples import ascii_tag, exif, jpeg
from tests.services.worlds import CHECKLIST, HOUR_MS


def times(world, visit, node="anna"):
    workspace = getattr(world, node)
    return visit_times(workspace, read_visit(workspace.db, visit))


def answer(world, visit):
    save_answer(world.anna, visit, Answer(1, deduct=Decimal(2)), open_visit(world.anna, visit).base_ctx)


def begun(world, visit):
    return [
        entry_event(each)
        for each in load_history(world.anna.db, visit)
        if each.entry.kind is Kind.LOG and entry_event(each)["event"] in ("visit_begun", "recorded")
    ]


def nonce(world):
    return next(iter(world.office.db.query("SELECT nonce FROM mission")))["nonce"]


def test_the_record_of_a_visit_begins_with_the_number_of_its_mission(world):
    visit = world.visits[0]
    answer(world, visit)
    answer(world, visit)

    assert begun(world, visit) == [{"event": "visit_begun", "nonce": nonce(world)}]
    assert times(world, visit).is_proved
    history = [each for each in load_history(world.anna.db, visit) if each.entry.node == world.anna.node]
    assert entry_event(history[0])["event"] == "visit_begun"


def test_so_it_does_with_the_first_line_of_covert_notes(world):
    visit = world.visits[0]
    ctx = open_visit(world.anna, visit).base_ctx
    for fact in ("一号窗口空岗", "二号窗口空岗"):
        note_observation(world.anna, visit, Observation(fact), ctx)

    assert begun(world, visit) == [{"event": "visit_begun", "nonce": nonce(world)}]


def test_and_when_it_is_read_from_a_file(world):
    world.record(world.anna, world.visits[0])

    assert begun(world, world.visits[0]) == [{"event": "recorded", "nonce": nonce(world)}]
    assert times(world, world.visits[0]).is_proved


def test_issue_and_receipt_are_the_bounds_on_both_sides(world):
    visit = world.visits[0]
    issued = local_time(world.clock.now_ms)[:10]
    world.clock.go_on(HOUR_MS)
    answer(world, visit)
    assert times(world, visit).received_at == ""
    world.clock.go_on(HOUR_MS)
    world.bring(world.anna)
    received = local_time(world.clock.now_ms)
    assert times(world, visit).received_at == ""
    world.clock.go_on(HOUR_MS)
    world.answer_back(world.anna)

    office, anna = times(world, visit, "office"), times(world, visit)
    assert office.issued_at == anna.issued_at
    assert anna.issued_at[:10] == issued
    assert office.received_at == received
    # The laptop knows of it from the first package that says so.
    assert received < anna.received_at <= local_time(world.clock.now_ms)
    assert office.is_proved
    assert anna.is_proved


def test_what_changed_after_the_receipt_is_not_received(world):
    visit = world.visits[0]
    answer(world, visit)
    world.bring(world.anna)
    world.answer_back(world.anna)
    world.clock.go_on()
    world.record(world.anna, visit)

    assert times(world, visit).received_at == ""


def test_a_visit_that_nobody_planned_has_no_lower_bound(world):
    visit = world.record(world.anna, None, unit="澄湖区", checklist=CHECKLIST).id
    world.bring(world.anna)

    found = times(world, visit, "office")
    assert (found.issued_at, found.is_proved) == ("", False)
    assert found.received_at != ""


def test_the_jumps_of_the_clock_during_a_visit_are_shown_with_it_and_no_others(world):
    visit, other = world.visits[0], world.visits[2]
    note_jump(world.anna, ClockJump(0, HOUR_MS))
    answer(world, visit)
    noted = note_jump(world.anna, ClockJump(world.clock.now_ms, world.clock.now_ms + HOUR_MS))
    world.record(world.anna, visit)
    note_jump(world.anna, ClockJump(5, 2 * HOUR_MS))
    world.record(world.anna, other)
    world.bring(world.anna)

    for node in ("anna", "office"):
        (clock,) = times(world, visit, node).clocks
        assert (clock.node, clock.notices) == ("外业欧阳㛃", (noted,))
        assert times(world, other, node).clocks == ()


PHOTOS = {
    "fits.jpg": ("2026:11:20 09:35:00", Fit.CONSISTENT, "相机时间相符"),
    "off.jpg": ("2026:11:20 06:00:00", Fit.OFF, "相机时间−3小时30分钟"),
    "late.jpg": ("2026:11:20 12:30:00", Fit.OFF, "相机时间+2小时30分钟"),
    "never.jpg": ("2025:11:20 09:35:00", Fit.BEFORE_ISSUE, "相机时间不合情理"),
    "silent.jpg": (None, Fit.UNKNOWN, ""),
}


@pytest.mark.parametrize("name", PHOTOS)
def test_092_the_time_of_a_photo_is_compared_with_its_visit_and_its_mission(world, name):
    taken, fit, printed = PHOTOS[name]
    tags = {} if taken is None else {"exif": exif(details=[ascii_tag(0x9003, taken)])}
    world.file(name, jpeg(**tags))
    visit = world.visits[0]
    world.record(
        world.anna,
        visit,
        started_at="2026-11-20T09:30:00+08:00",
        ended_at="2026-11-20T10:00:00+08:00",
        evidence=[{"path": name}],
    )

    (shown,) = show_visit(world.anna, visit).evidence
    assert shown.time_fit.fit is fit
    assert show_evidence(world.anna, shown.id).time_fit == shown.time_fit
    assert shown.time_fit.zone is (Zone.STATED if taken is None else Zone.UNKNOWN)
    (line,) = evidence_form(world.anna, visit).lines
    assert line.camera_time == printed


def test_evidence_of_a_visit_that_has_not_come_is_not_compared(world):
    world.file("a.jpg", jpeg())
    world.record(world.anna, world.visits[0], evidence=[{"path": "a.jpg"}])
    (shown,) = show_visit(world.anna, world.visits[0]).evidence
    with world.anna.db.atomic():
        world.anna.db.execute("UPDATE evidence SET owner_id = 'nowhere', observations = '{}'")

    assert show_evidence(world.anna, shown.id).time_fit.fit is Fit.UNKNOWN
    with world.anna.db.atomic():
        world.anna.db.execute("UPDATE evidence SET owner_id = ?", [world.visits[0]])
    assert show_evidence(world.anna, shown.id).time_fit.fit is Fit.UNKNOWN
