"""Killing the program at any moment: nothing acknowledged is lost, nothing half done counts, and work goes on."""

import hashlib
import json
import shutil
from dataclasses import replace

import pytest

from desktop.exchange.manifest_reader import decode_manifest
from desktop.services.packages.continue_export import continue_export, find_unfinished
from desktop.services.packages.export_package import export_results
from desktop.services.packages.keep_volumes import prove_volume
from desktop.services.packages.merge_packages import Outcome, merge_packages
from desktop.services.records.visit_values import read_visit
from desktop.services.upkeep.restore_workspace import BackupDamagedError, restore_workspace
from desktop.services.upkeep.verify_package import verify_package
from desktop.services.workspace.describe_workspace import state_digest
from desktop.services.workspace.open_workspace import open_workspace
from desktop.services.workspace.workspace import unreported
from desktop.storage.backups import verify_backup
from desktop.storage.database import SCHEMA_VERSION
from desktop.storage.packages import packages as package_rows
from desktop.storage.records import all_rows, find_row
from desktop.storage.volume_table import volumes_of
from tests.services.old_versions import folded_rows, make_version_1
from tests.services.worlds import FAST, PASSPHRASE, Clock, World, rows
from tests.torture import deeds
from tests.torture.counts import KILLS, SESSION_KILLS, share_name, shares
from tests.torture.killing import Stage, assert_sound, kills
from tests.torture.session import inspect, shown

in_shares = pytest.mark.parametrize("numbers", shares(KILLS, 20), ids=share_name)
CUT_SHORT_AT_LEAST = 0.5
"""Of the kills, so that a machine that works faster than it was timed does not make the test worthless."""


@pytest.fixture
def stage(theatre, tmp_path):
    def set_up(deed, node, sources=()):
        return Stage(deed, theatre.folder / node, sources, theatre.clock.now_ms, tmp_path, theatre.visits[0])

    return set_up


@pytest.fixture
def tell(record_property):
    """Put the figures of a share into the table of faults."""

    def told(numbers, cut_short):
        record_property("tries", len(numbers))
        record_property("killed at work", cut_short)
        assert cut_short >= CUT_SHORT_AT_LEAST * len(numbers)

    return told


@in_shares
def test_a_recorded_visit_survives_a_kill_and_a_half_recorded_one_is_not_there(
    stage, numbers, visit_files, tell
):
    cut_short = 0
    expected = {path.name: json.loads(path.read_text("utf-8")) for path in visit_files}
    folder = visit_files[0].parent

    for killed in kills(stage(deeds.record, "anna", visit_files), numbers, KILLS):
        with killed.place.opened() as anna:
            assert_sound(anna)
            for name, visit_id, evidence in killed.said:
                assert_recorded(anna, visit_id, expected[name])
                assert_evidence(anna, evidence, [folder / row["path"] for row in expected[name]["evidence"]])
            visits = [row["id"] for row in rows(anna, "visits") if row["status"] == "已提交"]
            assert len(visits) - 3 in (len(killed.said), len(killed.said) + 1)
            for visit_id in visits:
                assert len(read_visit(anna.db, visit_id).answers) == 2
            assert len(all_rows(anna.db, "evidence")) == len(visits)
        cut_short += killed.is_cut_short

    tell(numbers, cut_short)


@pytest.mark.parametrize("numbers", shares(SESSION_KILLS, 20), ids=share_name)
def test_a_session_on_site_opens_after_a_kill_as_it_was_said_to_be_saved(
    stage, numbers, photo_files, theatre, tell
):
    cut_short = 0
    session = replace(stage(inspect, "anna", photo_files[:4]), visit=theatre.visits[2])
    _place, whole, _seconds = session.undisturbed("whole")
    steps = [step.shown.without_chance for step in whole]

    for killed in kills(session, numbers, SESSION_KILLS):
        with killed.place.opened() as anna:
            assert_sound(anna)
            state = shown(anna)
        # What was done may not have been said yet: one step, and no more.
        done = len(killed.said)
        assert state.without_chance in steps[max(done - 1, 0) : done + 1]
        if done and state.without_chance == steps[done - 1]:
            assert state == killed.said[-1].shown
        cut_short += killed.is_cut_short

    tell(numbers, cut_short)


