import errno
import hashlib
import os
import shutil
import subprocess
import tracemalloc
from dataclasses import replace
from types import SimpleNamespace

import pytest

from desktop.errors import CancelledError, UserError
from desktop.exchange import medium, write_package
from desktop.exchange.manifest import MAX_INDEX_BYTES, MAX_OBJECT_BYTES, ObjectInfo, Role
from desktop.exchange.medium import (
    FileExistsOnMediumError,
    MediumError,
    MediumFullError,
    MediumWriteError,
    PackageTooLargeError,
    ReadBackError,
)
from desktop.exchange.padme import padded_size
from desktop.exchange.volumes import package_name
from desktop.exchange.write_package import (
    PackagePlan,
    SourceChangedError,
    TooMuchInPackageError,
)
from desktop.keys.sealing import decrypt_bytes
from tests.exchange.packages import (
    ESCROW,
    ESCROW_IDENTITY,
    OBJECTS,
    OFFICE,
    PHOTO,
    STRANGER,
    Sinks,
    contents_of,
    ignore_progress,
    make_manifest,
    read,
    sign_manifest,
    write,
)


def write_plan(folder, plan, open_object=None):
    return write_package.write_package(
        folder, plan, sign_manifest, open_object or contents_of(), ignore_progress
    )


def plan_of(**changes):
    return PackagePlan(make_manifest(**changes), (OFFICE, ESCROW))


class FailingFile:
    """A file on a medium that fails from a certain byte on.

    Bytes are counted behind the first write: age's header varies in length, what follows does not.
    """

    def __init__(self, file, left, code):
        self._file = file
        self._left = left
        self._code = code
        self._has_head = False
        self.taken = 0
        self.fileno = file.fileno
        self.close = file.close

    def write(self, data):
        if not self._has_head:
            self._has_head = True
            return self._file.write(data)
        if self.taken == self._left:
            raise OSError(self._code, os.strerror(self._code))
        taken = self._file.write(data[: self._left - self.taken])
        self.taken += taken
        return taken


@pytest.fixture
def fail_at(monkeypatch):
    """Make the medium fail after so many bytes; returns the files that were opened on it."""
    open_new, files = medium.open_new, []

    def arrange(byte, code=errno.ENOSPC):
        def open_failing(path):
            files.append(FailingFile(open_new(path), byte, code))
            return files[-1]

        monkeypatch.setattr(medium, "open_new", open_failing)
        return files

    return arrange


@pytest.fixture
def free_space(monkeypatch):
    """Set what the system says of free space."""

    def arrange(size_bytes):
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=size_bytes))

    return arrange


def test_package_is_what_was_planned(tmp_path):
    written = write(tmp_path)

    sinks = Sinks()
    signed = read(written.paths[0], sinks)
    assert signed.manifest == make_manifest()
    assert (signed.manifest_bytes, signed.signature) == (written.manifest_bytes, written.signature)
    assert list(sinks.finished.values()) == [data for _, _, data in OBJECTS]


def test_written_package_is_described_as_it_stands_on_the_medium(tmp_path):
    written = write(tmp_path)

    data = written.paths[0].read_bytes()
    assert written.hashes == (hashlib.sha256(data).hexdigest(),)
    assert written.size == len(data)
    assert list(tmp_path.iterdir()) == [tmp_path / "MC-20261120-5f3a9c.mcp"]


def test_name_is_neutral():
    assert package_name(make_manifest(package_id="0a1b2c" + "f" * 26)) == "MC-20261120-0a1b2c.mcp"


def test_escrow_can_open_the_package(tmp_path):
    path = write(tmp_path).paths[0]

    assert len(read(path, Sinks(), [ESCROW_IDENTITY]).manifest.objects) == len(OBJECTS)


def test_sealed_content_has_a_padme_size(tmp_path):
    tar = decrypt_bytes(write(tmp_path).paths[0].read_bytes(), [ESCROW_IDENTITY])

    assert len(tar) == padded_size(len(tar))


def test_nothing_readable_stands_on_the_medium(tmp_path):
    data = write(tmp_path).paths[0].read_bytes()

    assert PHOTO[:16] not in data
    assert b"manifest" not in data


def test_object_of_nothing_is_carried(tmp_path):
    objects = (*OBJECTS, (Role.EVIDENCE, "text/plain", b""))

    sinks = Sinks()
    read(write(tmp_path, objects).paths[0], sinks)

    assert sinks.finished[hashlib.sha256(b"").hexdigest()] == b""


