import os

import pytest

from desktop.errors import UserError
from desktop.services.evidence import watch_folder as module
from desktop.services.evidence.collect_evidence import FROM_DEVICE, FROM_SCANNER
from desktop.services.evidence.watch_folder import (
    Look,
    WatchedFolder,
    WatchKind,
    choose_watched_folder,
    look_at,
    watched_folder,
)
from desktop.storage.settings_table import write_setting


@pytest.fixture
def camera(tmp_path):
    (tmp_path / "DCIM" / "100CANON").mkdir(parents=True)
    return WatchedFolder(tmp_path / "DCIM", WatchKind.CAMERA)


def names(look):
    return sorted(os.path.basename(path) for path, _size, _time in look.files)  # noqa: PTH119  a text


def test_photos_and_films_below_the_folder_are_seen_and_nothing_else(camera):
    for name in ("100CANON/a.JPG", "b.mp4", "c.txt", ".d.jpg", "scan.pdf"):
        (camera.folder / name).write_bytes(b"x")
    scanner = WatchedFolder(camera.folder, WatchKind.SCANNER)

    assert names(look_at(camera)) == ["a.JPG", "b.mp4"]
    assert names(look_at(scanner)) == ["a.JPG", "scan.pdf"]
    assert (camera.capture_mode, scanner.capture_mode) == (FROM_DEVICE, FROM_SCANNER)


def test_a_file_counts_when_it_has_stopped_growing(camera):
    photo = camera.folder / "a.jpg"
    photo.write_bytes(b"")
    empty = look_at(camera)
    photo.write_bytes(b"half")
    half = look_at(camera)
    photo.write_bytes(b"half and half")
    whole, again = look_at(camera), look_at(camera)
    nothing = frozenset()

    assert empty.settled(empty, nothing) == ()
    assert half.settled(empty, nothing) == ()
    assert whole.settled(half, nothing) == ()
    assert len(again.settled(whole, nothing)) == 1
    assert again.settled(whole, again.files) == ()


def test_a_file_that_is_written_anew_is_another_one(camera):
    photo = camera.folder / "scan.jpg"
    photo.write_bytes(b"first")
    known = look_at(camera).files
    photo.write_bytes(b"second one")
    now = look_at(camera)

    assert len(now.settled(now, known)) == 1


def test_the_oldest_photo_comes_first():
    look = Look(frozenset({("b", 1, 10), ("a", 1, 20), ("c", 1, 5)}))

    assert [path for path, _size, _time in look.settled(look, frozenset())] == ["c", "b", "a"]


@pytest.mark.parametrize("name", ["gone", "a\0b"])
def test_a_folder_that_is_gone_is_said(tmp_path, name):
    with pytest.raises(UserError) as refused:
        look_at(WatchedFolder(tmp_path / name, WatchKind.CAMERA))

    assert refused.value.advice


def test_a_file_that_goes_while_it_is_looked_at_is_left_out(camera, monkeypatch):
    (camera.folder / "a.jpg").write_bytes(b"x")
    monkeypatch.setattr(module.os, "lstat", lambda _path: (_ for _ in ()).throw(FileNotFoundError()))

    assert look_at(camera).files == frozenset()


def test_no_more_files_are_looked_at_than_a_card_can_hold(camera, monkeypatch):
    monkeypatch.setattr(module, "MOST_LOOKED_AT", 1)
    for name in ("a.jpg", "b.jpg"):
        (camera.folder / name).write_bytes(b"x")

    assert look_at(camera).files == frozenset()


def test_the_folder_is_remembered_on_this_computer(world, camera):
    assert watched_folder(world.anna) is None
    choose_watched_folder(world.anna, camera)
    assert watched_folder(world.anna) == camera
    choose_watched_folder(world.anna, None)
    assert watched_folder(world.anna) is None
    with world.anna.db.atomic():
        write_setting(world.anna.db, "watched_folder", {"folder": "x", "kind": "of a newer version"})

    assert watched_folder(world.anna) is None
