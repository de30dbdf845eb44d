"""Films from outside say when they were made, beside the visit, as photos do; their frames are never decoded."""

from datetime import UTC, datetime

import pytest

from desktop.domain.photo_time import Fit, Zone
from desktop.media.observation import Status
from desktop.services.evidence.collect_evidence import Source, collect_evidence, list_sources
from desktop.services.evidence.show_evidence import show_evidence
from desktop.services.printing.evidence_form import evidence_form
from desktop.services.visits.show_visit import show_visit
from tests.media.film_samples import apple_date, box, film, mvhd

MADE = datetime(2026, 11, 20, 1, 35, 12, tzinfo=UTC)
"""09:35 in Beijing."""
LOCAL = MADE.replace(hour=9)
"""What a camera writes that takes its local time for UTC."""


def taken(world, data, name="film.mp4"):
    """What is known of a film that was taken in for a visit of 09:30 to 10:00."""
    visit = world.visits[0]
    world.file(name, data)
    world.record(
        world.anna,
        visit,
        started_at="2026-11-20T09:30:00+08:00",
        ended_at="2026-11-20T10:00:00+08:00",
        evidence=[{"path": name}],
    )
    (shown,) = show_visit(world.anna, visit).evidence
    facts = show_evidence(world.anna, shown.id)
    assert facts.time_fit == shown.time_fit
    return facts


@pytest.mark.parametrize(
    ("parts", "fit", "zone"),
    [
        ([mvhd(MADE)], Fit.CONSISTENT, Zone.ASSUMED_UTC),
        ([mvhd(LOCAL)], Fit.CONSISTENT, Zone.ASSUMED_UTC),
        ([mvhd(MADE.replace(hour=5))], Fit.OFF, Zone.ASSUMED_UTC),
        ([mvhd(MADE.replace(year=2025))], Fit.BEFORE_ISSUE, Zone.ASSUMED_UTC),
        ([mvhd()], Fit.UNKNOWN, Zone.STATED),
        ([mvhd(), apple_date(b"2026-11-20T09:35:12+0800")], Fit.CONSISTENT, Zone.STATED),
        ([mvhd(MADE), apple_date(b"2026-11-20T12:30:00+0800")], Fit.OFF, Zone.STATED),
        ([mvhd(MADE), apple_date(b"gestern")], Fit.CONSISTENT, Zone.ASSUMED_UTC),
    ],
)
def test_082_the_time_of_a_film_is_compared_with_its_visit(world, parts, fit, zone):
    facts = taken(world, film(*parts))

    assert (facts.time_fit.fit, facts.time_fit.zone) == (fit, zone)
    assert facts.metadata_state == ""
    assert [each.key for each in facts.observations] == ["created_at", "recorded_at"]


def test_the_time_of_a_film_comes_to_the_office_and_stands_on_the_list(world):
    facts = taken(world, film(mvhd(MADE.replace(hour=5)), brand=b"qt  "), "film.mov")
    world.bring(world.anna)

    assert facts.mime == "video/quicktime"
    assert show_evidence(world.office, facts.id).observations == facts.observations
    (line,) = evidence_form(world.office, world.visits[0]).lines
    assert line.camera_time == "相机时间+3小时35分钟"


def test_a_film_without_its_index_stays_evidence_and_says_that_it_has_no_time(world):
    facts = taken(world, box(b"ftyp", b"isom" + bytes(4)) + box(b"mdat", bytes(5000)))

    assert [each.status for each in facts.observations] == [Status.MALFORMED, Status.ABSENT]
    assert facts.time_fit.fit is Fit.UNKNOWN


def test_a_film_that_never_was_a_file_tells_its_time_too(world):
    source = Source(world.folder / "film.mp4", film(mvhd(MADE), is_index_last=False))
    (line,) = collect_evidence(world.anna, world.visits[0], list_sources([source]), {})

    assert show_evidence(world.anna, line.evidence_id).observations[0].parsed == "2026-11-20T01:35:12"
