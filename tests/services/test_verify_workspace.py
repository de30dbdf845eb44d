import pytest

from desktop.domain.entry import entry_hash
from desktop.errors import UserError
from desktop.exchange.manifest import PackageKind
from desktop.services.evidence.export_original import export_original
from desktop.services.packages.inspect_package import inspect_package
from desktop.services.upkeep.finding import Verification
from desktop.services.upkeep.verify_package import verify_package
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.storage.driver import DatabaseError
from tests.services.worlds import dump, files_below, rows


@pytest.fixture
def evidence(world):
    world.file("a.txt", b"photo bytes")
    world.file("b.txt", b"other bytes")
    world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt"}, {"path": "b.txt"}])
    return rows(world.anna, "evidence")


def words(verification):
    return [finding.word for finding in verification.findings]


def path_of(world, row):
    return world.anna.objects.path_of(row["sha256"])


def flip(path, place=None):
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 if place is None else place] ^= 1
    path.write_bytes(bytes(data))


def without_triggers(db):
    """What somebody who has the key and a database tool would do first."""
    names = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        db.execute(f"DROP TRIGGER {name}")


def own_entries(world):
    return world.anna.db.execute(
        "SELECT e.id, e.seq FROM entry e JOIN stream s ON s.no = e.stream WHERE s.node = ? ORDER BY e.seq",
        [world.anna.node],
    ).fetchall()


def test_a_sound_workspace_is_sound_and_verifying_changes_nothing(world, evidence):
    before = dump(world.anna), files_below(world.anna.folder)
    seen = []

    verification = verify_workspace(world.anna, lambda *step: seen.append(step))

    assert verification.is_sound
    assert set(verification.checked) == {"pages", "entries", "manifests", "ends", "objects"}
    assert verification.checked["objects"] == 2
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    assert len({total for _done, total in seen}) == 1
    assert (dump(world.anna), files_below(world.anna.folder)) == before


def test_nothing_checked_is_not_sound():
    assert not Verification({}, ()).is_sound
    assert not Verification({"objects": 0}, ()).is_sound


def test_it_can_be_done_beside_a_writer(world, evidence):
    with world.opened("anna", read_only=True) as reader:
        assert verify_workspace(reader).is_sound


def test_one_flipped_byte_in_an_object_is_found_and_the_file_is_named(world, evidence):
    flip(path_of(world, evidence[0]))

    verification = verify_workspace(world.anna)

    (finding,) = verification.findings
    assert finding.word.upper() == "CORRUPT"
    assert finding.place == finding.where == f"{evidence[0]['sha256'][:16]} a.txt"
    assert not verification.is_sound


def test_a_missing_object_is_found(world, evidence):
    path_of(world, evidence[1]).unlink()

    (finding,) = verify_workspace(world.anna).findings

    assert finding.word.upper() == "MISSING"
    assert "b.txt" in finding.place


def test_two_swapped_objects_are_both_corrupt(world, evidence):
    first, second = (path_of(world, row) for row in evidence)
    spare = first.with_name("spare")
    first.rename(spare)
    second.rename(first)
    spare.rename(second)

    assert [word.upper() for word in words(verify_workspace(world.anna))] == ["CORRUPT", "CORRUPT"]


def test_a_stray_file_is_shown_and_left_where_it_is(world, evidence):
    stray = world.anna.folder / "objects" / "stray.txt"
    stray.write_bytes(b"x")
    orphan = world.anna.folder / "objects" / "ab" / ("ab" + "0" * 62)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"x")

    findings = verify_workspace(world.anna).findings

    assert {(finding.word, finding.place) for finding in findings} == {
        ("EXTRA", stray.name),
        ("EXTRA", orphan.name),
    }
    assert stray.exists()
    assert orphan.exists()


def test_every_word_is_one_of_the_published_ones(world, evidence):
    flip(path_of(world, evidence[0]))
    path_of(world, evidence[1]).unlink()

    assert set(words(verify_workspace(world.anna))) == {"CORRUPT", "MISSING"}


def test_a_flipped_byte_in_the_database_is_found(world, evidence):
    world.anna.close()
    world.anna = None
    database = world.folder / "anna" / "workspace.db"
    size = database.stat().st_size
    flip(database, size - 2000)

    with world.opened("anna", read_only=True) as reader:
        findings = verify_workspace(reader).findings

    assert "CORRUPT" in [finding.word for finding in findings]
    assert any(finding.place == "workspace.db" for finding in findings)


