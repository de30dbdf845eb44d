import pytest

from desktop.media.observation import (
    FIELDS,
    MAX_RAW_CHARACTERS,
    Observation,
    Source,
    Status,
    observations_from_json,
)

ORIENTATION = Observation(Source.EXIF, "orientation", "6", 6, Status.OK)


def test_observations_travel_as_json():
    absent = Observation(Source.GPS, "datum", "", None, Status.ABSENT)

    assert observations_from_json([ORIENTATION.as_json(), absent.as_json()]) == (ORIENTATION, absent)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "exif",
        [17],
        [["exif", "orientation", "6", 6]],
        [["exif", "orientation", 6, 6, "ok"]],
        [["exif", "orientation", "6", [6], "ok"]],
        [["exif", "orientation", "6", 6, "fine"]],
        [["os", "orientation", "6", 6, "ok"]],
        [["exif", "serial_number", "6", 6, "ok"]],
        [["exif", "make", "x" * (MAX_RAW_CHARACTERS + 1), "x", "ok"]],
        [["exif", "make", "x", "x" * (MAX_RAW_CHARACTERS + 1), "ok"]],
    ],
)
def test_what_the_worker_cannot_have_meant_is_refused(value):
    with pytest.raises(ValueError):
        observations_from_json(value)


def test_nothing_is_collected_that_names_a_person_or_a_device():
    keys = {key for keys in FIELDS.values() for key in keys}

    assert not {key for key in keys if "serial" in key or "owner" in key or "artist" in key}
