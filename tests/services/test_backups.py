import json
import os
import shutil

import pytest

from desktop.errors import UserError
from desktop.keys.keyslot_errors import LoginUnknownError
from desktop.keys.passphrase import WrongPassphraseError
from desktop.keys.recovery import WrongRecoveryKeyError
from desktop.keys.sealing import new_identity
from desktop.services.evidence.export_original import export_original
from desktop.services.missions.plan_mission import drafted_objects
from desktop.services.setup.add_person import add_person
from desktop.services.setup.create_workspace import create_office
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from desktop.services.upkeep.list_backups import back_up_now
from desktop.services.upkeep.restore_workspace import BackupDamagedError, restore_workspace
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.visits.save_findings import save_findings
from desktop.services.workspace.describe_workspace import describe_workspace, state_digest
from desktop.services.workspace.open_workspace import open_workspace
from desktop.storage.backups import BackupFailedError
from desktop.storage.drafts import all_drafts
from tests.services.old_versions import folded_rows, make_version_1
from tests.services.worlds import FAST, PASSPHRASE, events, rows


@pytest.fixture
def backup(world):
    """A backup of anna's laptop, with one piece of evidence and a draft."""
    world.file("a.txt", b"photo bytes")
    world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt"}])
    target = world.folder / "backups"
    target.mkdir()
    seen = []
    written = back_up_workspace(world.anna, target, lambda *step: seen.append(step))
    assert seen == [(1, 1)]
    return written.folder


def restore(world, backup, passphrase=PASSPHRASE, folder="restored", **options):
    return restore_workspace(
        backup, world.folder / folder, passphrase, cost=FAST, clock_ms=world.clock, **options
    )


def test_a_backup_lists_every_file_with_its_hash(world, backup):
    manifest = json.loads((backup / "backup.json").read_bytes())

    assert manifest["node"] == world.anna.node
    listed = {each["path"] for each in manifest["files"]}
    found = {path.relative_to(backup).as_posix() for path in backup.rglob("*") if path.is_file()}
    assert found == listed | {"backup.json"}
    assert events(world.anna)[-1] == "backed_up"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_backup_workspace_and_originals_are_for_their_owner_alone(world, backup, tmp_path):
    evidence = rows(world.anna, "evidence")[0]["id"]
    export_original(world.anna, evidence, world.folder / "original.txt")
    made = create_office(tmp_path / "new", "督查室", "张三", PASSPHRASE, cost=FAST, clock_ms=world.clock)

    with made.workspace, restore(world, backup) as restored:
        folders = (backup, restored.folder, made.workspace.folder)
        found = [*folders, *(inner for folder in folders for inner in folder.rglob("*"))]
        found.append(world.folder / "original.txt")
        open_to_others = [path for path in found if path.stat().st_mode & 0o077]

    assert len(found) > 20
    assert open_to_others == []


def test_a_backup_of_the_first_version_is_restored_and_brought_up_to_date(world):
    before = folded_rows(world.anna)
    make_version_1(world.anna)
    made = back_up_workspace(world.anna, world.stick)

    with restore(world, made.folder) as restored:
        assert folded_rows(restored) == before


def test_a_restored_workspace_holds_what_was_backed_up_in_a_new_stream(world, backup):
    digest, evidence = state_digest(world.anna), rows(world.anna, "evidence")

    with restore(world, backup) as restored:
        assert (restored.node, state_digest(restored)) == (world.anna.node, digest)
        assert rows(restored, "evidence") == evidence
        assert b"".join(restored.objects.open(evidence[0]["sha256"])) == b"photo bytes"
        assert len(rows(restored, "log")) == 1
        assert events(restored) == ["restored"]
        assert verify_workspace(restored).is_sound
    with open_workspace(world.folder / "restored", PASSPHRASE, clock_ms=world.clock) as opened:
        assert opened.node == world.anna.node


def test_the_medium_is_enough_where_one_backup_lies_on_it(world, backup):
    with restore(world, backup.parent) as restored:
        assert describe_workspace(restored).name == describe_workspace(world.anna).name

    shutil.copytree(backup, backup.with_name("mingcha-backup-20990101T000000"))
    with pytest.raises(UserError) as refused:
        restore(world, backup.parent, folder="again")
    assert "mingcha-backup-20990101T000000" in refused.value.advice