def test_progress_grows_to_the_end_of_reading_back(tmp_path):
    seen = []

    size = write(tmp_path, report_progress=lambda done, total: seen.append((done, total))).size

    done = [done for done, _ in seen]
    assert done == sorted(done)
    assert len({total for _, total in seen}) == 1
    assert done[-1] == seen[0][1] // 2 + size <= seen[0][1]


def test_memory_does_not_grow_with_the_evidence(tmp_path):
    block, count = bytes(1 << 18), 160
    whole = hashlib.sha256(block * count)
    infos = (
        *make_manifest().objects,
        ObjectInfo(whole.hexdigest(), len(block) * count, Role.EVIDENCE, "video/mp4"),
    )
    plan = PackagePlan(make_manifest(listed=infos), (OFFICE, ESCROW))

    def open_object(digest):
        return (block for _ in range(count)) if digest == whole.hexdigest() else contents_of()(digest)

    tracemalloc.start()
    written = write_plan(tmp_path, plan, open_object)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert written.size > len(block) * count
    assert peak < 8 << 20


@pytest.mark.parametrize(
    "changes", [{"suite": "G1"}, {"volumes": 2}, {"seq": 0}, {"created": "today", "seq": 1}]
)
def test_manifest_that_our_own_reader_would_refuse_is_a_bug(tmp_path, changes):
    with pytest.raises(ValueError):
        write_plan(tmp_path, plan_of(**changes))

    assert list(tmp_path.iterdir()) == []


def test_recipients_have_to_be_those_of_the_manifest(tmp_path):
    with pytest.raises(ValueError, match="other recipients"):
        write_plan(tmp_path, replace(plan_of(), recipients=(OFFICE, STRANGER)))


def test_manifest_over_its_limit_is_too_much_for_one_package(tmp_path, monkeypatch):
    monkeypatch.setattr(write_package, "MAX_MANIFEST_BYTES", 100)

    with pytest.raises(TooMuchInPackageError):
        write(tmp_path)


def test_index_over_its_limit_is_too_much_for_one_package(tmp_path):
    first, second, *others = make_manifest().objects

    with pytest.raises(TooMuchInPackageError):
        write_plan(tmp_path, plan_of(listed=(first, replace(second, size=MAX_INDEX_BYTES + 64), *others)))


def test_package_over_4_gib_is_refused_before_the_first_byte(tmp_path):
    infos = [ObjectInfo(f"{n:064x}", MAX_OBJECT_BYTES, Role.EVIDENCE, "video/mp4") for n in range(2)]

    with pytest.raises(PackageTooLargeError, match=r"将达 7\.\d GB.*上限 4\.0 GB"):
        write_plan(tmp_path, plan_of(listed=(*make_manifest().objects, *infos)))

    assert list(tmp_path.iterdir()) == []


def test_largest_piece_of_evidence_fits_into_one_package(tmp_path, free_space):
    free_space(1000)
    largest = ObjectInfo("0" * 64, MAX_OBJECT_BYTES, Role.EVIDENCE, "video/mp4")

    # Not too large for a file, only for the free space.
    with pytest.raises(MediumFullError):
        write_plan(tmp_path, plan_of(listed=(*make_manifest().objects, largest)))


def test_full_medium_is_refused_before_the_first_byte(tmp_path, free_space):
    free_space(2048)

    with pytest.raises(MediumFullError, match=r"需要 88\.\d KB，仅剩 2\.0 KB"):
        write(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_needed_space_is_never_less_than_what_is_written(tmp_path, monkeypatch):
    needed = []
    check = write_package._check_medium
    monkeypatch.setattr(
        write_package, "_check_medium", lambda path, size: needed.append(size) or check(path, size)
    )

    sizes = []
    for n, extra in enumerate([0, 1, 40_000, 65_536, 200_000]):
        objects = (*OBJECTS, (Role.EVIDENCE, "text/plain", bytes(extra)))
        sizes.append(write(tmp_path, objects, package_id=f"{n:06x}".ljust(32, "0")).size)

    assert all(size <= space <= size + 8192 for size, space in zip(sizes, needed, strict=True))


def test_package_of_the_same_name_is_not_overwritten(tmp_path):
    path = write(tmp_path).paths[0]
    before = path.read_bytes()

    with pytest.raises(FileExistsOnMediumError, match=path.name):
        write(tmp_path)

    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == before


def test_unfinished_file_of_a_killed_program_is_left_alone(tmp_path):
    (tmp_path / "MC-20261120-5f3a9c.mcp.part").write_bytes(b"half")

    with pytest.raises(FileExistsOnMediumError, match=r"\.part"):
        write(tmp_path)

    assert (tmp_path / "MC-20261120-5f3a9c.mcp.part").read_bytes() == b"half"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.ENODEV, errno.EFBIG, errno.EROFS])
