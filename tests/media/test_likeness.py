from datetime import datetime

import pytest
from PIL import Image, ImageEnhance

from desktop.domain.picture_likeness import MOST_DIFFERENT, distance, least_distance
from desktop.media.demo_photo import DemoPhoto, Scene, draw_photo
from desktop.media.likeness import likeness, likeness_of
from desktop.media.pictures import UnreadableError
from desktop.media.thumbnail import upright
from tests.media.picture_samples import encoded, exif, short_tag, with_exif

AT = datetime(2026, 3, 12, 9, 30)  # noqa: DTZ001  as cameras write it
SCENES = (Scene.CONSTRUCTION, Scene.BUILDING, Scene.ROAD, Scene.FACTORY, Scene.VILLAGE, Scene.BOARD)


def drawn(scene, seed="a"):
    return upright(draw_photo(DemoPhoto(scene, "说明", "地点", AT, seed)), 1600, 1)[1]


@pytest.fixture(scope="module")
def photos():
    return {scene: drawn(scene) for scene in SCENES}


def bits(picture):
    return int(likeness_of(picture), 16)


def through(picture, **options):
    return upright(encoded(picture, "JPEG", **options), 4000, 1)[1]


@pytest.mark.parametrize("scene", SCENES)
def test_another_size_stronger_compression_and_other_light_stay_alike(photos, scene):
    photo = photos[scene]
    changed = {
        "half the size": photo.resize((photo.width // 2, photo.height // 2)),
        "an eighth": photo.resize((photo.width // 8, photo.height // 8)),
        "strong compression": through(photo, quality=10),
        "brighter": ImageEnhance.Brightness(photo).enhance(1.15),
        "cut by a hundredth": photo.crop((16, 12, photo.width - 16, photo.height - 12)),
    }

    found = {name: distance(bits(photo), bits(other)) for name, other in changed.items()}
    assert {name: places for name, places in found.items() if places > MOST_DIFFERENT} == {}


@pytest.mark.parametrize("way", list(Image.Transpose))
def test_turned_and_mirrored_photos_are_the_same(photos, way):
    photo = photos[Scene.FACTORY]

    assert least_distance(bits(photo), bits(photo.transpose(way))) <= 1


def test_different_places_are_not_alike(photos):
    values = [bits(photo) for photo in photos.values()]
    least = min(least_distance(a, b) for at, a in enumerate(values) for b in values[:at])

    assert least > MOST_DIFFERENT


def test_077_how_the_camera_was_held_makes_no_difference(photos):
    upright_bits = bits(photos[Scene.ROAD])
    data = encoded(photos[Scene.ROAD].rotate(90, expand=True), "JPEG", quality=90)
    turned = with_exif(data, exif([short_tag(0x0112, 6)]))

    assert distance(int(likeness(turned, {})[0], 16), upright_bits) <= 1


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_sheet_of_one_colour_has_no_bits(shade):
    assert likeness(encoded(Image.new("RGB", (300, 200), (shade,) * 3), "JPEG", quality=40), {}) == ("", b"")


def test_what_is_no_picture_is_said():
    with pytest.raises(UnreadableError):
        likeness(b"no picture", {})
