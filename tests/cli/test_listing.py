"""``mingcha list``: ids and names."""

from datetime import UTC, datetime

import pytest

from desktop.cli.listing import _shown
from desktop.services.list_records import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_listed(mingcha, city, kind):
    listed = mingcha.json("list", city.office, kind)

    assert listed["kind"] == kind
    assert all(list(row) == list(KINDS[kind][0]) for row in listed["rows"])


def test_a_person_gets_columns_headed_like_the_fields(mingcha, city):
    head, first, _second = mingcha("list", city.office, "units").out.splitlines()

    assert head.split() == ["id", "name", "short", "kind", "uscc"]
    assert first.split()[1:] == ["澄湖区人民政府", "澄湖区", "县区", "11997102071000016E"]
    assert head.index("name") == first.index("澄湖区人民政府")


def test_a_kind_without_records_has_only_its_head(mingcha, city):
    assert mingcha("list", city.office, "evidence").out.startswith("id  name  ")
    assert mingcha.json("list", city.office, "evidence")["rows"] == []


def test_a_person_reads_yes_and_no_and_times_of_this_computer():
    assert [_shown("signed", value) for value in (0, 2)] == ["否", "是"]
    here = datetime(2026, 11, 20, 1, 30, tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    assert _shown("started_at", "2026-11-20T09:30:00+08:00") == here
    assert [_shown("started_at", value) for value in ("", None)] == ["", ""]
