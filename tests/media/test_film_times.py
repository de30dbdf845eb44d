"""When a film was made: two times of its index, read strictly, whatever the bytes are."""

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.media.film_times import describe_film
from desktop.media.observation import Observation, Source, Status, observations_from_json
from tests.media.film_samples import APPLE, apple_date, box, index, mvhd

MADE = datetime(2026, 11, 20, 1, 35, 12, tzinfo=UTC)
WHOLE = index(mvhd(MADE), apple_date(b"2026-11-20T09:35:12+0800"))


def told(content):
    """(time of the format, time of Apple) as the worker says them."""
    value, data = describe_film(content, {})
    assert data == b""
    created, recorded = observations_from_json(value)
    assert (created.key, recorded.key) == ("created_at", "recorded_at")
    assert {created.source, recorded.source} == {Source.CONTAINER}
    return created, recorded


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("is_iso", [False, True])
def test_both_times_are_read_as_they_stand(version, is_iso):
    created, recorded = told(
        index(mvhd(MADE, version), apple_date(b"2026-11-20T09:35:12+0800", is_iso=is_iso))
    )

    seconds = str(round((MADE - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds()))
    assert created == Observation(Source.CONTAINER, "created_at", seconds, "2026-11-20T01:35:12", Status.OK)
    assert (recorded.parsed, recorded.status) == ("2026-11-20T09:35:12+08:00", Status.OK)
    assert recorded.raw == "2026-11-20T09:35:12+0800"


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        (b"2026-11-20T09:35:12-03:30", "2026-11-20T09:35:12-03:30"),
        (b"2026-11-20T01:35:12Z", "2026-11-20T01:35:12+00:00"),
        (b"2026-11-20T09:35:12", "2026-11-20T09:35:12"),
        (b"2026-11-20T09:35:12+0800\0", "2026-11-20T09:35:12+08:00"),
        (b"2026-11-20T09:35:12+1500", "2026-11-20T09:35:12"),
    ],
)
def test_the_offset_of_a_telephone_is_kept_where_it_can_be_one(text, parsed):
    assert told(index(mvhd(MADE), apple_date(text)))[1].parsed == parsed


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (mvhd(), Status.ABSENT),
        (mvhd(seconds=3600), Status.ABSENT),
        (mvhd(seconds=1_795_138_512), Status.IMPLAUSIBLE),
        (mvhd(seconds=2**40, version=1), Status.MALFORMED),
        (mvhd(seconds=2**63, version=1), Status.MALFORMED),
        (box(b"mvhd", bytes([2]) + bytes(20)), Status.MALFORMED),
        (box(b"mvhd", bytes(6)), Status.MALFORMED),
        (box(b"mvhd", bytes(2)), Status.MALFORMED),
        (box(b"cmov", bytes(20)), Status.MALFORMED),
        (b"", Status.MALFORMED),
    ],
)
def test_a_clock_that_was_never_set_and_a_head_that_is_none(head, status):
    created, recorded = told(head)

    assert created.status is status
    assert (created.parsed is None) is (status is not Status.IMPLAUSIBLE)
    assert recorded.status is Status.ABSENT


@pytest.mark.parametrize(
    "text", [b"", b"gestern", b"2026-13-40T25:61:61+0800", b"2026-11-20 09:35", b"\xff" * 200, b"=1+1"]
)
def test_a_date_that_is_none_is_said_to_be_malformed(text):
    created, recorded = told(index(mvhd(MADE), apple_date(text)))

    assert (recorded.status, recorded.parsed) == (Status.MALFORMED, None)
    assert len(recorded.raw) <= 64 * 4
    assert created.status is Status.OK


NUMBERED = struct.pack(">I", 1)


@pytest.mark.parametrize(
    "meta",
    [
        apple_date(b"2026-11-20T09:35:12+0800", name=b"com.example.other"),
        apple_date(b"2026-11-20T09:35:12+0800", before=[b"x"] * 300),
        box(b"meta"),
        box(b"meta", box(b"hdlr", bytes(24)) + box(b"ilst")),
        box(b"meta", box(b"hdlr", bytes(24)) + box(b"keys", bytes(8) + struct.pack(">I", 4))),
        box(b"meta", box(b"hdlr", bytes(24)) + box(b"keys", bytes(8) + struct.pack(">I", 4000) + APPLE)),
        box(
            b"meta",
            box(b"hdlr", bytes(24))
            + box(b"keys", bytes(8) + struct.pack(">I4s", len(APPLE) + 8, b"mdta") + APPLE)
            + box(b"ilst", box(NUMBERED, box(b"name", b"x"))),
        ),
        box(
            b"meta",
            box(b"hdlr", bytes(24))
            + box(b"keys", bytes(8) + struct.pack(">I4s", len(APPLE) + 8, b"mdta") + APPLE)
            + box(b"ilst", box(b"\0\0\0\2", box(b"data", bytes(8) + b"2026"))),
        ),
    ],
)
def test_a_list_without_the_date_has_none(meta):
    assert told(index(mvhd(MADE), meta))[1].status is Status.ABSENT


def test_boxes_are_read_with_long_sizes_and_up_to_the_end():
    head = mvhd(MADE)
    long_head = box(b"mvhd", head[8:], is_long=True)
    to_the_end = bytes(4) + head[4:]

    for content in (long_head, to_the_end, box(b"free") + head):
        assert told(content)[0].parsed == "2026-11-20T01:35:12"


def test_a_box_that_is_larger_than_what_holds_it_is_none():
    assert told(mvhd(MADE)[:-1])[0].status is Status.MALFORMED
    assert told(struct.pack(">I4sQ", 1, b"free", 2**63) + mvhd(MADE))[0].status is Status.MALFORMED


def test_boxes_without_end_are_not_walked_for_ever():
    assert told(box(b"free") * 100_000 + mvhd(MADE))[0].status is Status.MALFORMED


@given(st.binary(max_size=400))
@example(b"\0\0\0\1meta" + bytes(8))
def test_whatever_the_bytes_are_two_observations_come_out(content):
    told(content)


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_one_wrong_byte_breaks_nothing(position, value):
    told(WHOLE[:position] + bytes([value]) + WHOLE[position + 1 :])


@given(st.integers(0, len(WHOLE)))
def test_an_index_cut_anywhere_breaks_nothing(size):
    told(WHOLE[:size])
