import pytest

from desktop.services.records.form_values import parsed_time
from desktop.services.records.typed_texts import typed_time


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("2026-11-20 09:30", "2026-11-20T09:30"),
        (" 2026-11-20 9：05 ", "2026-11-20T09:05"),
        ("2026-11-20", "2026-11-20T00:00"),
        ("2026.11.20 9:30", "2026-11-20T09:30"),
        ("2026年11月20日9时30分", "2026-11-20T09:30"),
        ("2026年11月20日 0：00", "2026-11-20T00:00"),
        ("2026-11-20T09:30:05+08:00", "2026-11-20T09:30"),
    ],
)
def test_a_time_is_typed_in_the_zone_of_the_computer_unless_it_names_another(typed, minute):
    time = typed_time(typed)

    assert time.startswith(minute)
    assert parsed_time(time).tzinfo is not None


@pytest.mark.parametrize("typed", ["", "gestern", "2026-11-20 25:99", "2026年11月20日9时"])
def test_what_is_no_time_stays_as_it_was_typed(typed):
    assert typed_time(typed) == typed
