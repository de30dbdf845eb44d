import pytest

from desktop.domain.clock_reading import ClockJump
from desktop.exchange.manifest_reader import decode_manifest
from desktop.services.packages.sender_clocks import odd_clocks
from desktop.services.records.log_words import event_text
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.watch_clock import (
    CHANGED,
    WENT_BACK,
    clock_notices,
    clock_state,
    note_jump,
    notice_at_opening,
    steady_clock_ms,
)
from desktop.services.workspace.workspace import STREAM_SETTING
from desktop.storage.entries import stream_end
from desktop.storage.packages import packages
from desktop.storage.settings_table import read_text_setting
from tests.services.worlds import HOUR_MS, events

DAY_MS = 24 * HOUR_MS


def notices(workspace):
    return clock_notices(workspace, read_text_setting(workspace.db, STREAM_SETTING), 1, 10**9)


def reopened(world, name="anna"):
    getattr(world, name).close()
    setattr(world, name, world.opened(name))
    return getattr(world, name)


def jump(world, ms):
    """Somebody sets the clock of anna while the program runs."""
    old_ms = world.clock.now_ms
    world.clock.now_ms += ms
    return note_jump(world.anna, ClockJump(old_ms, world.clock.now_ms))


def test_a_jump_is_noted_with_what_the_clock_showed_and_shows(world):
    noted = jump(world, -DAY_MS)

    assert noted.kind == CHANGED
    assert noted.difference_ms == -DAY_MS
    assert (noted.old[:10], noted.new[:10]) == ("2026-11-20", "2026-11-19")
    assert notices(world.anna) == (noted,)
    assert event_text(events(world.anna)[-1]) == "电脑时钟被调整"


def test_a_clock_behind_what_was_written_is_noted_at_opening_and_stops_nothing(world):
    world.clock.now_ms -= DAY_MS
    anna = reopened(world)

    found = notice_at_opening(anna)
    assert found.kind == WENT_BACK
    assert -DAY_MS <= found.difference_ms <= -DAY_MS + 5000
    assert notices(anna) == (found,)
    world.record(anna, world.visits[0])
    assert notice_at_opening(anna) is None


def test_it_is_noted_once_and_not_at_every_opening(world):
    world.clock.now_ms -= DAY_MS
    for _time in range(3):
        reopened(world)
        world.clock.go_on()
    assert len(notices(world.anna)) == 1
    world.clock.now_ms -= HOUR_MS
    reopened(world)

    assert [each.difference_ms for each in notices(world.anna)][1:] == [-HOUR_MS + 3000]


def test_a_steady_clock_is_not_spoken_of(world):
    world.clock.go_on(DAY_MS)
    anna = reopened(world)

    assert notices(anna) == ()
    assert notice_at_opening(anna) is None


def test_nothing_is_noted_where_the_workspace_is_only_read(world):
    world.clock.now_ms -= DAY_MS
    world.anna.close()
    with world.opened("anna", read_only=True) as anna:
        assert notices(anna) == ()
    world.anna = world.opened("anna")

    assert len(notices(world.anna)) == 1


def test_the_clock_of_an_office_that_is_ahead_is_not_ones_own(world):
    world.clock.now_ms += HOUR_MS
    file = world.mission_package(world.anna)
    world.clock.now_ms -= HOUR_MS
    world.merge(world.anna, file)
    with world.anna.db.atomic():
        log_event(world.anna, {"event": "printed"})
    world.clock.go_on()

    assert notices(reopened(world)) == ()


def test_a_log_without_any_time_of_its_own_says_nothing(world):
    world.clock.now_ms += HOUR_MS
    file = world.mission_package(world.anna)
    world.clock.now_ms -= HOUR_MS
    world.merge(world.anna, file)
    with world.anna.db.atomic():
        for _entry in range(310):
            log_event(world.anna, {"event": "printed"})
    world.clock.now_ms -= DAY_MS

    assert notices(reopened(world)) == ()


def test_a_package_says_what_its_sender_thinks_of_the_clock(world):
    def state():
        world.results(world.anna)
        newest = max(packages(world.anna.db, "out"), key=lambda row: row.seq)
        return decode_manifest(newest.manifest).clock_state

    assert state() == "ok"
    jump(world, HOUR_MS)
    assert state() == "changed"
    assert state() == "ok"
    world.clock.now_ms -= DAY_MS
    reopened(world)
    assert state() == "went_back"
    assert clock_state(()) == "ok"


def test_the_office_sees_whose_clock_is_odd(world):
    world.bring(world.anna)
    world.bring(world.bert)
    assert odd_clocks(world.office) == ()
    jump(world, 3 * HOUR_MS)
    ahead = world.results(world.anna)
    world.clock.now_ms -= 3 * HOUR_MS
    world.merge(world.office, ahead)

    (found,) = odd_clocks(world.office)
    assert (found.node, found.state) == ("外业欧阳㛃", "changed")
    assert 3 * HOUR_MS - 5000 < found.ahead_ms <= 3 * HOUR_MS


def test_a_clock_behind_what_its_package_knows_is_odd_as_well(world):
    world.clock.go_on(DAY_MS)
    world.bring(world.anna)
    world.answer_back(world.anna)
    world.clock.now_ms -= DAY_MS // 2
    behind = world.results(world.anna)
    world.clock.now_ms += DAY_MS
    world.merge(world.office, behind)

    (found,) = odd_clocks(world.office)
    assert found.state == "ok"
    assert -DAY_MS // 2 - 5000 < found.ahead_ms < -DAY_MS // 2 + 10_000


def test_an_event_that_makes_no_sense_is_passed_over(world):
    with world.anna.db.atomic():
        log_event(world.anna, {"event": "clock_changed", "old": 1, "new": None})
        log_event(world.anna, {"event": "clock_struck_twelve", "old": "a", "new": "b"})
        log_event(world.anna, {"event": "clock_changed", "old": "a", "new": "b", "difference_ms": "x"})
    end = stream_end(world.anna.db, read_text_setting(world.anna.db, STREAM_SETTING))

    assert [(each.old, each.difference_ms) for each in notices(world.anna)] == [("a", 0)]
    assert end is not None


@pytest.mark.parametrize("has_boot_time", [True, False])
def test_the_steady_clock_only_goes_on(monkeypatch, has_boot_time):
    if not has_boot_time:
        monkeypatch.delattr("time.CLOCK_BOOTTIME", raising=False)

    assert 0 < steady_clock_ms() <= steady_clock_ms()
