"""Writing packages of several files: noted one by one, interrupted anywhere, continued, given up, repaired."""

import errno
import os
import random
from dataclasses import replace

import pytest

from desktop.errors import CancelledError, UserError
from desktop.exchange import medium
from desktop.exchange.manifest import PackageKind
from desktop.exchange.manifest_reader import decode_manifest
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.packages.continue_export import (
    continue_export,
    find_unfinished,
    give_up_unfinished,
    repair_volume,
)
from desktop.services.packages.export_package import export_results, export_to_node
from desktop.services.packages.write_volumes import ExportInterruptedError
from desktop.storage.handover import travelled
from desktop.storage.object_table import set_object_state
from desktop.storage.packages import packages
from desktop.storage.volume_table import volumes_of
from tests.services.worlds import events, rows

VOLUME_BYTES = 100_000


def photos(world, count=5, size=60_000, seed=0):
    generator = random.Random(seed)
    return [world.file(f"{seed}-{n}.bin", generator.randbytes(size)) for n in range(count)]


@pytest.fixture
def anna(world):
    world.record(world.anna, world.visits[0])
    attach_evidence(world.anna, world.visits[0], photos(world))
    return world.anna


def export(world, anna, folder=None):
    return export_results(anna, folder or world.stick, volume_bytes=VOLUME_BYTES)


def state_of(anna):
    return sorted((p.seq, p.state) for p in packages(anna.db, "out"))


@pytest.fixture
def pull(monkeypatch):
    """Let the medium fail when the n-th file that is opened on it has taken so many bytes."""
    real, count = medium.open_new, [0]

    def arrange(number, byte=0):
        def open_new(path):
            count[0] += 1
            file = real(path)
            return Pulled(file, byte) if count[0] == number else file

        monkeypatch.setattr(medium, "open_new", open_new)

    yield arrange
    monkeypatch.setattr(medium, "open_new", real)


class Pulled:
    def __init__(self, file, left):
        self._file = file
        self._left = left

    def write(self, data):
        if self._left <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        taken = self._file.write(data[: self._left])
        self._left -= taken
        return taken

    def __getattr__(self, name):
        return getattr(self._file, name)


def interrupted(world, anna, pull, number=3, byte=50_000):
    pull(number, byte)
    with pytest.raises(ExportInterruptedError) as stopped:
        export(world, anna)
    pull(0)
    return stopped.value


def test_a_large_package_is_written_as_several_files_and_merged_as_one(world, anna):
    written = export(world, anna)

    assert len(written.paths) == len(written.files) == written.manifest.volumes >= 4
    assert state_of(anna) == [(1, "written")]
    (merged,) = world.merge(world.office, written.paths[0])
    assert (merged.outcome, merged.volumes, merged.new_objects) == ("applied", written.manifest.volumes, 5)
    assert rows(world.office, "evidence")


def test_a_small_package_is_one_file_as_ever(world, anna):
    written = export_results(anna, world.stick)

    assert [path.name for path in written.paths] == [written.files[0].file_name]
    assert written.path.name.count(".") == 1


def test_a_stick_pulled_in_the_third_file_leaves_two_and_says_nothing_is_exported(world, anna, pull):
    stopped = interrupted(world, anna, pull)

    assert (stopped.written, stopped.total) == (2, 5)
    assert state_of(anna) == [(1, "planned")]
    assert "exported" not in events(anna)
    assert all(way.sent == 0 for way in travelled(anna.db, anna.node, anna.office))
    assert sorted(path.suffix for path in world.stick.glob("*of5*")) == [".mcp", ".mcp"]
    unfinished = find_unfinished(anna, anna.office)
    assert (unfinished.volumes, unfinished.missing, unfinished.is_outdated) == (5, (3, 4, 5), False)
    assert unfinished.missing_bytes > 100_000


