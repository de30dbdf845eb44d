import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL.TiffImagePlugin import IFDRational

from desktop.domain import canonical
from desktop.media.exif_values import (
    gps_time_observation,
    orientation_observation,
    position_observations,
    raw_text,
    text_observation,
    time_observation,
)
from desktop.media.observation import MAX_RAW_CHARACTERS, Observation, Source, Status


def time(value, offset=None):
    return time_observation(Source.EXIF, "captured_at", value, offset)


def text(value):
    return text_observation(Source.EXIF, "make", value)


def angle(degrees, minutes=(0, 1), seconds=(0, 1)):
    return tuple(IFDRational(*part) for part in (degrees, minutes, seconds))


def position(latitude, longitude, letters="NE"):
    return position_observations(latitude, letters[0], longitude, letters[1])


@pytest.mark.parametrize(
    ("value", "offset", "parsed"),
    [
        ("2026:03:17 09:14:08", None, "2026-03-17T09:14:08"),
        ("2026:03:17 09:14:08\0", "", "2026-03-17T09:14:08"),
        ("2026-03-17T09:14:08", None, "2026-03-17T09:14:08"),
        ("2026:03:17 09:14:08", "+08:00", "2026-03-17T09:14:08+08:00"),
        ("2026:03:17 09:14:08", "-03:30", "2026-03-17T09:14:08-03:30"),
        ("2026:03:17 09:14:08", "+99:00", "2026-03-17T09:14:08"),
        ("2026:03:17 09:14:08", "China", "2026-03-17T09:14:08"),
        (b"2026:03:17 09:14:08", None, "2026-03-17T09:14:08"),
        ("2024:02:29 00:00:00", None, "2024-02-29T00:00:00"),
    ],
)
def test_a_time_has_a_zone_only_where_the_camera_wrote_one(value, offset, parsed):
    observation = time(value, offset)

    assert (observation.parsed, observation.status) == (parsed, Status.OK)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (None, Status.ABSENT),
        ("0000:00:00 00:00:00", Status.ABSENT),
        ("    :  :     :  :  ", Status.ABSENT),
        ("", Status.ABSENT),
        ("1904:01:01 00:00:00", Status.ABSENT),
        ("1970:01:01 08:00:00", Status.ABSENT),
        ("1904:05:06 00:00:00", Status.IMPLAUSIBLE),
        ("2099:01:01 00:00:00", Status.IMPLAUSIBLE),
        ("2026:02:30 25:61:61", Status.MALFORMED),
        ("2026:02:30 10:00:00", Status.MALFORMED),
        ("2026:13:01 10:00:00", Status.MALFORMED),
        ("yesterday", Status.MALFORMED),
        ("２０２６:03:17 09:14:08", Status.MALFORMED),
        (20260317, Status.MALFORMED),
    ],
)
def test_an_unusable_time_is_kept_raw(value, status):
    """Evidence catalogue 75."""
    observation = time(value)

    assert observation.status is status
    assert (observation.parsed is None) == (status is not Status.IMPLAUSIBLE)
    assert observation.raw == raw_text(value)


def test_a_position_is_whole_millionths_of_a_degree():
    north, east = position(angle((30, 1), (15, 1), (3006, 100)), angle((120, 1), (30, 1), (0, 1)))

    assert (north.parsed, east.parsed) == (30_258_350, 120_500_000)
    assert north.status is east.status is Status.OK
    assert north.raw == "30/1 15/1 3006/100 N"


def test_south_and_west_are_negative():
    south, west = position(angle((30, 1)), angle((120, 1)), "SW")

    assert (south.parsed, west.parsed) == (-30_000_000, -120_000_000)


def test_halves_round_away_from_zero():
    half = ((0, 1), (0, 1), (9, 5_000))  # 0.0000005 degrees

    north, _east = position(angle(*half), angle((1, 1)))
    south, _west = position(angle(*half), angle((1, 1)), "SW")

    assert (north.parsed, south.parsed) == (1, -1)


@pytest.mark.parametrize(
    ("latitude", "longitude", "letters", "statuses"),
    [
        (angle((30, 0)), angle((120, 1)), "NE", (Status.MALFORMED, Status.OK)),
        (angle((30, 1), (0, 0)), angle((120, 1), (0, 1), (0, 0)), "NE", (Status.MALFORMED,) * 2),
        (angle((30, 1)), angle((120, 1)), (None, None), (Status.MALFORMED,) * 2),
        (angle((30, 1)), angle((120, 1)), "NN", (Status.OK, Status.MALFORMED)),
        (angle((30, 1)), angle((120, 1)), ("NORTH", "E"), (Status.MALFORMED, Status.OK)),
        (angle((-30, 1)), angle((120, 1)), "NE", (Status.MALFORMED, Status.OK)),
        (angle((999, 1)), angle((120, 1)), "NE", (Status.IMPLAUSIBLE,) * 2),
        (angle((30, 1)), angle((181, 1)), "NE", (Status.IMPLAUSIBLE,) * 2),
        (angle((0, 1)), angle((0, 1)), "NE", (Status.IMPLAUSIBLE,) * 2),
        ((30.5, 0.0, 0.0), (120, 30, 0), "NE", (Status.MALFORMED, Status.OK)),
        ((IFDRational(30),), "120", "NE", (Status.MALFORMED,) * 2),
        (None, None, (None, None), (Status.ABSENT,) * 2),
    ],
)
def test_an_unusable_position_is_said_to_be_so(latitude, longitude, letters, statuses):
    """Evidence catalogue 74."""
    found = position(latitude, longitude, letters)

    assert tuple(observation.status for observation in found) == statuses
    canonical.encode([observation.as_json() for observation in found])


