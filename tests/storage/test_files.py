import hashlib
import os

import pytest

from desktop.storage.files import BLOCK_BYTES, copy_file, file_sha256, sync_folder, write_file


def test_a_file_is_replaced_in_one_piece(tmp_path):
    path = tmp_path / "a.json"
    write_file(path, b"old")

    write_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    write_file(path, b"old")

    def fail(_descriptor):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        write_file(path, b"new")

    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("size", [0, 1, BLOCK_BYTES, 2 * BLOCK_BYTES + 7])
def test_a_copy_is_complete_and_its_hash_is_that_of_the_source(tmp_path, size):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(bytes(range(251)) * (size // 251) + bytes(size % 251))

    digest = copy_file(source, target)

    assert target.read_bytes() == source.read_bytes()
    assert digest == file_sha256(source) == hashlib.sha256(source.read_bytes()).hexdigest()
    assert not (tmp_path / "target.part").exists()


def test_windows_needs_no_sync_of_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.storage.files.os.name", "nt")

    sync_folder(tmp_path / "not even there")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_what_is_written_is_for_its_owner_alone_even_beside_a_leftover(tmp_path):
    source, copied, written = (tmp_path / name for name in ("source", "copied", "written"))
    source.write_bytes(b"content")
    for target in (copied, written):
        target.with_name(target.name + ".part").touch(0o644)

    copy_file(source, copied)
    write_file(written, b"content")

    assert [target.stat().st_mode & 0o777 for target in (copied, written)] == [0o600, 0o600]
