import pytest

from desktop.gui.clock_watch import ClockWatch
from desktop.gui.clock_words import notice_text
from desktop.gui.merging.clock_text import clock_text
from desktop.services.packages.sender_clocks import SenderClock
from desktop.services.workspace.watch_clock import CHANGED, WENT_BACK, ClockNotice
from tests.services.worlds import HOUR_MS, Clock, rows

START_MS = 1_000_000


@pytest.fixture
def clocks():
    return Clock(START_MS), Clock(5)


@pytest.fixture
def watch(jobs, world, open_in, clocks, qtbot):
    open_in(jobs, world, "anna")
    watch = ClockWatch(jobs, None, *clocks)
    watch.heard = []
    watch.noticed.connect(lambda text, advice: watch.heard.append((text, advice)))
    watch.start()
    qtbot.waitUntil(lambda: jobs.is_quiet)
    yield watch
    watch.stop()


def pass_time(clocks, ms, set_by_ms=0):
    wall, steady = clocks
    wall.go_on(ms + set_by_ms)
    steady.go_on(ms)


def test_088_a_clock_that_is_set_back_by_a_year_is_noted_and_said(qtbot, watch, clocks, jobs, world):
    pass_time(clocks, 5000)
    watch.look()
    pass_time(clocks, 5000, -365 * 24 * HOUR_MS)
    watch.look()
    qtbot.waitUntil(lambda: bool(watch.heard), timeout=10_000)
    watch.look()
    qtbot.waitUntil(lambda: jobs.is_quiet)

    ((text, advice),) = watch.heard
    assert "调慢365天" in text
    assert "先后顺序" in advice
    jobs.close_workspace()
    qtbot.waitUntil(lambda: jobs.is_quiet)
    with world.opened("anna") as anna:
        assert [row["event"] for row in rows(anna, "log")].count("clock_changed") == 1


def test_089_forward_and_corrected_are_two_entries(qtbot, watch, clocks):
    for set_by_ms in (3 * HOUR_MS, -3 * HOUR_MS):
        pass_time(clocks, 5000, set_by_ms)
        watch.look()
    qtbot.waitUntil(lambda: len(watch.heard) == 2, timeout=10_000)

    assert ["调快3小时" in watch.heard[0][0], "调慢3小时" in watch.heard[1][0]] == [True, True]


def test_091_a_computer_that_sleeps_has_not_been_set(qtbot, watch, clocks, jobs):
    pass_time(clocks, 9 * HOUR_MS)
    watch.look()
    pass_time(clocks, 5000, 1900)
    watch.look()
    qtbot.waitUntil(lambda: jobs.is_quiet)

    assert watch.heard == []


def test_nobody_looks_while_no_workspace_is_open(watch, clocks, jobs, qtbot):
    watch.stop()
    pass_time(clocks, 5000, HOUR_MS)
    watch.look()
    qtbot.waitUntil(lambda: jobs.is_quiet)

    assert watch.heard == []


def test_what_was_found_at_opening_is_said_in_the_window(qtbot, world, window_of):
    world.clock.now_ms -= 24 * HOUR_MS
    window = window_of("anna")
    qtbot.waitUntil(window.watch_note.isVisible, timeout=10_000)

    assert window.watch_note.property("tone") == "warning"
    assert "慢" in window.watch_note.problem_label.text()


@pytest.mark.parametrize(
    ("kind", "ms", "words"),
    [
        (CHANGED, 90_000, "调快1分钟30秒"),
        (CHANGED, -26 * HOUR_MS, "调慢1天2小时"),
        (WENT_BACK, -3000, "慢3秒"),
    ],
)
def test_a_notice_says_by_how_much(kind, ms, words):
    notice = ClockNotice(kind, "2026-11-20T10:00:00+08:00", "2026-11-19T08:00:00+08:00", ms)

    assert words in notice_text(notice)
    assert "2026-11-20 10:00:00→2026-11-19 08:00:00" in notice_text(notice)


@pytest.mark.parametrize(
    ("ahead_ms", "state", "words"),
    [
        (3 * HOUR_MS, "ok", "比本机快3小时"),
        (-2 * HOUR_MS, "changed", "比本机慢2小时"),
        (0, "changed", "调整过"),
        (0, "went_back", "倒退过"),
    ],
)
def test_the_page_of_packages_says_what_is_odd_about_a_clock(ahead_ms, state, words):
    assert words in clock_text(SenderClock("外业", ahead_ms, state))
