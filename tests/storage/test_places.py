import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.errors import UserError
from desktop.storage.places import check_local, file_system_of, is_removable

MOUNTS = """\
/dev/sda2 / ext4 rw 0 0
proc /proc proc rw 0 0
//server/share /mnt/share cifs rw 0 0
server:/home /net nfs4 rw 0 0
/dev/sdb1 /media/user/USB\\040STICK vfat rw 0 0
half a
"""


@pytest.fixture
def mounts(tmp_path):
    path = tmp_path / "mounts"
    path.write_text(MOUNTS)
    return path


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/user/office", "ext4"),
        ("/", "ext4"),
        ("/mnt/share", "cifs"),
        ("/mnt/share/deep/inside", "cifs"),
        ("/mnt/sharebait", "ext4"),
        ("/net/home", "nfs4"),
        ("/media/user/USB STICK/office", "vfat"),
    ],
)
def test_the_innermost_mount_tells_the_file_system(mounts, path, kind):
    assert file_system_of(Path(path), mounts) == kind


def test_a_system_that_does_not_tell_forbids_nothing(tmp_path):
    assert file_system_of(Path("/home"), tmp_path / "nowhere") == ""
    assert not is_removable(Path("/home"), tmp_path / "nowhere", tmp_path)


@pytest.mark.parametrize(("says", "removable"), [("1\n", True), ("0\n", False)])
def test_a_disk_is_removable_when_the_system_says_so_of_it_or_of_its_whole(tmp_path, mounts, says, removable):
    blocks = tmp_path / "blocks"
    disk = tmp_path / "devices" / "sdb"
    (disk / "sdb1").mkdir(parents=True)
    blocks.mkdir()
    (blocks / "sdb1").symlink_to(disk / "sdb1")
    (disk / "removable").write_text(says)

    assert is_removable(Path("/media/user/USB STICK/office"), mounts, blocks) is removable
    assert not is_removable(Path("/home"), mounts, blocks)


def test_a_workspace_may_lie_on_a_disk_of_this_computer(tmp_path):
    check_local(tmp_path, is_portable=False)


@pytest.mark.parametrize("kind", ["cifs", "nfs", "smb3", "fuse.sshfs", "9p"])
def test_a_network_share_is_refused_also_for_a_portable_workspace(tmp_path, monkeypatch, kind):
    monkeypatch.setattr("desktop.storage.places.file_system_of", lambda _path: kind)

    for is_portable in (False, True):
        with pytest.raises(UserError, match="网络共享"):
            check_local(tmp_path, is_portable=is_portable)


def test_a_link_to_a_share_is_seen_through(tmp_path, monkeypatch):
    share = tmp_path / "share"
    share.mkdir()
    (tmp_path / "link").symlink_to(share)
    monkeypatch.setattr(
        "desktop.storage.places.file_system_of", lambda path: "cifs" if path == share.resolve() else "ext4"
    )

    with pytest.raises(UserError, match="网络共享"):
        check_local(tmp_path / "link", is_portable=False)


def test_a_windows_share_is_known_by_its_name(monkeypatch):
    monkeypatch.setattr("desktop.storage.places.os.path.realpath", lambda _path: "\\\\server\\share\\office")

    with pytest.raises(UserError, match="网络共享"):
        check_local(Path("office"), is_portable=True)


def test_a_removable_disk_is_for_portable_workspaces_only(tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.storage.places.is_removable", lambda _path: True)

    with pytest.raises(UserError, match="移动存储"):
        check_local(tmp_path, is_portable=False)
    check_local(tmp_path, is_portable=True)


@pytest.mark.parametrize(("kind", "removable"), [(2, True), (3, False), (4, False)])
def test_windows_is_asked_for_the_kind_of_the_drive(monkeypatch, kind, removable):
    asked = []

    def drive_type(anchor):
        asked.append(anchor)
        return kind

    windll = SimpleNamespace(kernel32=SimpleNamespace(GetDriveTypeW=drive_type))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", windll, raising=False)

    assert is_removable(Path("/office")) is removable
    assert asked == ["/"]
