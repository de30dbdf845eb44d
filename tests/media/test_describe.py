import pytest

from desktop.media.describe import describe
from desktop.media.film_times import describe_film
from desktop.media.observation import FIELDS, Observation, Source, Status, observations_from_json
from desktop.media.pictures import UnreadableError
from tests.media.picture_samples import (
    ascii_tag,
    encoded,
    exif,
    gps_tags,
    jpeg,
    picture,
    rationals_tag,
    short_tag,
)

PHONE = exif(
    [
        ascii_tag(0x010F, "HUAWEI"),
        ascii_tag(0x0110, "Mate 60"),
        short_tag(0x0112, 6),
        ascii_tag(0x0131, "4.0"),
    ],
    [ascii_tag(0x9003, "2026:03:17 09:14:08"), ascii_tag(0x9011, "+08:00")],
    [
        *gps_tags(),
        rationals_tag(7, (1, 1), (14, 1), (5, 1)),
        ascii_tag(18, "WGS-84"),
        ascii_tag(29, "2026:03:17"),
    ],
)


def seen(data):
    observations = observations_from_json(describe(data, {})[0])
    return {observation.key: observation for observation in observations}


def values(data):
    return {
        key: observation.parsed for key, observation in seen(data).items() if observation.parsed is not None
    }


def test_a_photo_of_a_phone_tells_time_place_and_device():
    assert values(jpeg((640, 480), PHONE)) == {
        "format": "JPEG",
        "width_px": 640,
        "height_px": 480,
        "captured_at": "2026-03-17T09:14:08+08:00",
        "make": "HUAWEI",
        "model": "Mate 60",
        "software": "4.0",
        "orientation": 6,
        "latitude_udeg": 30_250_000,
        "longitude_udeg": 120_500_000,
        "fixed_at": "2026-03-17T01:14:05+00:00",
        "datum": "WGS-84",
    }


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_a_photo_without_metadata_is_ordinary(form):
    found = seen(encoded(picture(), form))

    assert (found["width_px"].parsed, found["height_px"].parsed) == (64, 48)
    assert {found[key].status for key in (*FIELDS[Source.GPS], "captured_at", "make")} == {Status.ABSENT}


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_formats_carry_the_same_tags(form):
    assert values(encoded(picture(), form, exif=PHONE))["make"] == "HUAWEI"


def test_a_tiff_carries_its_tags_itself():
    data = encoded(picture(), "TIFF", tiffinfo={271: "Canon", 274: 1, 306: "2026:03:17 09:14:08"})

    assert values(data)["make"] == "Canon"
    assert values(data)["modified_at"] == "2026-03-17T09:14:08"


def test_exactly_the_listed_fields_are_read():
    keys = set(seen(jpeg(exif=PHONE)))

    film, _data = describe_film(b"", {})
    assert keys | {each.key for each in observations_from_json(film)} == {
        key for keys in FIELDS.values() for key in keys
    } - {"metadata", "trailing_bytes", "trailing_type"}


def test_a_film_behind_a_photo_is_noted():
    """Evidence catalogue 80: motion photos."""
    film = b"\0\0\0\x18ftypmp42" + bytes(500)

    found = values(jpeg() + film)

    assert (found["trailing_bytes"], found["trailing_type"]) == (len(film), "video/mp4")


def test_several_pictures_in_one_file_are_no_surplus():
    """Evidence catalogue 80: MPO."""
    data = encoded(picture(), "MPO", save_all=True, append_images=[picture((32, 32))])

    assert values(data)["format"] == "MPO"
    assert "trailing_bytes" not in seen(data)


def test_a_photo_without_its_end_is_noted():
    """Evidence catalogue 66."""
    data = jpeg((640, 480))

    assert seen(data[: len(data) // 2])["trailing_bytes"] == Observation(
        Source.CONTAINER, "trailing_bytes", "", None, Status.MALFORMED
    )


def test_what_is_no_picture_is_unreadable():
    with pytest.raises(UnreadableError):
        describe(b"MZ\x90\x00", {})