@pytest.mark.parametrize(
    ("date", "clock", "parsed", "status"),
    [
        ("2026:03:17", angle((1, 1), (14, 1), (85, 10)), "2026-03-17T01:14:08+00:00", Status.OK),
        ("2026-03-17", (1, 14, 8), "2026-03-17T01:14:08+00:00", Status.OK),
        ("1980:01:06", angle((0, 1)), "1980-01-06T00:00:00+00:00", Status.IMPLAUSIBLE),
        ("1970:01:01", angle((0, 1)), None, Status.ABSENT),
        (None, None, None, Status.ABSENT),
        (None, angle((1, 1)), None, Status.MALFORMED),
        ("2026:03:17", None, None, Status.MALFORMED),
        ("2026:03:17", angle((1, 0)), None, Status.MALFORMED),
        ("2026:03:17", angle((24, 1)), None, Status.MALFORMED),
        ("2026:03:17", angle((23, 1), (59, 1), (60, 1)), None, Status.MALFORMED),
        ("2026:03:17", angle((4_000_000_000, 1)), None, Status.MALFORMED),
        ("2026:03:17", angle((-1, 1)), None, Status.MALFORMED),
        ("2026:02:30", angle((1, 1)), None, Status.MALFORMED),
        (17, angle((1, 1)), None, Status.MALFORMED),
    ],
)
def test_the_time_of_a_fix_is_utc(date, clock, parsed, status):
    observation = gps_time_observation(date, clock)

    assert (observation.parsed, observation.status) == (parsed, status)


@pytest.mark.parametrize(
    ("value", "raw", "parsed"),
    [
        ("HUAWEI\0", "HUAWEI", "HUAWEI"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0"),
        ("华为".encode().decode("latin-1"), "\\xe5\\x8d\\x8e\\xe4\\xb8\\xba", "华为"),
        ("华为".encode("gbk").decode("latin-1"), "\\xbb\\xaa\\xce\\xaa", "华为"),
        (b"\xef\xbb\xbfCanon", "\\xef\\xbb\\xbfCanon", "Canon"),
        ("a\nb", "a\\x0ab", "a\nb"),
    ],
)
def test_a_text_is_kept_as_it_is_and_as_it_was_meant(value, raw, parsed):
    """Evidence catalogue 76."""
    observation = text(value)

    assert (observation.raw, observation.parsed, observation.status) == (raw, parsed, Status.OK)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (None, Status.ABSENT),
        ("   \0", Status.ABSENT),
        ("Nikon".encode("utf-16").decode("latin-1"), Status.MALFORMED),
        ("x" * (MAX_RAW_CHARACTERS + 1), Status.MALFORMED),
        (b"\xff\x80\x80", Status.MALFORMED),
        (17, Status.MALFORMED),
        ((1, 2), Status.MALFORMED),
    ],
)
def test_a_text_that_is_none_is_said_to_be_so(value, status):
    """Evidence catalogue 76."""
    observation = text(value)

    assert observation.status is status
    assert len(observation.raw) <= MAX_RAW_CHARACTERS


@pytest.mark.parametrize("value", range(1, 9))
def test_eight_orientations_are_known(value):
    """Evidence catalogue 77."""
    observation = orientation_observation(value)

    assert (observation.parsed, observation.status) == (value, Status.OK)


@pytest.mark.parametrize("value", [0, 9, 65535, "6", (6,), b"\x06"])
def test_other_orientations_are_malformed(value):
    """Evidence catalogue 77."""
    assert orientation_observation(value).status is Status.MALFORMED


def test_a_picture_may_have_no_orientation():
    assert orientation_observation(None).status is Status.ABSENT


VALUES = st.one_of(
    st.none(),
    st.integers(-(2**40), 2**40),
    st.floats(),
    st.binary(max_size=30),
    st.text(st.characters(max_codepoint=255), max_size=30),
    st.text(max_size=10),
    st.lists(st.builds(IFDRational, st.integers(-(2**31), 2**32), st.integers(0, 2**32)), max_size=4).map(
        tuple
    ),
)


def is_sound(observation):
    canonical.encode(observation.as_json())
    assert isinstance(observation, Observation)
    assert len(observation.raw) <= MAX_RAW_CHARACTERS
    assert (observation.parsed is None) == (observation.status in (Status.ABSENT, Status.MALFORMED))


@given(VALUES, VALUES, VALUES, VALUES)
def test_whatever_a_tag_holds_becomes_an_observation(first, second, third, fourth):
    for observation in (
        text(first),
        time(first, second),
        orientation_observation(first),
        gps_time_observation(first, second),
        *position_observations(first, second, third, fourth),
    ):
        is_sound(observation)
