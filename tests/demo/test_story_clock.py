import os
import time
from datetime import UTC, datetime

import pytest

from desktop.demo.story_clock import StoryClock, beijing_time

START = "2026-03-02T08:30:00+08:00"
START_MS = 1_772_411_400_000


def test_the_clock_stands_where_the_story_is_and_goes_on():
    clock = StoryClock(START)

    first, second = clock(), clock()
    assert START_MS <= first <= second < START_MS + 60_000


def test_the_clock_never_goes_back():
    clock = StoryClock(START)

    clock.advance_to("2026-06-02T08:00:00+08:00")
    clock.advance_to("2026-03-17T09:10:00+08:00")

    assert datetime.fromtimestamp(clock() / 1000, UTC).month == 6


@pytest.mark.parametrize("zone", [None, "UTC0"])
def test_times_are_those_of_beijing_for_as_long_as_the_demo_runs(monkeypatch, zone):
    if zone is None:
        monkeypatch.delenv("TZ", raising=False)
    else:
        monkeypatch.setenv("TZ", zone)
    time.tzset()

    with beijing_time():
        inside = datetime.now(UTC).astimezone().strftime("%z")

    assert inside == "+0800"
    assert os.environ.get("TZ") == zone


def test_a_computer_that_cannot_change_its_zone_keeps_it(monkeypatch):
    monkeypatch.delattr(time, "tzset")
    before = os.environ.get("TZ")

    with beijing_time():
        assert os.environ.get("TZ") == before