def test_only_what_is_missing_is_written_onto_another_stick_under_the_same_manifest(world, anna, pull):
    interrupted(world, anna, pull)
    other = world.folder / "other"
    other.mkdir()

    written = continue_export(anna, other)

    assert [path.name.split(".")[1] for path in written.paths] == ["3of5", "4of5", "5of5"]
    assert len(written.files) == 5
    assert state_of(anna) == [(1, "written")]
    assert find_unfinished(anna, anna.office) is None
    (first,) = world.merge(world.office, *written.paths)
    assert (first.outcome, first.missing) == ("waiting", (1, 2))
    (merged,) = world.merge(world.office, *world.stick.glob("*of5*"))
    assert merged.outcome == "applied"


@pytest.mark.parametrize("number", [1, 2, 4, 5])
@pytest.mark.parametrize("byte", [0, 20_000])
def test_wherever_the_stick_is_pulled_the_package_is_finished_later(world, anna, pull, number, byte):
    interrupted(world, anna, pull, number, byte)

    written = continue_export(anna, world.stick)

    assert len(written.paths) == 5 - number + 1
    (merged,) = world.merge(world.office, written.paths[-1])
    assert merged.outcome == "applied"


def test_a_file_that_fails_to_read_back_is_written_again(world, anna, monkeypatch):
    real = medium.read_back

    def rot(path, *rest):
        if "2of5" in path.name:
            raise medium.ReadBackError(path)
        real(path, *rest)

    monkeypatch.setattr(medium, "read_back", rot)
    with pytest.raises(ExportInterruptedError):
        export(world, anna)
    assert [
        row.number for row in volumes_of(anna.db, packages(anna.db, "out")[0].manifest_sha256, "written")
    ] == [1]
    monkeypatch.setattr(medium, "read_back", real)

    assert len(continue_export(anna, world.stick).paths) == 4