def test_medium_that_fails_while_writing_is_an_error(tmp_path, fail_at, code):
    fail_at(50_000, code)

    with pytest.raises(MediumWriteError, match="未能写入") as failed:
        write(tmp_path)

    assert "需要" in failed.value.problem
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "from_end", [1, 2, 15, 16, 17, 100, 511, 512, 4096, 8191, 8192, 8193, 20_000, 65_536]
)
def test_medium_that_fails_at_any_of_the_last_bytes_is_an_error(tmp_path, fail_at, from_end):
    (tmp_path / "whole").mkdir()
    files = fail_at(1 << 30)
    write(tmp_path / "whole")
    fail_at(files[0].taken - from_end)

    with pytest.raises(MediumWriteError):
        write(tmp_path)

    assert list(tmp_path.iterdir()) == [tmp_path / "whole"]


def test_medium_that_can_only_be_opened_for_reading_is_an_error(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(errno.EROFS, "read-only")

    monkeypatch.setattr(medium, "open_new", refuse)

    with pytest.raises(MediumWriteError, match="写保护"):
        write(tmp_path)


def test_stick_that_was_pulled_and_cannot_even_be_cleaned_is_an_error(tmp_path, fail_at, monkeypatch):
    files = fail_at(1000, errno.EIO)

    def free_until_pulled(_):
        if files and files[0].taken:
            raise OSError(errno.EIO, "gone")
        return SimpleNamespace(free=1 << 30)

    def unlink(*_, **__):
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(shutil, "disk_usage", free_until_pulled)
    monkeypatch.setattr(os, "unlink", unlink)

    with pytest.raises(MediumWriteError, match="剩余 0 B"):
        write(tmp_path)


def test_faulty_medium_is_found_by_reading_back(tmp_path, monkeypatch):
    publish = medium.publish

    def publish_and_rot(part, path, needed):
        publish(part, path, needed)
        with path.open("r+b") as file:
            file.seek(1000)
            file.write(b"rot")

    monkeypatch.setattr(medium, "publish", publish_and_rot)

    with pytest.raises(ReadBackError, match="介质有故障"):
        write(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_small_real_medium_that_fills_up_is_an_error(tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    if (
        os.name != "posix"
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(stick)], capture_output=True
        ).returncode
    ):
        pytest.skip("a small file system cannot be mounted here")
    try:
        with pytest.raises(MediumFullError):
            write(stick)
        # Another program fills the medium after the check.
        monkeypatch.setattr(write_package, "_check_medium", lambda *_: None)
        with pytest.raises(MediumWriteError, match=r"剩余 \d+\.?\d* K?B"):
            write(stick)
        assert list(stick.iterdir()) == []
    finally:
        subprocess.run(["umount", str(stick)], check=True)


@pytest.mark.parametrize(
    "spoil",
    [lambda data: data[:-1], lambda data: data + b"x", lambda data: b"x" + data[1:], lambda _: b""],
    ids=["shorter", "longer", "changed", "gone"],
)
@pytest.mark.parametrize(("place", "name"), [(2, "证据"), (0, "记录")])
def test_source_object_that_changed_stops_and_is_named(tmp_path, spoil, place, name):
    info = make_manifest().objects[place]

    def open_object(digest):
        data = b"".join(contents_of()(digest))
        return iter([spoil(data) if digest == info.hash else data])

    with pytest.raises(SourceChangedError, match=name) as changed:
        write_plan(tmp_path, plan_of(), open_object)

    assert changed.value.object == info
    assert info.hash[:12] in changed.value.problem
    assert list(tmp_path.iterdir()) == []


def test_failure_of_the_object_store_is_not_blamed_on_the_medium(tmp_path):
    def open_object(digest):
        raise FileNotFoundError(errno.ENOENT, "lost")

    with pytest.raises(FileNotFoundError):
        write_plan(tmp_path, plan_of(), open_object)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part_done", [0.0, 0.2, 0.45, 0.9])
def test_cancelling_leaves_nothing_behind(tmp_path, part_done):
    def cancel(done, total):
        if done >= part_done * total:
            raise CancelledError

    with pytest.raises(CancelledError):
        write(tmp_path, report_progress=cancel)

    assert list(tmp_path.iterdir()) == []


def test_failures_of_media_are_told_in_the_users_words():
    assert issubclass(MediumError, UserError)
