"""A disk that cannot keep what it took (fsync says EIO): whoever asked is told, and nothing counts as saved."""

import errno
import os
import stat

import pytest

from desktop.errors import UserError
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.packages.export_package import export_results
from desktop.services.packages.merge_packages import Outcome, merge_packages
from desktop.services.setup.add_person import add_person
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from desktop.services.workspace.describe_workspace import state_digest
from desktop.storage.records import all_rows
from tests.services.worlds import FAST, rows
from tests.torture.killing import assert_sound


@pytest.fixture
def broken_disk(monkeypatch):
    """Let fsync fail, for files or for folders; ``repair`` ends it."""
    fsync = os.fsync

    def break_disk(is_folder):
        def fail(descriptor):
            if stat.S_ISDIR(os.fstat(descriptor).st_mode) == is_folder:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            fsync(descriptor)

        monkeypatch.setattr(os, "fsync", fail)

    return break_disk


@pytest.fixture(params=[False, True], ids=["file", "folder"])
def is_folder(request):
    return request.param


@pytest.fixture
def anna(theatre, tmp_path):
    with theatre.copy_of("anna", f"fsync-{tmp_path.name}") as anna:
        yield anna


def test_evidence_is_not_taken_in(anna, theatre, photo_files, broken_disk, is_folder, monkeypatch):
    before = all_rows(anna.db, "evidence")
    broken_disk(is_folder)

    with pytest.raises(UserError):
        attach_evidence(anna, theatre.visits[0], photo_files[:1])

    monkeypatch.undo()
    assert all_rows(anna.db, "evidence") == before
    assert list((anna.folder / "tmp").iterdir()) == []
    attach_evidence(anna, theatre.visits[0], photo_files[:1])
    assert assert_sound(anna).is_sound


def test_a_package_is_not_called_exported(anna, tmp_path, broken_disk, is_folder, monkeypatch):
    packages = rows(anna, "packages")
    stick = tmp_path / "stick"
    stick.mkdir()
    broken_disk(is_folder)

    with pytest.raises(UserError):
        export_results(anna, stick)

    monkeypatch.undo()
    assert list(stick.iterdir()) == []
    assert rows(anna, "packages") == packages
    assert export_results(anna, stick).path.is_file()


def test_a_package_with_evidence_is_not_applied(
    theatre, packages, tmp_path, broken_disk, is_folder, monkeypatch
):
    with theatre.copy_of("office", f"fsync-{tmp_path.name}") as office:
        merge_packages(office, [])
        before = state_digest(office)
        broken_disk(is_folder)

        (result,) = merge_packages(office, packages[:1]).files

        monkeypatch.undo()
        assert (result.outcome, bool(result.problem)) == (Outcome.FAILED, True)
        assert state_digest(office) == before
        assert list((office.folder / "tmp").iterdir()) == []
        assert merge_packages(office, packages[:1]).is_complete
        assert assert_sound(office).is_sound


def test_a_backup_is_not_called_one(anna, tmp_path, broken_disk, is_folder, monkeypatch):
    disk = tmp_path / "disk"
    disk.mkdir()
    broken_disk(is_folder)

    with pytest.raises(UserError):
        back_up_workspace(anna, disk)

    monkeypatch.undo()
    assert list(disk.iterdir()) == []


def test_a_new_pass_phrase_is_not_called_set(anna, theatre, broken_disk, is_folder, monkeypatch):
    slots = (anna.folder / "keyslots.json").read_bytes()
    broken_disk(is_folder)

    logins = rows_of_logins(anna)
    with pytest.raises(OSError, match="Input/output"):
        add_person(anna, "王五", "another pass phrase", cost=FAST)

    monkeypatch.undo()
    assert_sound(anna)
    if not is_folder:
        assert (anna.folder / "keyslots.json").read_bytes() == slots
    assert rows_of_logins(anna) == logins
    # Whoever could open the workspace before still can.
    with theatre.opened(anna.folder.name, login="1", read_only=True) as reader:
        assert state_digest(reader) == state_digest(anna)


def rows_of_logins(workspace):
    return workspace.db.execute("SELECT login FROM login ORDER BY login").fetchall()