def test_an_entry_that_was_rewritten_is_found(world, evidence):
    without_triggers(world.anna.db)
    entry_id, seq = own_entries(world)[2]
    world.anna.db.execute(
        "UPDATE entry SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"v\":1', '\"v\":2') AS BLOB) WHERE id = ?",
        [entry_id],
    )

    findings = verify_workspace(world.anna).findings

    assert [(f.word, f.place.endswith(f" {seq}")) for f in findings] == [("CORRUPT", True)]


def test_an_entry_of_a_kind_that_cannot_be_read_is_unverifiable(world, evidence):
    without_triggers(world.anna.db)
    entry_id, seq = own_entries(world)[-1]
    strange = b'{"from":"a newer program"}'
    world.anna.db.execute(
        "UPDATE entry SET bytes = ?, hash = ? WHERE id = ?",
        [strange, bytes.fromhex(entry_hash(strange)), entry_id],
    )

    (finding,) = verify_workspace(world.anna).findings

    assert (finding.word, finding.place.endswith(f" {seq}")) == ("UNVERIFIABLE", True)


def test_a_part_that_was_rewritten_is_found(world, evidence):
    without_triggers(world.anna.db)
    world.anna.db.execute(
        "UPDATE part SET bytes = CAST(replace(CAST(bytes AS TEXT), '窗口空岗', '一切正常') AS BLOB)"
        " WHERE name = 'answer/1'"
    )

    (finding,) = verify_workspace(world.anna).findings

    assert finding.word == "CORRUPT"
    assert "answer/1" in finding.meaning


def test_a_part_that_no_entry_names_is_found(world, evidence):
    without_triggers(world.anna.db)
    world.anna.db.execute("UPDATE part SET name = 'answer/9' WHERE name = 'answer/1'")

    assert "answer/9" in verify_workspace(world.anna).findings[0].meaning


@pytest.mark.parametrize("position", [0, 2])
def test_an_own_entry_that_was_taken_out_is_found(world, evidence, position):
    without_triggers(world.anna.db)
    entry_id, seq = own_entries(world)[position]
    world.anna.db.execute("DELETE FROM part WHERE entry_id = ?", [entry_id])
    world.anna.db.execute("DELETE FROM entry WHERE id = ?", [entry_id])

    findings = verify_workspace(world.anna).findings

    assert [(f.word, f.place.endswith(f" {seq + 1}")) for f in findings] == [("GAP", True)]
    assert findings[0].where.startswith(f"{findings[0].computer}，第{seq + 1}条记录（")


def test_entries_of_others_that_have_not_come_are_no_fault(world, evidence):
    world.office.close()
    world.office = None

    assert verify_workspace(world.bert).is_sound


def test_an_entry_that_does_not_follow_the_one_before_it_is_found(world, evidence):
    without_triggers(world.anna.db)
    second, third = own_entries(world)[1:3]
    world.anna.db.execute("UPDATE entry SET seq = 1000 WHERE id = ?", [second[0]])
    world.anna.db.execute("UPDATE entry SET seq = ? WHERE id = ?", [second[1], third[0]])
    world.anna.db.execute("UPDATE entry SET seq = ? WHERE id = ?", [third[1], second[0]])

    assert "CORRUPT" in words(verify_workspace(world.anna))


def test_a_stream_that_two_machines_wrote_is_shown(world):
    world.anna.close()
    with world.copy_of("anna", "twin") as twin:
        world.anna = world.opened("anna")
        for node in (world.anna, twin):
            world.record(node, world.visits[0])
            world.bring(node)
            world.clock.go_on()

    findings = verify_workspace(world.office).findings

    assert {finding.word for finding in findings} == {"FORKED"}
    assert findings[0].place.startswith(world.anna.node)
    assert findings[0].where == f"外业欧阳㛃（{world.anna.node[:8]}…）"


def test_a_manifest_that_was_changed_is_found(world):
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)
    world.office.db.execute(
        "UPDATE package SET manifest = CAST(replace(CAST(manifest AS TEXT), '\"seq\":1', '\"seq\":9') AS BLOB)"
        " WHERE direction = 'in'"
    )

    assert words(verify_workspace(world.office)) == ["CORRUPT"]


def test_a_manifest_whose_signer_is_not_known_is_unverifiable(world):
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)
    world.office.db.execute("DELETE FROM node WHERE id = ?", [world.anna.node])

    assert words(verify_workspace(world.office)) == ["UNVERIFIABLE"] * len(
        words(verify_workspace(world.office))
    )
    assert words(verify_workspace(world.office))


