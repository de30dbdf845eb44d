from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.photo_time import (
    LONGEST_VISIT_S,
    SLACK_S,
    CameraTime,
    Fit,
    VisitTime,
    Zone,
    fit_time,
    read_camera_time,
)

CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 11, 20, 9, 30, tzinfo=CHINA)
END = datetime(2026, 11, 20, 11, 0, tzinfo=CHINA)
VISIT = VisitTime(START, END)
DAY_S = 86_400
SECONDS = st.integers(-5 * 365 * DAY_S, 5 * 365 * DAY_S)
ZONES = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


def fit(text, visit=VISIT, **options):
    return fit_time(read_camera_time(text, **options), visit)


@pytest.mark.parametrize(
    ("text", "expected", "off_s"),
    [
        ("2026-11-20T10:00:00+08:00", Fit.CONSISTENT, 0),
        ("2026-11-20T02:00:00+00:00", Fit.CONSISTENT, 0),
        ("2026-11-20T10:00:00", Fit.CONSISTENT, 0),
        ("2026-11-20T09:20:00", Fit.CONSISTENT, -600),
        ("2026-11-20T06:30:00", Fit.OFF, -3 * 3600),
        ("2026-11-22T11:00:00+08:00", Fit.OFF, 2 * DAY_S),
        ("2026-11-20T11:15:01", Fit.OFF, 901),
    ],
)
def test_a_photo_is_consistent_or_off_by_so_much(text, expected, off_s):
    found = fit(text)

    assert (found.fit, found.off_s) == (expected, off_s)
    assert found.zone is (Zone.STATED if "+" in text else Zone.UNKNOWN)


def test_082_the_utc_of_a_video_and_the_local_time_of_a_photo_agree():
    video = fit("2026-11-20T02:00:00", is_utc_by_format=True)
    camera_that_writes_local_time = fit("2026-11-20T10:00:00+00:00", is_utc_by_format=True)

    assert video.fit is camera_that_writes_local_time.fit is fit("2026-11-20T10:00:00").fit is Fit.CONSISTENT
    assert video.zone is Zone.ASSUMED_UTC
    assert fit("2026-11-20T18:00:00", is_utc_by_format=True).fit is Fit.OFF


@pytest.mark.parametrize("text", ["", "gestern", "2026:11:20 10:00:00"])
def test_no_time_is_unknown_and_not_suspicious(text):
    assert fit(text).fit is Fit.UNKNOWN
    assert not fit(text).fit.is_odd


def test_a_visit_without_times_tells_nothing():
    found = fit("2026-11-20T10:00:00", VisitTime())

    assert (found.fit, found.zone) == (Fit.UNKNOWN, Zone.UNKNOWN)


def test_a_visit_that_has_not_ended_lasts_for_a_working_day():
    going_on = VisitTime(START)

    assert fit((START + timedelta(seconds=LONGEST_VISIT_S)).isoformat(), going_on).off_s == 0
    assert fit((START + timedelta(days=1)).isoformat(), going_on).fit is Fit.OFF
    assert fit("2026-11-20T11:05:00", VisitTime(ended=END)).fit is Fit.CONSISTENT


def test_times_that_were_typed_without_a_zone_are_local():
    typed = VisitTime(START.replace(tzinfo=None), END.replace(tzinfo=None))

    assert fit("2026-11-20T10:00:00+08:00", typed).fit is Fit.CONSISTENT
    assert fit("2026-11-20T10:00:00", typed).fit is Fit.CONSISTENT
    assert fit("2026-11-20T10:00:00", typed, is_utc_by_format=True).fit is Fit.CONSISTENT
    mixed = VisitTime(START, END.replace(tzinfo=None))
    assert fit("2026-11-20T12:00:00+08:00", mixed).off_s == 3600
    assert fit("2026-11-20T12:00:00+08:00", VisitTime(START.replace(tzinfo=None), END)).off_s == 3600


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-11-20T10:00:00", Fit.BEFORE_ISSUE),
        ("2026-11-19T07:00:00+08:00", Fit.BEFORE_ISSUE),
        ("2026-11-19T07:59:00+08:00", Fit.OFF),
        ("2026-11-21T08:05:00+08:00", Fit.AFTER_RECEIPT),
        ("2026-11-21T12:00:00", Fit.OFF),
        ("2026-11-23T12:00:00", Fit.AFTER_RECEIPT),
        ("2026-11-20T10:00:00", Fit.CONSISTENT),
    ],
)
def test_092_before_the_mission_was_issued_or_after_the_receipt_is_implausible(text, expected):
    issued, received = datetime(2026, 11, 19, 0, 0, tzinfo=UTC), datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
    found = fit(text, VisitTime(START, END, issued, received))

    assert found.fit is expected
    assert found.fit.is_implausible is (expected in (Fit.BEFORE_ISSUE, Fit.AFTER_RECEIPT))
    assert found.fit.is_odd is (expected is not Fit.CONSISTENT)


@given(SECONDS, ZONES)
def test_the_zone_in_which_a_moment_is_written_makes_no_difference(seconds, zone):
    moment = START + timedelta(seconds=seconds)

    assert fit_time(CameraTime(moment.astimezone(zone), Zone.STATED), VISIT) == fit_time(
        CameraTime(moment, Zone.STATED), VISIT
    )


@given(SECONDS)
def test_consistent_is_exactly_what_is_near_the_visit(seconds):
    moment = START + timedelta(seconds=seconds)
    found = fit_time(CameraTime(moment, Zone.STATED), VISIT)
    slack = timedelta(seconds=SLACK_S)

    assert (found.fit is Fit.CONSISTENT) is (START - slack <= moment <= END + slack)
    assert (found.off_s == 0) is (START <= moment <= END)
    assert (found.off_s < 0) is (moment < START)


@given(SECONDS, st.sampled_from(Zone))
def test_bounds_only_ever_take_away(seconds, zone):
    moment = START + timedelta(seconds=seconds)
    taken = CameraTime(moment if zone is Zone.STATED else moment.replace(tzinfo=None), zone)
    bounded = VisitTime(START, END, START - timedelta(days=1), END + timedelta(days=1))

    free, within = fit_time(taken, VISIT), fit_time(taken, bounded)

    assert within == free or within.fit.is_implausible
    assert free.fit is not Fit.CONSISTENT or within == free
