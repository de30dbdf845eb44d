"""What cameras, phones and those who mean harm hand over: taken in, shown or said why not, given out byte for byte.

The numbers are those of the catalogue of bad input that the program was designed against.
"""

import hashlib
import io
import struct
import zipfile

import pytest
from PIL import Image

from desktop.media.observation import Status
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.export_original import export_original
from desktop.services.evidence.show_evidence import is_previewable, large_picture, show_evidence
from desktop.services.visits.show_visit import evidence_picture
from tests.media.picture_samples import (
    MAKER_NOTE,
    UNDEFINED,
    ascii_tag,
    encoded,
    exif,
    flat_gray_jpeg,
    gps_tags,
    heic,
    jpeg,
    mp4,
    picture,
    png_header,
    rationals_tag,
    segment,
    short_tag,
)

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
CORNERS = [RED, GREEN, BLUE, WHITE]


@pytest.fixture
def taken(world, tmp_path):
    """Take a file in; gives its facts, what a large view of it has, and checks that it comes out as it went in."""

    def taken(content, name="photo.jpg"):
        source = world.folder / name
        source.write_bytes(content)
        (evidence_id,) = attach_evidence(world.anna, world.visits[0], [source])
        export_original(world.anna, evidence_id, tmp_path / "out")
        assert (tmp_path / "out").read_bytes() == content
        assert source.read_bytes() == content
        facts = show_evidence(world.anna, evidence_id)
        assert facts.sha256 == hashlib.sha256(content).hexdigest()
        (tmp_path / "out").unlink()
        view = large_picture(world.anna, facts.sha256, 1024) if is_previewable(facts.mime) else None
        return facts, view

    return taken


def statuses(facts):
    return {observation.key: observation.status for observation in facts.observations}


def corners(view):
    """The colours of the corners of a large view, clockwise from the upper left."""
    image = Image.frombytes("RGB", (view.width, view.height), view.pixels)
    right, bottom = view.width - 3, view.height - 3
    return [image.getpixel(place) for place in ((2, 2), (right, 2), (right, bottom), (2, bottom))]


def is_near(found, colours):
    return all(
        abs(a - b) < 60
        for one, other in zip(found, colours, strict=True)
        for a, b in zip(one, other, strict=True)
    )


def held(orientation):
    """A photo whose camera was held so that the picture is ``picture()`` when it is turned as the tag says."""
    image = picture((64, 48))
    ways = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    turned = image.transpose(ways[orientation]) if orientation in ways else image
    data = encoded(turned, "JPEG", quality=95)
    block = exif([short_tag(0x0112, orientation), ascii_tag(0x010F, "HUAWEI")])
    return data[:2] + segment(0xE1, b"Exif\0\0" + block) + data[2:]


@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_077_a_photo_is_shown_upright_however_the_camera_was_held(taken, world, orientation):
    facts, view = taken(held(orientation))

    assert (view.whole_width, view.whole_height) == (64, 48)
    assert is_near(corners(view), CORNERS)
    assert statuses(facts)["orientation"] is (Status.OK if orientation < 9 else Status.MALFORMED)
    small = Image.open(io.BytesIO(evidence_picture(world.anna, facts.sha256)))
    assert small.size == (64, 48)


def test_a_heic_of_a_phone_is_shown(taken):
    facts, view = taken(heic(), "IMG_0001.HEIC")

    assert facts.mime in ("image/heic", "image/heif")
    assert (view.width, view.height) == (64, 48)
    assert is_near(corners(view), CORNERS)


def test_068_a_photo_of_200_megapixels_is_shown_scaled(taken):
    facts, view = taken(flat_gray_jpeg(16320, 12240))

    assert (view.whole_width, view.whole_height) == (16320, 12240)
    assert (view.width, view.height) == (1024, 768)
    assert statuses(facts)["width_px"] is Status.OK


def test_069_a_header_that_claims_60000_by_60000_is_kept_unshown(taken):
    _facts, view = taken(png_header(60000, 60000), "huge.png")

    assert view.pixels == b""
    assert view.problem


