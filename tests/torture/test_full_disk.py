"""A disk that is full: the message says what is needed and what is free, nothing is half done, and work goes on."""

import os
import re
import subprocess
from contextlib import contextmanager

import pytest

from desktop.errors import UserError
from desktop.exchange import medium
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.packages.export_package import export_results
from desktop.services.packages.merge_packages import Outcome, merge_packages
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from desktop.services.workspace.describe_workspace import state_digest
from desktop.storage import intake
from desktop.storage.backups import LAST_BACKUP
from desktop.storage.records import all_rows
from desktop.storage.settings_table import write_setting
from tests.services.worlds import Clock, World, rows
from tests.torture.killing import assert_sound
from tests.torture.pictures import photo

DISK_BYTES = 96 << 20
SIZES = re.compile(r"\d+(\.\d+)? ?[KMG]?B.*\d+(\.\d+)? ?[KMG]?B", re.DOTALL)


@pytest.fixture
def disk(tmp_path):
    """A small real disk, mounted for this test."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("not run: mounting a small disk needs root and a system that allows it")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def filled(disk, left):
    """Fill the disk up to ``left`` bytes."""
    ballast = disk / "ballast"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free - left)
    yield
    ballast.unlink()


@pytest.fixture
def on_disk(theatre, disk):
    """Open a copy of a workspace that lies on the small disk."""
    opened = []

    def put(name):
        source = World(theatre.folder, Clock(theatre.clock.now_ms))
        subprocess.run(["cp", "-r", str(source.folder / name), str(disk / name)], check=True)
        workspace = World(disk, Clock(theatre.clock.now_ms)).opened(name)
        opened.append(workspace)
        return workspace

    yield put
    for workspace in opened:
        workspace.close()


def without_reserve(monkeypatch):
    """Let intake begin on a disk that is too full for it, as where somebody else fills it meanwhile."""
    monkeypatch.setattr(intake, "_check_room", lambda *_args: None)


def names_sizes(error):
    return bool(SIZES.search(error.problem))


@pytest.mark.parametrize("is_noticed_late", [False, True])
def test_attaching_to_a_full_disk(theatre, disk, on_disk, photo_files, monkeypatch, is_noticed_late):
    anna = on_disk("anna")
    large = theatre.folder / "large.jpg"
    large.write_bytes(photo(7, 1200))
    if is_noticed_late:
        without_reserve(monkeypatch)
    before = all_rows(anna.db, "evidence")

    with filled(disk, 300_000), pytest.raises(UserError) as error:
        attach_evidence(anna, theatre.visits[0], [large])

    assert names_sizes(error.value), error.value
    assert all_rows(anna.db, "evidence") == before
    assert list((anna.folder / "tmp").iterdir()) == []
    assert assert_sound(anna).is_sound
    monkeypatch.undo()
    (evidence,) = attach_evidence(anna, theatre.visits[0], photo_files[:1])
    assert evidence in {row["id"] for row in all_rows(anna.db, "evidence")}


@pytest.mark.parametrize("is_noticed_late", [False, True])
def test_exporting_to_a_full_medium(theatre, disk, monkeypatch, is_noticed_late):
    if is_noticed_late:
        monkeypatch.setattr(medium, "free_space", lambda _folder: 1 << 40)
    with theatre.copy_of("anna", f"full-medium-{is_noticed_late}") as anna:
        packages = rows(anna, "packages")
        with filled(disk, 100_000), pytest.raises(UserError) as error:
            export_results(anna, disk)

        assert names_sizes(error.value), error.value
        assert list(disk.iterdir()) == []
        assert rows(anna, "packages") == packages
        assert assert_sound(anna).is_sound
        monkeypatch.undo()
        exported = export_results(anna, disk)
        assert [path.name for path in disk.iterdir()] == [exported.path.name]


def test_merging_into_a_full_workspace(theatre, disk, on_disk, packages):
    office = on_disk("office")
    # The backup of this hour has been made; what fills up is the disk under the merge itself.
    with office.db.atomic():
        write_setting(office.db, LAST_BACKUP, office.clock_ms())
    expected = _merged_elsewhere(theatre, packages)
    before = state_digest(office)
    applied = 0

    for left in (20_000, 120_000, 300_000, 600_000):
        with filled(disk, left):
            results = merge_packages(office, packages).files
            assert {result.outcome for result in results} <= {
                Outcome.APPLIED,
                Outcome.FAILED,
                Outcome.KNOWN,
                Outcome.QUARANTINED,
            }
            for result in results:
                if result.outcome is Outcome.FAILED:
                    assert result.problem
        if not applied and all(result.outcome is not Outcome.APPLIED for result in results):
            assert state_digest(office) == before
        applied += sum(result.outcome is Outcome.APPLIED for result in results)
        assert_sound(office)

    assert merge_packages(office, packages).is_complete
    assert state_digest(office) == expected
    assert_sound(office)


def test_backing_up_before_a_merge_on_a_full_disk(disk, on_disk, packages):
    office = on_disk("office")
    before = state_digest(office)

    with filled(disk, 300_000), pytest.raises(UserError) as error:
        merge_packages(office, packages)

    assert names_sizes(error.value), error.value
    assert state_digest(office) == before
    assert list((office.folder / "backups").iterdir()) == []
    assert merge_packages(office, packages).is_complete


def test_backing_up_to_a_full_disk(theatre, disk):
    with theatre.copy_of("anna", "full-backup") as anna:
        with filled(disk, 300_000), pytest.raises(UserError) as error:
            back_up_workspace(anna, disk)

        assert names_sizes(error.value), error.value
        assert not list(disk.rglob("backup.json"))
        anna.clock_ms.go_on(2000)
        assert (back_up_workspace(anna, disk).folder / "backup.json").is_file()


@pytest.mark.parametrize("pages", [0, 1, 2, 5, 10])
def test_merging_into_a_database_that_cannot_grow(theatre, packages, pages):
    with theatre.copy_of("office", f"small-database-{pages}") as office:
        with office.db.atomic():
            write_setting(office.db, LAST_BACKUP, office.clock_ms())
        before = state_digest(office)
        used = office.db.execute("PRAGMA page_count").fetchone()[0]
        office.db.execute(f"PRAGMA max_page_count = {used + pages}")
        results = merge_packages(office, packages).files
        assert {result.outcome for result in results} & {Outcome.FAILED}
        if all(result.outcome is Outcome.FAILED for result in results):
            assert state_digest(office) == before
        assert_sound(office)

        office.db.execute("PRAGMA max_page_count = 1000000")
        assert merge_packages(office, packages).is_complete
        assert state_digest(office) == _merged_elsewhere(theatre, packages)
        assert assert_sound(office).is_sound


def _merged_elsewhere(theatre, packages):
    name = f"elsewhere-{len(list(theatre.folder.iterdir()))}"
    with theatre.copy_of("office", name) as office:
        assert merge_packages(office, packages).is_complete
        return state_digest(office)
