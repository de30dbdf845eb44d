import errno
import hashlib
import os
import shutil
from pathlib import Path

import pytest

from desktop.exchange import medium
from desktop.exchange.medium import (
    FileExistsOnMediumError,
    MediumReadError,
    MediumWriteError,
    NewFile,
    ReadBackError,
    new_file,
    publish,
    readable_size,
)


def failing(code):
    def fail(*_):
        raise OSError(code, os.strerror(code))

    return fail


class FewBytesFile:
    """A file that takes few bytes at a time, as raw files may."""

    def __init__(self, limit):
        self.data = b""
        self._limit = limit

    def write(self, view):
        taken = bytes(view[: min(3, self._limit - len(self.data))])
        self.data += taken
        return len(taken)


def test_write_takes_all_bytes_and_hashes_them(tmp_path):
    file = FewBytesFile(100)
    target = NewFile(file, tmp_path / "x", 10)

    assert target.write(b"0123456789") == 10
    assert file.data == b"0123456789"
    assert (target.size, target.hash) == (10, hashlib.sha256(b"0123456789").hexdigest())


def test_file_that_takes_no_more_bytes_is_an_error(tmp_path):
    target = NewFile(FewBytesFile(7), tmp_path / "x", 10)

    with pytest.raises(MediumWriteError, match=r"需要 10 B"):
        target.write(b"0123456789")


def test_new_file_is_never_put_over_another(tmp_path):
    path = tmp_path / "x.part"
    path.write_bytes(b"old")

    with pytest.raises(FileExistsOnMediumError, match=r"x\.part"), new_file(path, 1):
        pass

    assert path.read_bytes() == b"old"


def test_folder_that_is_gone_is_a_medium_that_was_pulled(tmp_path):
    with (
        pytest.raises(MediumWriteError, match="已被拔出（需要 1 B，剩余 0 B）"),
        new_file(tmp_path / "gone" / "x", 1),
    ):
        pass


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_failure_of_fsync_is_a_failure_of_writing(tmp_path, monkeypatch, code):
    monkeypatch.setattr(os, "fsync", failing(code))

    with pytest.raises(MediumWriteError), new_file(tmp_path / "x", 1) as file:
        file.finish()

    assert list(tmp_path.iterdir()) == []


def test_whatever_fails_while_writing_leaves_no_file(tmp_path):
    with pytest.raises(ZeroDivisionError), new_file(tmp_path / "x", 1):
        raise ZeroDivisionError

    assert list(tmp_path.iterdir()) == []


def test_published_file_has_its_name(tmp_path):
    (tmp_path / "x.part").write_bytes(b"new")

    publish(tmp_path / "x.part", tmp_path / "x", 3)

    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_publishing_never_replaces_anything(tmp_path, kind):
    part, path = tmp_path / "x.part", tmp_path / "x"
    part.write_bytes(b"new")
    {"file": path.touch, "folder": path.mkdir, "dangling link": lambda: path.symlink_to("nowhere")}[kind]()

    with pytest.raises(FileExistsOnMediumError):
        publish(part, path, 3)

    assert part.exists()
    assert os.path.lexists(path)


def test_failed_sync_of_the_folder_takes_the_file_back(tmp_path, monkeypatch):
    (tmp_path / "x.part").write_bytes(b"new")
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))

    with pytest.raises(MediumWriteError):
        publish(tmp_path / "x.part", tmp_path / "x", 3)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP])
def test_folders_that_cannot_be_synced_are_left_at_that(tmp_path, monkeypatch, code):
    (tmp_path / "x.part").write_bytes(b"new")
    monkeypatch.setattr(os, "fsync", failing(code))

    publish(tmp_path / "x.part", tmp_path / "x", 3)

    assert (tmp_path / "x").exists()


def test_systems_without_folder_sync_do_without(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "O_DIRECTORY")
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))

    medium.sync_folder(tmp_path)


def test_reading_back_tells_how_far_it_is(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(bytes(150_000))
    done = []

    medium.read_back(path, hashlib.sha256(bytes(150_000)).hexdigest(), 0, done.append)

    assert done == [1 << 16, 2 << 16, 150_000]


def test_reading_back_does_not_come_from_memory(tmp_path, monkeypatch):
    path = tmp_path / "x"
    path.write_bytes(b"x")
    advice = []
    monkeypatch.setattr(os, "posix_fadvise", lambda *arguments: advice.append(arguments[1:]))

    medium.read_back(path, hashlib.sha256(b"x").hexdigest(), 0, [].append)

    assert advice == [(0, 0, os.POSIX_FADV_DONTNEED)]


def test_systems_that_cannot_forget_read_back_all_the_same(tmp_path, monkeypatch):
    path = tmp_path / "x"
    path.write_bytes(b"x")
    monkeypatch.delattr(os, "posix_fadvise")

    with pytest.raises(ReadBackError):
        medium.read_back(path, hashlib.sha256(b"y").hexdigest(), 0, [].append)


def test_stick_pulled_while_reading_back_is_a_failure_of_writing(tmp_path):
    with pytest.raises(MediumWriteError, match="需要 5 B"):
        medium.read_back(tmp_path / "gone", "", 5, [].append)


def test_stick_pulled_while_looking_is_a_failure_of_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "is_file", failing(errno.EIO))

    with pytest.raises(MediumReadError):
        medium.is_file(tmp_path / "x")


def test_file_that_is_gone_cannot_be_read(tmp_path):
    with pytest.raises(MediumReadError, match=r"gone\.mcp"):
        list(medium.read_blocks(tmp_path / "gone.mcp"))
    with pytest.raises(MediumReadError):
        medium.file_size(tmp_path / "gone.mcp")


def test_removing_what_is_gone_is_no_error(tmp_path, monkeypatch):
    medium.remove(tmp_path / "gone")
    monkeypatch.setattr(os, "unlink", failing(errno.EIO))
    medium.remove(tmp_path)


def test_free_space_is_what_the_system_says(tmp_path):
    assert abs(medium.free_space(tmp_path) - shutil.disk_usage(tmp_path).free) < 1 << 30
    assert medium.free_space(tmp_path / "gone") == 0


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KB"),
        (1536, "1.5 KB"),
        (1 << 20, "1.0 MB"),
        (2**32 - 1, "4.0 GB"),
        (5 << 40, "5120.0 GB"),
    ],
)
def test_sizes_are_written_for_people(size, text):
    assert readable_size(size) == text
