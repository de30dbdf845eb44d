"""The way back: what the office confirms, what it asks for, and what the field node sends again."""

import pytest

from desktop.errors import UserError
from desktop.exchange.manifest import Role
from desktop.exchange.manifest_reader import decode_manifest
from desktop.services.evidence.export_original import export_original
from desktop.services.packages.export_package import export_results
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.packages.write_receipts import write_receipts
from desktop.services.workspace.describe_workspace import describe_workspace
from desktop.storage.object_table import find_object
from desktop.storage.packages import packages
from tests.services.worlds import events, rows


@pytest.fixture
def evidence(world):
    world.file("a.txt", b"photo bytes")
    world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt", "caption": "甲"}])
    (row,) = rows(world.anna, "evidence")
    return row


def offered(node):
    """The evidence in the last package that a node wrote."""
    last = max(packages(node.db, "out"), key=lambda p: p.seq)
    return [info.hash for info in decode_manifest(last.manifest).objects if info.role is Role.EVIDENCE]


def receipt_for(world, node):
    world.clock.go_on()
    written = write_receipts(world.office, world.stick)
    return next(each.path for each in written if each.manifest.dest == node.node)


def test_a_receipt_confirms_a_package(world, evidence):
    world.bring(world.anna)
    assert [p.state for p in packages(world.anna.db, "out")] == ["written"]

    (result,) = world.merge(world.anna, receipt_for(world, world.anna))

    assert result.kind == "receipt"
    assert [p.state for p in packages(world.anna.db, "out")] == ["acknowledged"]
    (receipt,) = rows(world.anna, "receipts")
    assert (receipt["state"], receipt["wanted"], receipt["held"]) == ("applied", 0, 0)


def test_what_is_confirmed_is_not_sent_again_but_all_entries_are(world, evidence):
    world.bring(world.anna)
    assert offered(world.anna) == [evidence["sha256"]]
    world.results(world.anna)
    assert offered(world.anna) == [evidence["sha256"]]
    world.merge(world.anna, receipt_for(world, world.anna))

    world.results(world.anna)

    assert offered(world.anna) == []
    first = world.anna.db.execute("SELECT min(first), count(*) FROM sent").fetchone()
    assert first == (1, len(packages(world.anna.db, "out")))


def test_everything_can_be_sent_again_on_demand(world, evidence):
    world.bring(world.anna)
    world.merge(world.anna, receipt_for(world, world.anna))

    world.results(world.anna, with_all_objects=True)

    assert offered(world.anna) == [evidence["sha256"]]


def test_an_object_that_the_office_lost_is_asked_for_and_sent_again(world, evidence):
    world.bring(world.anna)
    world.merge(world.anna, receipt_for(world, world.anna))
    path = world.office.objects.path_of(evidence["sha256"])
    path.unlink()

    world.merge(world.anna, receipt_for(world, world.anna))
    assert describe_workspace(world.office).objects_wanted == 1
    assert [row["wanted"] for row in rows(world.anna, "receipts")] == [1]
    assert world.bring(world.anna).new_objects == 1

    assert path.is_file()
    assert find_object(world.office.db, evidence["sha256"]).state == "have"
    world.merge(world.anna, receipt_for(world, world.anna))
    world.results(world.anna)
    assert offered(world.anna) == []


def test_the_package_that_brought_a_lost_object_brings_it_again(world, evidence):
    file = world.results(world.anna)
    world.merge(world.office, file)
    path = world.office.objects.path_of(evidence["sha256"])
    path.unlink()

    (again,) = world.merge(world.office, file)

    assert (again.outcome, again.new_objects) == ("known", 1)
    assert path.is_file()


def test_evidence_whose_object_has_not_come_is_wanted(world, evidence):
    """The office knows the record from an earlier package of an office that was restored since."""
    world.bring(world.anna)
    world.merge(world.anna, receipt_for(world, world.anna))
    world.office.close()
    world.office = None
    world.folder.joinpath("office").rename(world.folder / "old-office")
    world.folder.joinpath("founded").mkdir()
    world.office = _office_before(world)

    result = world.bring(world.anna)

    assert (result.outcome, result.new_objects) == ("applied", 0)
    assert describe_workspace(world.office).objects_wanted == 1
    with pytest.raises(UserError, match="尚未送达本机"):
        export_original(world.office, evidence["id"], world.folder / "a.out")
    world.merge(world.anna, receipt_for(world, world.anna))
    assert world.bring(world.anna).new_objects == 1


