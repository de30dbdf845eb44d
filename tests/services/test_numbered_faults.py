"""Faults of the catalogue in docs/faults.md that have no better place, by their numbers."""

import shutil
import zipfile

import pytest

from desktop.errors import CancelledError
from desktop.exchange.manifest import PackageKind
from desktop.services.evidence.attach_evidence import NewEvidence, attach_evidence, take_in_file
from desktop.services.evidence.show_evidence import show_evidence
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.visits.edit_visit import open_visit
from tests.media.picture_samples import jpeg
from tests.services.worlds import dump, events


def content(workspace, evidence):
    return b"".join(workspace.objects.open(show_evidence(workspace, evidence).sha256))


@pytest.fixture
def attach(world):
    def attach(name, data):
        (evidence,) = attach_evidence(world.anna, world.visits[0], [world.file(name, data)])
        return evidence

    return attach


def test_002_an_object_whose_row_was_never_written_is_listed_and_taken_over_by_the_next_intake(world, attach):
    source = world.file("photo.jpg", jpeg())
    take_in_file(world.anna, NewEvidence(world.anna.new_id(), source))
    world.anna.close()
    world.anna = world.opened("anna")
    assert [finding.word for finding in verify_workspace(world.anna).findings] == ["EXTRA"]

    evidence = attach("photo.jpg", jpeg())

    assert content(world.anna, evidence) == jpeg()
    assert verify_workspace(world.anna).is_sound


def test_010_one_file_attached_twice_is_one_object_and_two_pieces_of_evidence(world, attach):
    first, second = attach("a.jpg", jpeg()), attach("b.jpg", jpeg())

    assert first != second
    assert events(world.anna).count("collected") == 2
    assert len(list(world.anna.objects.stored())) == 1


@pytest.fixture
def without_log(world):
    """What is left of anna's workspace when somebody deletes the log of a crash; and what she had given away."""
    world.anna.close()
    world.anna = world.opened("anna")
    world.record(world.anna, world.visits[0])
    given = world.results(world.anna)
    # As after a power cut, but somebody has tidied up.
    shutil.copytree(world.anna.folder, world.folder / "left", ignore=shutil.ignore_patterns("workspace.db-*"))
    with world.opened("left") as anna:
        assert open_visit(anna, world.visits[0]).answers == {}
        yield anna, given


def test_012_what_was_lost_with_a_deleted_log_comes_back_with_the_receipt_of_the_office(world, without_log):
    anna, given = without_log
    world.merge(world.office, given)
    world.merge(anna, world.mission_package(anna, PackageKind.RECEIPT))

    assert open_visit(anna, world.visits[0]).answers[1].facts == "窗口空岗"
    assert verify_workspace(anna).is_sound


def test_012_who_goes_on_without_the_deleted_log_is_shown_as_a_fork(world, without_log):
    anna, given = without_log
    world.merge(world.office, given)
    world.record(anna, world.visits[0], answers=[{"item": 2, "deduct": "1"}])
    (merged,) = world.merge(world.office, world.results(anna))

    assert merged.is_forked
    assert "FORKED" in [finding.word for finding in verify_workspace(world.office).findings]


def test_012_a_write_ahead_log_left_by_a_crash_is_taken_over(world):
    world.record(world.anna, world.visits[0])
    shutil.copytree(world.anna.folder, world.folder / "left", ignore=shutil.ignore_patterns("*-shm", "lock"))

    with world.opened("left") as anna:
        assert open_visit(anna, world.visits[0]).answers[1].facts == "窗口空岗"
        assert verify_workspace(anna).is_sound


def test_081_a_film_without_its_table_of_contents_is_kept_as_it_is(world, attach):
    film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\x10\x08mdat" + bytes(range(256)) * 16

    evidence = attach("film.mp4", film)

    assert content(world.anna, evidence) == film
    assert show_evidence(world.anna, evidence).mime == "video/mp4"


def test_087_an_archive_with_names_of_another_encoding_is_never_unpacked(world, attach, tmp_path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", jpeg())
    data = path.read_bytes().replace(b"photo.jpg", "照片.jpg".encode("gbk") + b"x")

    evidence = attach("现场照片.zip", data)

    assert content(world.anna, evidence) == data
    assert len(list(world.anna.objects.stored())) == 1


def test_101_looking_at_a_thousand_photos_writes_nothing(world, attach):
    evidence = attach("photo.jpg", jpeg())
    before = dump(world.anna)

    for _look in range(1000):
        show_evidence(world.anna, evidence)

    assert dump(world.anna) == before


def test_105_a_verification_is_stopped_between_two_steps_and_leaves_nothing(world, attach):
    attach("photo.jpg", jpeg())
    before = dump(world.anna)

    def stop(done, _total):
        if done == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        verify_workspace(world.anna, stop)

    assert dump(world.anna) == before
    assert verify_workspace(world.anna).is_sound