def test_a_file_that_stood_on_the_stick_when_the_power_went_is_taken_as_it_is(world, anna, monkeypatch):
    def power_cut(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(medium, "read_back", power_cut)
    monkeypatch.setattr(medium, "remove", lambda _path: None)
    with pytest.raises(KeyboardInterrupt):
        export(world, anna)
    monkeypatch.undo()
    (left,) = world.stick.glob("*1of5.mcp")
    before = left.read_bytes()

    continue_export(anna, world.stick)

    assert left.read_bytes() == before


def test_a_leftover_that_is_not_what_was_noted_is_written_again(world, anna, pull):
    interrupted(world, anna, pull, 2, 0)
    (first,) = world.stick.glob("*1of5.mcp")
    half = first.with_name(first.name.replace("1of5", "2of5"))
    half.write_bytes(b"half")

    written = continue_export(anna, world.stick)

    assert written.paths[0] == half
    assert half.stat().st_size > 1000


def test_stopping_the_export_can_be_continued_too(world, anna):
    def stop(done, total):
        if done > total // 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        export_results(anna, world.stick, volume_bytes=VOLUME_BYTES, report_progress=stop)

    assert find_unfinished(anna, anna.office).missing
    assert continue_export(anna, world.stick).manifest.seq == 1


def test_nothing_unfinished_cannot_be_continued(world, anna):
    with pytest.raises(UserError, match="没有"):
        continue_export(anna, world.stick)


def test_exporting_again_before_anything_was_written_takes_the_same_package(world, anna, pull):
    interrupted(world, anna, pull, 1, 0)

    assert export(world, anna).manifest.seq == 1
    assert state_of(anna) == [(1, "written")]


def test_exporting_anew_gives_the_unfinished_package_up_and_says_so(world, anna, pull):
    interrupted(world, anna, pull)

    written = export(world, anna, world.folder)

    assert state_of(anna) == [(1, "set_aside"), (2, "written")]
    assert "export_given_up" in events(anna)
    assert written.manifest.covers == (1,)
    assert written.manifest.prev is None
    assert world.merge(world.office, written.path)[0].outcome == "applied"


def test_work_done_since_makes_the_unfinished_package_outdated(world, anna, pull):
    interrupted(world, anna, pull)
    attach_evidence(anna, world.visits[0], photos(world, 1, seed=9))

    assert find_unfinished(anna, anna.office).is_outdated
    assert continue_export(anna, world.stick).manifest.seq == 1


def test_giving_up_what_is_not_there_is_nothing(world, anna):
    before = events(anna)
    with anna.db.atomic():
        give_up_unfinished(anna, anna.office)

    assert events(anna) == before


@pytest.mark.parametrize("spoil", ["lost", "damaged"])
def test_one_file_is_written_again_alone(world, anna, spoil):
    written = export(world, anna)
    victim = written.paths[2]
    if spoil == "lost":
        victim.unlink()
    else:
        victim.write_bytes(b"x" + victim.read_bytes()[1:])

    repaired = repair_volume(anna, victim.name, world.stick)

    assert repaired.paths == (victim,)
    assert "volume_repaired" in events(anna)
    assert volumes_of(anna.db, written.manifest_sha256)[2].file_sha256 != written.files[2].file_sha256
    assert world.merge(world.office, victim)[0].outcome == "applied"


def test_a_package_of_one_file_is_written_again_too(world, anna):
    written = export_results(anna, world.stick)
    written.path.unlink()

    repair_volume(anna, written.path.name, world.stick)

    assert world.merge(world.office, written.path)[0].outcome == "applied"


def test_a_file_that_nobody_wrote_cannot_be_written_again(world, anna):
    export(world, anna)

    for name in ("MC-20261120-abcdef.1of5.mcp", "photo.jpg"):
        with pytest.raises(UserError, match="没有"):
            repair_volume(anna, name, world.stick)


def test_a_file_whose_evidence_was_cleared_cannot_be_written_again(world, anna):
    written = export(world, anna)
    with anna.db.atomic():
        set_object_state(anna.db, written.manifest.objects[-1].hash, "pruned")

    with pytest.raises(UserError, match="清理"):
        repair_volume(anna, written.paths[-1].name, world.stick)
    assert repair_volume(anna, written.paths[0].name, world.stick).paths == (written.paths[0],)


def test_the_office_writes_mission_packages_with_the_same_writer_and_begins_anew_when_interrupted(
    world, pull
):
    office, node = world.office, world.anna.node
    pull(2, 0)
    with pytest.raises(ExportInterruptedError):
        export_to_node(office, node, PackageKind.MISSION, world.stick, volume_bytes=1)
    pull(0)
    assert find_unfinished(office, node) is None

    written = export_to_node(office, node, PackageKind.MISSION, world.stick, volume_bytes=1)

    assert written.manifest.volumes > 1
    assert world.merge(world.anna, written.path)[0].outcome == "applied"
    with pytest.raises(UserError, match="无法继续"):
        repair_volume(office, written.path.name, world.stick)


def test_free_space_is_asked_for_the_next_file_and_not_for_all(world, anna, monkeypatch):
    left = [200_000]
    monkeypatch.setattr(medium, "free_space", lambda _folder: left[0])
    real = medium.publish

    def publish(part, path, needed):
        real(part, path, needed)
        left[0] -= path.stat().st_size

    monkeypatch.setattr(medium, "publish", publish)
    with pytest.raises(ExportInterruptedError) as stopped:
        export(world, anna)
    assert stopped.value.written == 2
    left[0] = 1 << 30
    other = world.folder / "other"
    other.mkdir()

    assert len(continue_export(anna, other).paths) == 3


def test_the_number_is_signed_before_the_first_byte_and_the_manifest_is_kept(world, anna, pull):
    interrupted(world, anna, pull, 1, 0)

    (package,) = packages(anna.db, "out")
    assert decode_manifest(package.manifest).seq == package.seq == 1
    assert not package.is_whole
    assert replace(package, state="written").is_whole