def _office_before(world):
    """The office as the backup that preceded its first merge has it."""
    import shutil

    office = world.folder / "office"
    shutil.copytree(world.folder / "old-office", office)
    (backup,) = (office / "backups").glob("workspace-*.db")
    for name in ("workspace.db", "workspace.db-wal", "workspace.db-shm"):
        (office / name).unlink(missing_ok=True)
    backup.replace(office / "workspace.db")
    shutil.rmtree(office / "objects")
    (office / "objects").mkdir()
    return world.opened("office")


def test_held_entries_are_named_to_their_author(world):
    from desktop.services.workspace.journal import birth, write_entries

    with world.anna.db.atomic():
        write_entries(
            world.anna, [birth(world.anna, world.visits[1], "visit", {"answer/1": {"facts": "不是我的"}})]
        )
    world.bring(world.anna)

    world.merge(world.anna, receipt_for(world, world.anna))

    assert [row["held"] for row in rows(world.anna, "receipts")] == [1]


def test_a_refused_package_is_answered_as_quarantined_and_not_as_confirmed(world, evidence):
    from tests.services.forgery import forge

    file = forge(world, world.anna, extra=[(Role.RECEIPTS, "application/jsonl", b"nonsense")])
    assert world.merge(world.office, file)[0].outcome == "quarantined"
    world.bring(world.anna)

    world.merge(world.anna, receipt_for(world, world.anna))

    assert {(row["seq"], row["state"]) for row in rows(world.anna, "receipts")} == {
        (1, "quarantined"),
        (2, "applied"),
    }


def test_an_older_receipt_that_comes_late_changes_nothing(world, evidence):
    world.bring(world.anna)
    older = receipt_for(world, world.anna)
    newer = receipt_for(world, world.anna)
    world.merge(world.anna, newer)
    before = rows(world.anna, "receipts")

    world.merge(world.anna, older)

    assert [row["state"] for row in rows(world.anna, "receipts")] == [row["state"] for row in before]
    assert [p.state for p in packages(world.anna.db, "out")] == ["acknowledged"]


def test_each_sender_gets_a_receipt_of_its_own(world):
    for node, visit in ((world.anna, world.visits[0]), (world.bert, world.visits[1])):
        world.record(node, visit)
        world.bring(node)

    written = write_receipts(world.office, world.stick)

    assert {each.manifest.dest for each in written} == {world.anna.node, world.bert.node}
    assert all(each.manifest.kind == "receipt" for each in written)


def test_there_is_nothing_to_confirm_before_anything_came(world):
    for workspace in (world.office, world.anna):
        with pytest.raises(UserError, match="没有需要签收"):
            write_receipts(workspace, world.stick)


def test_an_office_has_nobody_to_report_to(world):
    with pytest.raises(UserError, match="没有需要报送"):
        export_results(world.office, world.stick)


def test_a_package_number_is_taken_before_the_first_byte_and_never_used_twice(world, evidence):
    with pytest.raises(UserError):
        export_results(world.anna, world.folder / "no such folder")
    assert packages(world.anna.db, "out") == []
    assert "exported" not in events(world.anna)

    world.results(world.anna)

    (package,) = packages(world.anna.db, "out")
    assert package.seq == 2
    assert decode_manifest(package.manifest).covers == (1,)


def test_each_package_names_the_one_before_it(world, evidence):
    world.results(world.anna)
    world.results(world.anna)

    first, second = (p for p in sorted(packages(world.anna.db, "out"), key=lambda p: p.seq))
    assert (first.prev, second.prev) == (None, first.manifest_sha256)


def test_a_damaged_object_stops_the_export_and_nothing_lies_on_the_stick(world, evidence):
    path = world.anna.objects.path_of(evidence["sha256"])
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    before = sorted(world.stick.iterdir())

    with pytest.raises(UserError):
        world.results(world.anna)

    assert sorted(world.stick.iterdir()) == before
    assert packages(world.anna.db, "out") == []


def test_the_progress_of_the_export_is_told(world, evidence):
    seen = []

    export_results(world.anna, world.stick, report_progress=lambda *step: seen.append(step))

    assert seen
    assert merge_packages(world.office, []).files == ()
