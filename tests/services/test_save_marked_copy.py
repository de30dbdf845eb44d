import io

import pytest
from PIL import Image

from desktop.domain.marks import Mark, MarkKind
from desktop.errors import UserError
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.save_marked_copy import save_marked_copy
from desktop.services.evidence.show_evidence import show_evidence
from tests.media.picture_samples import encoded, exif, gps_tags, jpeg, picture, short_tag
from tests.services.worlds import events

LEFT_HALF = Mark(MarkKind.COVER, 0, 0, 500_000, 1_000_000)


@pytest.fixture
def attached(world):
    def attached(name, content):
        (evidence_id,) = attach_evidence(world.anna, world.visits[0], [world.file(name, content)])
        return evidence_id

    return attached


def test_covered_parts_are_gone_and_nothing_but_pixels_is_in_the_copy(world, attached, tmp_path):
    photo = attached("photo.jpg", jpeg((400, 300), exif=exif([short_tag(0x0112, 6)], gps=gps_tags())))
    before = show_evidence(world.anna, photo)
    copy = save_marked_copy(world.anna, photo, [LEFT_HALF], tmp_path / "copy.jpg")
    data = (tmp_path / "copy.jpg").read_bytes()
    image = Image.open(io.BytesIO(data))

    assert image.size == (300, 400)
    assert max(image.getpixel((60, 200))) < 8
    assert max(image.getpixel((280, 200))) > 100
    assert b"Exif" not in data
    assert not image.getexif()
    assert copy.size == len(data)
    assert show_evidence(world.anna, photo).sha256 == before.sha256
    assert "exported_covered" in events(world.anna)


def test_areas_reach_to_the_edge_and_never_beyond(world, attached, tmp_path):
    photo = attached("photo.png", encoded(picture((100, 100)), "PNG"))
    save_marked_copy(
        world.anna, photo, [Mark(MarkKind.COVER, 900_000, -5, 2_000_000, 100)], tmp_path / "copy.jpg"
    )

    assert max(Image.open(tmp_path / "copy.jpg").getpixel((99, 0))) < 8


def test_without_areas_or_evidence_nothing_is_written(world, attached, tmp_path):
    photo = attached("photo.jpg", jpeg())
    with pytest.raises(UserError):
        save_marked_copy(world.anna, photo, [], tmp_path / "copy.jpg")
    with pytest.raises(UserError):
        save_marked_copy(world.anna, "nothing", [LEFT_HALF], tmp_path / "copy.jpg")

    assert not (tmp_path / "copy.jpg").exists()


def test_what_is_no_picture_cannot_be_covered(world, attached, tmp_path):
    text = attached("a.jpg", b"no picture")
    with pytest.raises(UserError):
        save_marked_copy(world.anna, text, [LEFT_HALF], tmp_path / "copy.jpg")

    assert not (tmp_path / "copy.jpg").exists()


def test_a_target_that_cannot_be_written_is_said(world, attached, tmp_path):
    photo = attached("photo.jpg", jpeg())
    with pytest.raises(UserError):
        save_marked_copy(world.anna, photo, [LEFT_HALF], tmp_path / "nowhere" / "copy.jpg")


def test_a_copy_saved_over_a_larger_file_leaves_no_tail(world, attached, tmp_path):
    photo = attached("photo.jpg", jpeg())
    (tmp_path / "copy.jpg").write_bytes(b"x" * 500_000)
    save_marked_copy(world.anna, photo, [LEFT_HALF], tmp_path / "copy.jpg")

    assert b"xxxx" not in (tmp_path / "copy.jpg").read_bytes()