def test_the_new_stream_names_the_head_of_the_old_one(world, backup):
    with restore(world, backup) as restored:
        streams = restored.db.execute(
            "SELECT s.id, max(e.seq) FROM entry e JOIN stream s ON s.no = e.stream WHERE s.node = ?"
            " GROUP BY s.id ORDER BY min(e.id)",
            [restored.node],
        ).fetchall()
        (event,) = restored.db.execute(
            "SELECT p.bytes FROM part p JOIN entry e ON e.id = p.entry_id JOIN stream s ON s.no = e.stream"
            " WHERE s.id = ? AND e.seq = 1",
            [streams[1][0]],
        ).fetchone()

    assert json.loads(event)["after"][:2] == list(streams[0])


def test_work_goes_on_after_a_restore_without_a_fork(world, backup):
    world.bring(world.anna)
    world.record(world.anna, world.visits[2], answers=[{"item": 3, "deduct": 0}])
    world.bring(world.anna)
    world.anna.close()

    world.anna = restore(world, backup)
    world.record(world.anna, world.visits[2], answers=[{"item": 4, "deduct": 0}])
    result = world.bring(world.anna)

    assert (result.outcome, result.is_forked, result.gaps) == ("applied", False, ())
    assert describe_workspace(world.office).forked_streams == 0
    assert verify_workspace(world.office).is_sound


def test_nothing_but_the_recovery_key_restores_with_a_new_pass_phrase(world, backup):
    with restore(world, backup, "a-new-passphrase", recovery_key=world.recovery_key) as restored:
        assert restored.person.name == "欧阳㛃"

    with pytest.raises(WrongPassphraseError):
        open_workspace(world.folder / "restored", PASSPHRASE, clock_ms=world.clock)
    open_workspace(world.folder / "restored", "a-new-passphrase", clock_ms=world.clock).close()


def test_the_recovery_key_of_another_office_restores_nothing(world, backup):
    with pytest.raises(WrongRecoveryKeyError):
        restore(world, backup, "a-new-passphrase", recovery_key=new_identity())

    assert not list(world.folder.glob("*restor*"))


def test_a_wrong_pass_phrase_restores_nothing_and_leaves_the_backup_as_it_is(world, backup):
    before = (backup / "keyslots.json").read_bytes()

    with pytest.raises(WrongPassphraseError):
        restore(world, backup, "wrong-passphrase")

    assert not list(world.folder.glob("*restor*"))
    assert (backup / "keyslots.json").read_bytes() == before


def test_the_person_who_restores_is_chosen_where_there_are_several(world):
    add_person(world.office, "赵六", "another-passphrase", cost=FAST)
    folder = back_up_workspace(world.office, world.stick).folder

    with pytest.raises(LoginUnknownError):
        restore(world, folder)
    with restore(world, folder, "another-passphrase", login="2") as restored:
        assert restored.person.name == "赵六"


@pytest.mark.parametrize("name", ["workspace.db", "keyslots.json", "objects", "backup.json"])
@pytest.mark.parametrize("harm", ["flip", "remove"])
def test_a_damaged_backup_is_refused_and_nothing_is_left(world, backup, name, harm):
    path = backup / name
    if name == "objects":
        path = next(found for found in path.rglob("*") if found.is_file())
    if harm == "remove":
        path.unlink()
    else:
        path.chmod(0o600)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(bytes(data))

    with pytest.raises(UserError):
        restore(world, backup)

    assert not list(world.folder.glob("*restor*"))


@pytest.mark.parametrize(
    "manifest",
    [
        [],
        {"format": "mingcha-backup/9", "files": []},
        {"format": "mingcha-backup/1", "files": {}},
        {"format": "mingcha-backup/1", "files": []},
        {"format": "mingcha-backup/1", "files": [5]},
        {"format": "mingcha-backup/1", "files": [{"path": "../../x", "sha256": "0"}]},
        {"format": "mingcha-backup/1", "files": [{"path": "objects/../x", "sha256": "0"}]},
        {"format": "mingcha-backup/1", "files": [{"path": "/etc/passwd", "sha256": "0"}]},
    ],
)
def test_a_table_of_contents_that_is_none_is_refused(world, backup, manifest):
    (backup / "backup.json").write_text(json.dumps(manifest))

    with pytest.raises(BackupDamagedError, match="不是本程序的完整备份"):
        restore(world, backup)


def test_an_enormous_table_of_contents_is_not_read(world, backup):
    with (backup / "backup.json").open("wb") as file:
        file.truncate((256 << 20) + 1)

    with pytest.raises(BackupDamagedError):
        restore(world, backup)


