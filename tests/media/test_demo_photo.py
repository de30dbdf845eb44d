from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest
from PIL import Image, ImageOps

from desktop.media.demo_exif import Camera, Position
from desktop.media.demo_photo import SENSOR, DemoPhoto, Scene, draw_photo
from desktop.media.exif_values import position_observations, time_observation
from desktop.media.observation import Source, Status

TAKEN_AT = datetime(2026, 3, 17, 9, 14, 8, tzinfo=timezone(timedelta(hours=8)))
PLACE = Position(34_309_560, 122_301_509)
EXIF, GPS = 0x8769, 0x8825


def photo(scene=Scene.ROAD, **changes):
    return DemoPhoto(scene, "㛃溪村村口", "澄湖区", TAKEN_AT, "IMG_1.jpg", **changes)


def exif_of(data):
    return Image.open(BytesIO(data)).getexif()


def position_of(data):
    gps = exif_of(data).get_ifd(GPS)
    return position_observations(gps[2], gps[1], gps[4], gps[3])


@pytest.mark.parametrize("scene", Scene)
def test_a_photo_is_as_large_as_one_from_a_camera(scene):
    data = draw_photo(photo(scene))

    assert 150 * 1024 <= len(data) <= 400 * 1024
    assert Image.open(BytesIO(data)).size == SENSOR


def test_the_same_photo_has_the_same_bytes():
    assert draw_photo(photo()) == draw_photo(photo())


def test_another_seed_gives_another_photo():
    other = DemoPhoto(Scene.ROAD, "㛃溪村村口", "澄湖区", TAKEN_AT, "IMG_2.jpg")

    assert draw_photo(other) != draw_photo(photo())


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_sensor_shows_the_upright_picture(orientation):
    image = Image.open(BytesIO(draw_photo(photo(orientation=orientation))))

    upright = ImageOps.exif_transpose(image)

    assert image.size == SENSOR
    assert (upright.height > upright.width) == (orientation != 3)
    # The stamp 演示照片 is red and stands in the upper right corner.
    red, green, blue = upright.convert("RGB").getpixel((upright.width - 60, 55))
    assert red > 150 > 90 > max(green, blue)


def test_a_phone_writes_time_zone_and_place():
    data = draw_photo(photo(position=PLACE))

    details = exif_of(data).get_ifd(EXIF)
    time = time_observation(Source.EXIF, "captured_at", details[36867], details[36881])
    north, east = position_of(data)
    assert time.parsed == "2026-03-17T09:14:08+08:00"
    assert (north.parsed, east.parsed) == (34_309_560, 122_301_509)


def test_a_place_in_the_south_and_west_is_written_with_its_letters():
    north, east = position_of(draw_photo(photo(position=Position(-34_309_560, -122_301_509))))

    assert (north.parsed, east.parsed) == (-34_309_560, -122_301_509)


def test_a_broken_position_is_found_malformed():
    data = draw_photo(photo(position=Position(34_309_560, 122_301_509, is_broken=True)))

    assert {observation.status for observation in position_of(data)} == {Status.MALFORMED}


def test_a_compact_camera_does_not_know_its_zone():
    data = draw_photo(photo(camera=Camera.COMPACT))

    assert 36881 not in exif_of(data).get_ifd(EXIF)
    assert exif_of(data)[272] == "Compact C20"


def test_a_bare_photo_says_nothing_about_itself():
    assert dict(exif_of(draw_photo(photo(camera=Camera.BARE)))) == {}