def test_066_a_photo_cut_in_half_is_kept_and_said_to_be_damaged(taken):
    data = jpeg((640, 480))
    facts, view = taken(data[: len(data) // 2])

    assert facts.remarks
    assert view.pixels == b""
    assert view.problem


def test_071_a_maker_note_of_a_billion_bytes_hides_neither_picture_nor_the_other_tags(taken):
    note = (MAKER_NOTE, UNDEFINED, 1_006_641_184, b"\0\0\0\0")
    facts, view = taken(jpeg(exif=exif([ascii_tag(0x010F, "NIKON")], [note])))

    assert view.pixels
    assert statuses(facts)["make"] is Status.OK


@pytest.mark.parametrize(
    ("gps", "status"),
    [
        ((), Status.ABSENT),
        (gps_tags(), Status.OK),
        (gps_tags(latitude=((30, 0), (15, 1), (0, 1))), Status.MALFORMED),
        (gps_tags(latitude=((0, 0), (0, 0), (0, 0))), Status.MALFORMED),
        (gps_tags(latitude=((999, 1), (0, 1), (0, 1))), Status.IMPLAUSIBLE),
        (gps_tags(letters=""), Status.MALFORMED),
        ([rationals_tag(2, (30, 1))], Status.MALFORMED),
    ],
)
def test_074_a_position_is_believed_only_if_it_can_be_one(taken, gps, status):
    facts, view = taken(jpeg(exif=exif([ascii_tag(0x010F, "Xiaomi")], (), gps)))

    assert view.pixels
    assert statuses(facts)["latitude_udeg"] is status
    assert all(isinstance(each.parsed, str | int | None) for each in facts.observations)


@pytest.mark.parametrize(
    ("time", "status"),
    [
        ("0000:00:00 00:00:00", Status.ABSENT),
        ("    :  :     :  :  ", Status.ABSENT),
        ("2026:02:30 25:61:61", Status.MALFORMED),
        ("2099:01:01 00:00:00", Status.IMPLAUSIBLE),
        ("2026:11:20 09:30:00", Status.OK),
    ],
)
def test_075_a_time_is_believed_only_if_it_can_be_one(taken, time, status):
    facts, view = taken(jpeg(exif=exif((), [ascii_tag(0x9003, time)])))

    assert view.pixels
    assert statuses(facts)["captured_at"] is status


def mpo():
    second = Image.new("RGB", (64, 48), "black")
    return encoded(picture(), "MPO", save_all=True, append_images=[second])


@pytest.mark.parametrize(
    ("content", "is_remarked"),
    [
        pytest.param(jpeg() + mp4(b"moving" * 50), True, id="motion photo"),
        pytest.param(mpo(), False, id="MPO"),
        pytest.param(mpo() + mp4(), True, id="MPO with a film"),
    ],
)
def test_080_a_photo_with_more_behind_it_stays_one_file(taken, content, is_remarked):
    facts, view = taken(content)

    assert facts.mime == "image/jpeg"
    assert is_near(corners(view), CORNERS)
    assert bool(facts.remarks) is is_remarked


def with_zip():
    target = io.BytesIO(jpeg())
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("secret.txt", "x")
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(with_zip(), id="ZIP behind it"),
        pytest.param(jpeg(comment=b"<html><script>alert(1)</script>"), id="HTML in the comment"),
        pytest.param(jpeg(comment=b"%PDF-1.7\n1 0 obj"), id="PDF in the comment"),
    ],
)
def test_083_a_photo_that_is_something_else_as_well_is_a_photo_with_a_warning(taken, content):
    facts, view = taken(content)

    assert facts.mime == "image/jpeg"
    assert facts.remarks
    assert is_near(corners(view), CORNERS)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(b"MZ" + bytes(200), "photo.jpg", id="084 a program named as a photo"),
        pytest.param(encoded(picture(), "PNG"), "photo.jpg", id="084 a PNG named as a JPEG"),
        pytest.param(b"", "photo.jpg", id="022 nothing at all"),
        pytest.param(b"\xff\xd8\xff", "photo.jpg", id="083 three bytes"),
        pytest.param(b"%!PS-Adobe-3.0\n", "photo.jpg", id="078 PostScript"),
    ],
)
def test_what_is_not_what_it_seems_is_kept_with_a_remark(taken, content, name):
    facts, view = taken(content, name)

    assert facts.remarks
    assert view is None or view.pixels or view.problem


def test_081_a_film_without_its_list_of_frames_is_kept(taken):
    facts, view = taken(mp4(bytes(1000)), "VID_0001.mp4")

    assert facts.mime == "video/mp4"
    assert view is None


@pytest.mark.parametrize("name", ["照片\u202egpj.exe", "很长的名字" * 16 + ".jpg", "😀ＡＢ.jpg", "a'b;c.jpg"])
def test_086_names_of_any_kind_are_shown_safely(taken, name):
    facts, _view = taken(jpeg(), name)

    assert "\u202e" not in facts.name
    assert facts.name_raw


def test_076_texts_in_a_photo_stay_texts(taken):
    block = exif([ascii_tag(0x010F, "<script>"), ascii_tag(0x0110, "=cmd|'/C calc'!A0")])
    facts, _view = taken(jpeg(exif=block))
    texts = {each.key: each.parsed for each in facts.observations}

    assert (texts["make"], texts["model"]) == ("<script>", "=cmd|'/C calc'!A0")


def test_072_folders_of_tags_in_a_circle_are_bounded(taken):
    block = bytearray(exif([ascii_tag(0x010F, "Canon EOS")]))
    # The folder names itself as the one that follows it.
    block[-14:-10] = struct.pack("<I", 8)
    _facts, view = taken(jpeg(exif=bytes(block)))

    assert view.pixels