def test_a_database_of_another_backup_is_refused(world, backup):
    world.clock.go_on()
    other = back_up_workspace(world.bert, world.stick).folder
    manifest = json.loads((backup / "backup.json").read_bytes())
    theirs = json.loads((other / "backup.json").read_bytes())
    (backup / "workspace.db").write_bytes((other / "workspace.db").read_bytes())
    kept = [each for each in manifest["files"] if each["path"] != "workspace.db"]
    kept += [each for each in theirs["files"] if each["path"] == "workspace.db"]
    (backup / "backup.json").write_text(json.dumps({**manifest, "files": kept}))

    with pytest.raises(UserError, match="已损坏"):
        restore(world, backup)


def test_a_folder_in_use_is_never_overwritten(world, backup):
    before = rows(world.anna, "log")

    with pytest.raises(UserError, match="不为空"):
        restore(world, backup, folder="anna")

    assert rows(world.anna, "log") == before


def test_an_empty_folder_may_be_restored_into(world, backup):
    (world.folder / "restored").mkdir()

    restore(world, backup).close()


def test_a_backup_that_cannot_be_copied_is_named(world, backup):
    path = backup / "workspace.db"
    path.unlink()
    path.mkdir()

    with pytest.raises(UserError, match="备份无法复制"):
        restore(world, backup)


def test_what_a_covert_mission_will_visit_is_in_no_backup_before_it_is_sealed(world):
    plan = world.plan(mode="暗访", route="环湖路三号")
    assert drafted_objects(world.office, plan.id)

    with restore(world, back_up_workspace(world.office, world.stick).folder) as restored:
        assert all_drafts(restored.db) == []
        assert drafted_objects(restored, plan.id) is None
    assert drafted_objects(world.office, plan.id)


def test_drafts_of_visits_are_in_the_backup(world):
    save_findings(world.anna, world.visits[0], "visit", {"answer/1": {"facts": "空岗"}})

    with restore(world, back_up_workspace(world.anna, world.stick).folder) as restored:
        assert [draft.part for draft in all_drafts(restored.db)] == ["answer/1"]


def test_two_backups_in_one_second_do_not_meet(world):
    back_up_workspace(world.anna, world.stick)

    with pytest.raises(UserError, match="已存在"):
        back_up_workspace(world.anna, world.stick)


def test_a_place_that_cannot_be_written_is_named(world):
    with pytest.raises(BackupFailedError, match="未能写入"):
        back_up_workspace(world.anna, world.folder / "nowhere")


def test_a_medium_that_gives_back_other_bytes_is_no_backup(world, backup, monkeypatch):
    monkeypatch.setattr("desktop.services.upkeep.back_up_workspace.file_sha256", lambda _path: "0" * 64)
    world.clock.go_on()

    with pytest.raises(BackupFailedError, match="回读"):
        back_up_workspace(world.anna, world.stick)


def test_a_rolling_backup_is_restored_with_the_evidence_of_its_workspace(world):
    world.file("a.txt", b"photo bytes")
    world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt"}])
    world.clock.go_on()
    rolling = world.anna.folder / "backups" / back_up_now(world.anna)
    digest = state_digest(world.anna)
    world.record(world.anna, world.visits[0], answers=[{"item": 2, "deduct": "1"}])

    with restore(world, rolling) as restored:
        evidence = rows(restored, "evidence")[0]["sha256"]
        assert state_digest(restored) == digest
        assert b"".join(restored.objects.open(evidence)) == b"photo bytes"
        assert events(restored) == ["restored"]


def test_a_rolling_backup_away_from_its_workspace_is_no_backup(world, tmp_path):
    world.clock.go_on()
    rolling = world.anna.folder / "backups" / back_up_now(world.anna)
    alone = tmp_path / "alone" / rolling.name
    alone.parent.mkdir()
    alone.write_bytes(rolling.read_bytes())

    with pytest.raises(BackupDamagedError):
        restore(world, alone)

    assert not (world.folder / "restored").exists()


def test_a_damaged_rolling_backup_restores_nothing(world):
    world.clock.go_on()
    rolling = world.anna.folder / "backups" / back_up_now(world.anna)
    rolling.write_bytes(rolling.read_bytes()[:-4000])

    with pytest.raises(UserError):
        restore(world, rolling)

    assert not (world.folder / "restored").exists()