@in_shares
def test_attached_evidence_survives_a_kill_byte_for_byte(stage, numbers, photo_files, tell):
    cut_short = 0
    files = {path.name: path for path in photo_files}

    for killed in kills(stage(deeds.attach, "anna", photo_files), numbers, KILLS):
        with killed.place.opened() as anna:
            assert_sound(anna)
            for name, evidence in killed.said:
                assert_evidence(anna, [evidence], [files[name]])
            count = len(all_rows(anna.db, "evidence")) - 3
            assert count in (len(killed.said), len(killed.said) + 1)
            again = deeds.attach_evidence(anna, killed.place.visit, list(photo_files))
            assert_evidence(anna, again, photo_files)
            # What was left without a row is adopted by the next intake of the same file.
            assert assert_sound(anna).is_sound
        cut_short += killed.is_cut_short

    tell(numbers, cut_short)


@in_shares
def test_a_killed_export_leaves_no_half_package_that_is_called_one(stage, numbers, theatre, tell):
    cut_short = 0
    export = stage(deeds.export, "anna")
    office = stage(deeds.merge, "office")
    place, said, _seconds = export.undisturbed()
    expected = digest_after(office.place("expected"), [place.target / said[0][0]])

    for number, killed in zip(numbers, kills(export, numbers, KILLS), strict=True):
        with killed.place.opened() as anna:
            assert_sound(anna)
            written = {row.file_name: row.file_sha256 for row in package_rows(anna.db, "out")}
            for name, digest in killed.said:
                assert written[name] == digest
            new = [path for path in killed.place.target.iterdir() if path.suffix != ".part"]
            called_exported = [path for path in new if path.name in written]
            assert {name for name, _digest in killed.said} <= {path.name for path in called_exported}
            file = called_exported[0] if called_exported else export_results(anna, killed.place.target).path
        with theatre.opened("office", read_only=True) as reader:
            # A file that has its name is whole, whether or not anybody was told.
            for path in new:
                assert verify_package(reader, path).is_sound
        assert digest_after(office.place(f"office-{number}"), [file]) == expected
        cut_short += killed.is_cut_short

    tell(numbers, cut_short)


@in_shares
def test_a_killed_export_of_volumes_is_continued_to_a_package_that_merges(stage, numbers, theatre, tell):
    cut_short = 0
    export = stage(deeds.export_volumes, "anna")
    office = stage(deeds.merge, "office")
    place, said, _seconds = export.undisturbed()
    assert len(said[0]) > 2
    expected = digest_after(office.place("expected"), sorted(place.target.glob("*.mcp")))

    for number, killed in zip(numbers, kills(export, numbers, KILLS), strict=True):
        target = killed.place.target
        with killed.place.opened() as anna:
            assert_sound(anna)
            begun = find_unfinished(anna, anna.office)
            last = max(package_rows(anna.db, "out"), key=lambda row: row.seq)
            whole = last.is_whole and decode_manifest(last.manifest).volumes > 2
            assert whole or not killed.said
            with theatre.opened("office", read_only=True) as reader:
                # The newest package may be one from before, on another stick.
                noted = last.manifest_sha256 if begun or whole else ""
                for row in volumes_of(anna.db, noted, "written"):
                    assert prove_volume(reader, target / row.file_name, unreported).number == row.number
            if begun:
                continue_export(anna, target)
            elif not whole:
                export_results(anna, target, with_all_objects=True, volume_bytes=deeds.VOLUME_BYTES)
        files = sorted(target.glob("*of*.mcp"))
        assert digest_after(office.place(f"office-{number}"), files) == expected
        cut_short += killed.is_cut_short

    tell(numbers, cut_short)


