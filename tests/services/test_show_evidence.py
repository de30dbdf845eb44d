import pytest

from desktop.errors import UserError
from desktop.media.observation import Status
from desktop.media.worker import Worker
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.edit_evidence import edit_evidence
from desktop.services.evidence.export_original import export_original
from desktop.services.evidence.show_evidence import large_picture, show_evidence
from desktop.storage.object_table import set_object_state
from tests.media.picture_samples import exif, flat_gray_jpeg, gps_tags, jpeg, png_header, short_tag


@pytest.fixture
def attached(world):
    def attached(name, content):
        (evidence_id,) = attach_evidence(world.anna, world.visits[0], [world.file(name, content)])
        return show_evidence(world.anna, evidence_id)

    return attached


def test_what_a_photo_says_about_itself_is_shown_with_how_far_it_can_be_believed(attached):
    photo = attached("photo.jpg", jpeg(exif=exif([short_tag(0x0112, 6)], gps=gps_tags())))
    statuses = {each.key: each.status for each in photo.observations}

    assert statuses["latitude_udeg"] is Status.OK
    assert statuses["captured_at"] is Status.ABSENT
    assert photo.metadata_state == ""


def test_a_file_that_is_kept_unread_and_one_with_a_false_name_say_so(attached):
    program = attached("photo.jpg", b"MZ" + bytes(200))

    assert program.metadata_state
    assert len(program.remarks) == 1


def test_custody_tells_intake_export_and_journey(world, attached, tmp_path):
    photo = attached("photo.jpg", jpeg())
    edit_evidence(world.anna, photo.id, caption="三号窗口")
    export_original(world.anna, photo.id, tmp_path / "out.jpg")
    world.bring(world.anna)
    here, there = show_evidence(world.anna, photo.id), show_evidence(world.office, photo.id)

    assert len(here.custody) == 5
    assert len(there.custody) >= 5
    assert here.seal == there.seal != ""
    assert "欧阳㛃" in {line.who for line in here.custody}


def test_evidence_that_is_not_there_is_refused(world):
    with pytest.raises(UserError):
        show_evidence(world.anna, "nothing")


def test_a_large_view_is_bare_pixels_upright_and_bounded(world, attached):
    photo = attached("photo.jpg", jpeg((300, 200), exif=exif([short_tag(0x0112, 6)])))
    view = large_picture(world.anna, photo.sha256, 150)

    assert (view.whole_width, view.whole_height) == (200, 300)
    assert (view.width, view.height) == (100, 150)
    assert len(view.pixels) == 3 * 100 * 150
    # The upper left corner of the upright picture is the lower left of the stored one, which is white.
    assert min(view.pixels[3 * (4 * 100 + 4) :][:3]) > 200


def test_a_photo_of_200_megapixels_is_shown_scaled(world, attached):
    photo = attached("huge.jpg", flat_gray_jpeg(16320, 12240))
    view = large_picture(world.anna, photo.sha256, 2048)

    assert (view.whole_width, view.whole_height) == (16320, 12240)
    assert max(view.width, view.height) == 2048
    assert max(large_picture(world.anna, photo.sha256, 6000).width, 6000) == 6000


@pytest.mark.parametrize("content", [jpeg()[:200], png_header(60_000, 60_000), b"no picture"])
def test_why_there_is_no_picture_is_said(world, attached, content):
    photo = attached("photo.jpg", content)
    view = large_picture(world.anna, photo.sha256, 500)

    assert view.pixels == b""
    assert view.problem


def test_a_file_that_is_not_here_has_no_picture(world, attached):
    photo = attached("photo.jpg", jpeg())
    with world.anna.db.atomic():
        set_object_state(world.anna.db, photo.sha256, "wanted")

    assert large_picture(world.anna, photo.sha256, 500).problem
    assert not show_evidence(world.anna, photo.id).is_here


def test_a_worker_that_lies_about_its_pixels_is_not_believed(world, attached, monkeypatch):
    photo = attached("photo.jpg", jpeg())
    run = Worker.run

    def lie(worker, name, payload, options=None):
        result = run(worker, name, payload, options)
        return type(result)(result.outcome, [9, 9, 9, 9], result.data[:-1])

    monkeypatch.setattr(Worker, "run", lie)

    assert large_picture(world.anna, photo.sha256, 500).pixels == b""