def test_a_package_without_a_manifest_is_passed_over(world):
    world.office.db.execute("UPDATE package SET manifest = x'', signature = x''")

    verification = verify_workspace(world.office)

    assert verification.is_sound
    assert verification.checked["manifests"] == 0


def test_a_package_is_verified_by_its_receiver_and_nothing_of_it_is_kept(world, evidence):
    file = world.results(world.anna)
    before = dump(world.office), files_below(world.office.folder)

    verification = verify_package(world.office, file)

    assert verification.is_sound
    assert verification.checked["objects"] >= 4
    assert (dump(world.office), files_below(world.office.folder)) == before


def test_a_damaged_package_is_corrupt(world, evidence):
    file = world.results(world.anna)
    flip(file)

    verification = verify_package(world.office, file)

    assert words(verification) == ["CORRUPT"]
    assert not verification.is_sound


class TestLooking:
    def test_without_keys_only_the_envelope_is_seen(self, world):
        file = world.mission_package(world.anna)

        head = inspect_package(file)

        assert (head.facts.suite, head.facts.recipient_count, head.manifest) == ("A1", 2, None)
        assert head.facts.size == file.stat().st_size

    def test_the_receiver_sees_who_sent_what(self, world):
        head = inspect_package(world.mission_package(world.anna), world.anna)

        assert head.manifest.kind == PackageKind.MISSION
        assert (head.sender_name, head.sender_status) == ("云泽市政府督查室", "enrolled")

    def test_a_sender_that_is_not_enrolled_is_shown_as_unknown(self, world):
        world.record(world.anna, world.visits[0])
        file = world.results(world.anna)
        world.office.db.execute("DELETE FROM node WHERE id = ?", [world.anna.node])

        head = inspect_package(file, world.office)

        assert (head.sender_name, head.sender_status) == ("", "unknown")


class TestOriginal:
    def test_an_exported_original_is_byte_identical_and_the_export_is_logged(self, world, evidence):
        target = world.folder / "out.txt"

        exported = export_original(world.anna, evidence[0]["id"], target)

        assert target.read_bytes() == b"photo bytes"
        assert (exported.name, exported.size, exported.sha256) == ("a.txt", 11, evidence[0]["sha256"])
        assert rows(world.anna, "log")[-1]["event"] == "exported_original"
        assert rows(world.anna, "log")[-1]["record"] == evidence[0]["id"]

    def test_a_damaged_one_writes_nothing(self, world, evidence):
        flip(path_of(world, evidence[0]))
        before = sorted(world.folder.iterdir()), dump(world.anna)

        with pytest.raises(UserError):
            export_original(world.anna, evidence[0]["id"], world.folder / "out.txt")

        assert (sorted(world.folder.iterdir()), dump(world.anna)) == before

    def test_a_place_that_cannot_be_written_is_named(self, world, evidence):
        with pytest.raises(UserError, match=r"out\.txt"):
            export_original(world.anna, evidence[0]["id"], world.folder / "nowhere" / "out.txt")

    def test_evidence_that_is_not_here_is_named(self, world):
        with pytest.raises(UserError, match="没有证据 nothing"):
            export_original(world.anna, "nothing", world.folder / "out.txt")


def test_what_the_database_says_of_itself_is_kept_out_of_the_sentence(world, monkeypatch):
    faults = [f"page {number}: btreeInitPage() returns error code 11" for number in range(100)]
    monkeypatch.setattr("desktop.services.upkeep.verify_workspace.damaged_pages", lambda _db: faults)

    verification = verify_workspace(world.office)

    (finding,) = verification.findings
    assert finding.meaning == "数据库文件有 100 处损坏，请用备份恢复。"
    assert finding.detail.startswith(f"{faults[0]}; {faults[1]}")
    assert verification.checked["pages"] == 1


def test_a_database_that_breaks_off_is_not_counted_as_an_entry(world, monkeypatch):
    def break_off(_db):
        raise DatabaseError("malformed")
        yield

    monkeypatch.setattr("desktop.services.upkeep.verify_workspace.stored_entries", break_off)

    verification = verify_workspace(world.office)

    assert (words(verification), verification.checked["entries"]) == (["CORRUPT"], 0)
    assert "malformed" not in verification.findings[0].meaning
    assert verification.findings[0].detail == "malformed"


def test_a_count_that_fails_stops_nothing(world, monkeypatch):
    def fail(_db):
        raise DatabaseError("malformed")

    monkeypatch.setattr("desktop.services.upkeep.verify_workspace.count_entries", fail)

    assert verify_workspace(world.office).is_sound
