import io

import pytest
from PIL import Image, ImageCms

from desktop.media.pictures import PictureTooLargeError, UnreadableError, load_pixels
from desktop.media.task import Outcome
from desktop.media.thumbnail import LIST_SIDE, PRINT_SIDE, thumbnail
from desktop.media.worker import Worker
from tests.media.picture_samples import (
    ascii_tag,
    encoded,
    exif,
    flat_gray_jpeg,
    gps_tags,
    jpeg,
    picture,
    png,
    png_header,
    short_tag,
)

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


@pytest.fixture(scope="module")
def worker():
    with Worker() as worker:
        yield worker


def shrink(data, side=LIST_SIDE):
    size, small = thumbnail(data, {"longest_side": side})
    image = Image.open(io.BytesIO(small))
    assert (image.format, list(image.size)) == ("JPEG", size)
    return image


def corners(image):
    width, height = image.size
    places = ((4, 4), (width - 5, 4), (width - 5, height - 5), (4, height - 5))
    return [nearest(image.getpixel(place)) for place in places]


def nearest(color):
    return min(
        (RED, GREEN, BLUE, WHITE), key=lambda one: sum(abs(a - b) for a, b in zip(one, color, strict=True))
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "MPO"])
def test_a_picture_of_every_format_is_reduced(form):
    image = shrink(encoded(picture((1000, 500)), form))

    assert image.size == (320, 160)
    assert corners(image) == [RED, GREEN, BLUE, WHITE]


@pytest.mark.parametrize(
    ("size", "side", "expected"), [((4000, 3000), PRINT_SIDE, (1600, 1200)), ((100, 80), 320, (100, 80))]
)
def test_the_longest_side_is_as_asked_and_nothing_is_enlarged(size, side, expected):
    assert shrink(jpeg(size), side).size == expected


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, [RED, GREEN, BLUE, WHITE]),
        (2, [GREEN, RED, WHITE, BLUE]),
        (3, [BLUE, WHITE, RED, GREEN]),
        (4, [WHITE, BLUE, GREEN, RED]),
        (5, [RED, WHITE, BLUE, GREEN]),
        (6, [WHITE, RED, GREEN, BLUE]),
        (7, [BLUE, GREEN, RED, WHITE]),
        (8, [GREEN, BLUE, WHITE, RED]),
        (9, [RED, GREEN, BLUE, WHITE]),
        (0, [RED, GREEN, BLUE, WHITE]),
    ],
)
def test_a_turned_picture_is_shown_upright(orientation, expected):
    """Evidence catalogue 77: also an orientation that does not exist is no obstacle."""
    image = shrink(jpeg((640, 480), exif([short_tag(0x0112, orientation)])))

    assert corners(image) == expected
    assert (image.width < image.height) == (orientation in (5, 6, 7, 8))


def test_a_thumbnail_carries_no_metadata():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = jpeg(
        (640, 480), exif([ascii_tag(0x010F, "Make")], gps=gps_tags()), icc_profile=profile, comment=b"note"
    )

    image = shrink(data)

    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "I;16", "I", "F"])
def test_pixels_of_every_kind_are_shown(mode):
    form = "JPEG" if mode in ("CMYK", "YCbCr") else "TIFF" if mode in ("I", "F", "I;16") else "PNG"
    source = picture((400, 300))
    gray = source.convert("L")
    image = {
        "I;16": lambda: gray.convert("I").point(lambda value: value * 200).convert("I;16"),
        "I": lambda: gray.convert("I").point(lambda value: value * 70_000),
        "F": lambda: gray.convert("F").point(lambda value: value * 0.001 + 5),
    }.get(mode, lambda: source.convert(mode))()

    small = shrink(encoded(image, form))

    assert small.mode == "RGB"
    dark, bright = small.getpixel((4, 4)), small.getpixel((4, small.height - 5))
    assert sum(dark) < sum(bright) > 700


def test_a_scan_of_one_gray_is_shown():
    assert shrink(encoded(Image.new("I;16", (30, 30), 500), "TIFF")).size == (30, 30)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_becomes_white(mode):
    image = Image.new("RGBA", (400, 300), (0, 0, 0, 0)).convert(mode)
    data = encoded(image, "PNG", **({"transparency": 0} if mode == "P" else {}))

    assert nearest(shrink(data).getpixel((200, 150))) == WHITE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "GIF"])
def test_a_picture_cut_in_half_is_unreadable(form):
    """Evidence catalogue 66: ``verify()`` of Pillow would pass the JPEG."""
    data = encoded(picture((800, 600)), form)

    with pytest.raises(UnreadableError):
        thumbnail(data[: len(data) // 2], {"longest_side": 320})


def test_a_side_that_is_no_number_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        thumbnail(png(), {"longest_side": "large"})


@pytest.mark.parametrize(("width", "height"), [(12032, 9024), (16320, 12240)])
def test_a_photo_of_200_megapixels_has_a_thumbnail(worker, width, height):
    """Evidence catalogue 68."""
    result = worker.run("thumbnail", flat_gray_jpeg(width, height), {"longest_side": 320})

    assert (result.outcome, result.value) == (Outcome.OK, [320, 240])
    assert Image.open(io.BytesIO(result.data)).getpixel((160, 120)) == pytest.approx((128, 128, 128), abs=2)


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (20_000, 15_000)])
def test_a_header_that_claims_more_pixels_than_any_camera_is_too_large(worker, width, height):
    """Evidence catalogue 69: memory stays flat, the evidence is kept."""
    data = png_header(width, height)

    with pytest.raises(PictureTooLargeError):
        thumbnail(data, {"longest_side": 320})
    assert worker.run("thumbnail", data, {"longest_side": 320}).outcome is Outcome.TOO_LARGE
    assert worker.run("describe", data).outcome is Outcome.TOO_LARGE


def test_lack_of_memory_while_decoding_is_too_large():
    class Hungry:
        def load(self):
            raise MemoryError

    with pytest.raises(PictureTooLargeError):
        load_pixels(Hungry())