@in_shares
def test_a_killed_merge_goes_on_to_the_same_digest(stage, numbers, packages, tell):
    cut_short = 0
    merge = stage(deeds.merge, "office", packages)
    place, said, _seconds = merge.undisturbed()
    assert [outcome for _name, outcome in said] == [Outcome.APPLIED] * len(packages)
    with place.opened() as office:
        expected = state_digest(office)

    for killed in kills(merge, numbers, KILLS):
        with killed.place.opened() as office:
            assert_sound(office)
            applied = [row.file_name for row in package_rows(office.db, "in")]
            assert len(applied) in (len(killed.said), len(killed.said) + 1)
            assert {name for name, _outcome in killed.said} <= set(applied)
            # Everything that is there is there with its evidence.
            assert [
                row for row in rows(office, "evidence") if b"".join(office.objects.open(row["sha256"])) == b""
            ] == []
            assert merge_packages(office, packages).is_complete
            assert state_digest(office) == expected
            # The objects that the killed merge left were taken over.
            assert assert_sound(office).is_sound
        cut_short += killed.is_cut_short

    tell(numbers, cut_short)


@in_shares
def test_a_killed_upgrade_is_done_by_the_next_opening(stage, numbers, theatre, tmp_path, tell):
    cut_short = 0
    older = World(tmp_path, Clock(theatre.clock.now_ms))
    shutil.copytree(theatre.folder / "anna", tmp_path / "older")
    with older.opened("older") as anna:
        expected = folded_rows(anna)
        make_version_1(anna)
    upgrade = replace(stage(deeds.upgrade, "anna"), node=tmp_path / "older")

    for killed in kills(upgrade, numbers, KILLS):
        kept = killed.place.node / "backups" / "before-upgrade-from-1.db"
        if killed.said:
            assert kept.exists()
        with killed.place.opened() as anna:
            assert anna.db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
            assert folded_rows(anna) == expected
            assert assert_sound(anna).is_sound
            verify_backup(kept, anna.keys.database_key())
        cut_short += killed.is_cut_short

    tell(numbers, cut_short)


@in_shares
def test_a_killed_backup_is_no_backup_or_a_whole_one(stage, numbers, tmp_path, tell):
    cut_short = 0

    for number, killed in zip(numbers, kills(stage(deeds.back_up, "anna"), numbers, KILLS), strict=True):
        with killed.place.opened() as anna:
            assert_sound(anna)
            digest = state_digest(anna)
        for folder in killed.place.target.iterdir():
            restored = tmp_path / f"restored-{number}"
            if killed.said or (folder / "backup.json").exists():
                with restore_workspace(folder, restored, PASSPHRASE, cost=FAST) as workspace:
                    assert state_digest(workspace) == digest
                    assert_sound(workspace)
            else:
                with pytest.raises(BackupDamagedError):
                    restore_workspace(folder, restored, PASSPHRASE, cost=FAST)
        cut_short += killed.is_cut_short

    tell(numbers, cut_short)


def assert_recorded(workspace, visit_id, expected):
    found = read_visit(workspace.db, visit_id)
    assert found.text("status") == "已提交"
    assert found.answers[1]["facts"] == expected["answers"][0]["facts"]


def assert_evidence(workspace, evidence, sources):
    for evidence_id, source in zip(evidence, sources, strict=True):
        sha256 = str(find_row(workspace.db, "evidence", evidence_id)["sha256"])
        data = b"".join(workspace.objects.open(sha256))
        assert data == source.read_bytes()
        assert hashlib.sha256(data).hexdigest() == sha256


def digest_after(place, files):
    """The digest of an office after it has merged these files."""
    with open_workspace(place.node, PASSPHRASE, clock_ms=deeds.Clock(place.now_ms)) as office:
        assert merge_packages(office, files).is_complete
        return state_digest(office)
