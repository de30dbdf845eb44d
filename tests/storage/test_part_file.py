import errno

import pytest

from desktop.storage import part_file
from desktop.storage.part_file import PartFile, move_into_place

HELD = (5, 32, 33)


class HeldFile:
    """Stands in for a file that a virus scanner holds for the first few renames."""

    def __init__(self, path, times, winerror):
        self.path, self.left, self.winerror = path, times, winerror

    def rename_to(self, part, target):
        if self.left:
            self.left -= 1
            error = PermissionError(errno.EACCES, "held")
            error.winerror = self.winerror
            raise error
        part.rename(target)


@pytest.fixture
def part(tmp_path):
    part = PartFile(tmp_path)
    part.write(b"evidence")
    part.sync_and_close()
    return part.path


@pytest.mark.parametrize("winerror", HELD)
def test_a_file_held_by_a_virus_scanner_is_tried_again(part, tmp_path, monkeypatch, winerror):
    """Evidence catalogue 20."""
    held, pauses = HeldFile(part, 3, winerror), []
    monkeypatch.setattr(part_file, "_rename", held.rename_to)

    move_into_place(part, tmp_path / "object", pauses.append)

    assert (tmp_path / "object").read_bytes() == b"evidence"
    assert len(pauses) == 3


def test_a_file_that_stays_held_fails_cleanly_and_is_not_copied(part, tmp_path, monkeypatch):
    """Evidence catalogue 20."""
    held, pauses = HeldFile(part, 1000, 32), []
    monkeypatch.setattr(part_file, "_rename", held.rename_to)

    with pytest.raises(PermissionError):
        move_into_place(part, tmp_path / "object", pauses.append)

    assert sum(pauses) == pytest.approx(2.5)
    assert list(tmp_path.iterdir()) == [part]


def test_other_errors_are_not_tried_again(part, tmp_path, monkeypatch):
    held, pauses = HeldFile(part, 1, 112), []
    monkeypatch.setattr(part_file, "_rename", held.rename_to)

    with pytest.raises(PermissionError):
        move_into_place(part, tmp_path / "object", pauses.append)

    assert pauses == []


@pytest.mark.parametrize("has_links", [True, False])
def test_what_is_there_is_never_replaced(part, tmp_path, monkeypatch, has_links):
    target = tmp_path / "object"
    target.write_bytes(b"first")
    if not has_links:
        monkeypatch.setattr(part_file.os, "link", refuse_link)

    with pytest.raises(FileExistsError):
        move_into_place(part, target)

    assert target.read_bytes() == b"first"
    assert part.exists()


def refuse_link(part, target):
    raise OSError(errno.EPERM, "no hard links here")


def test_windows_renames_refuse_to_replace_by_themselves(part, tmp_path, monkeypatch):
    monkeypatch.setattr(part_file.os, "name", "nt")
    monkeypatch.setattr(part_file, "sync_folder", lambda _folder: None)

    part_file._rename(part, type(part)(tmp_path / "object"))

    assert (tmp_path / "object").exists()


def test_a_part_has_a_name_of_its_own(tmp_path):
    first, second = PartFile(tmp_path), PartFile(tmp_path)

    assert first.path != second.path
    assert first.path.stat().st_mode & 0o077 == 0
    first.discard()
    second.discard()


def test_a_closed_part_takes_nothing(tmp_path):
    part = PartFile(tmp_path)
    part.sync_and_close()

    with pytest.raises(ValueError, match="closed"):
        part.write(b"more")
    with pytest.raises(ValueError, match="closed"):
        part.sync_and_close()
