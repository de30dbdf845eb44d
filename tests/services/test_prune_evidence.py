"""Clearing originals from a laptop: only what the office has confirmed, and holds in a verified backup."""

import shutil
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.exchange import medium
from desktop.exchange.manifest import PackageKind
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.export_original import export_original
from desktop.services.evidence.show_evidence import large_picture, show_evidence
from desktop.services.packages.export_package import export_results
from desktop.services.packages.prune_evidence import Keep, keep_text, plan_pruning, prune_evidence
from desktop.services.packages.undo_import import undo_import
from desktop.services.packages.write_receipts import write_receipts
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.visits.show_visit import show_visit
from desktop.services.workspace.open_workspace import open_workspace
from desktop.storage.evidence_entries import evidence_entries
from desktop.storage.object_table import find_object, objects_in_state
from desktop.storage.packages import packages
from tests.services.worlds import PASSPHRASE, events, rows


@pytest.fixture
def anna(world):
    """Anna's laptop with two photos."""
    files = [world.file(f"{n}.jpg", b"photo %d" % n * 1000) for n in range(2)]
    world.record(world.anna, world.visits[0])
    attach_evidence(world.anna, world.visits[0], files)
    return world.anna


def back_up(world):
    world.clock.go_on()
    target = world.folder / "backup-disk"
    target.mkdir(exist_ok=True)
    return back_up_workspace(world.office, target).folder


def reasons(workspace):
    return {original.keep for original in plan_pruning(workspace).originals}


def confirmed(world, anna):
    """The whole way: export, merge, backup, receipt."""
    world.bring(anna)
    back_up(world)
    world.answer_back(anna)
    return anna


def test_nothing_may_go_before_the_office_has_confirmed_it(world, anna):
    assert reasons(anna) == {Keep.NOT_CONFIRMED}
    world.bring(anna)
    back_up(world)
    assert reasons(anna) == {Keep.NOT_CONFIRMED}

    assert prune_evidence(anna).size == 0
    assert objects_in_state(anna.db, "pruned") == []


def test_what_is_confirmed_and_not_backed_up_stays(world, anna):
    world.bring(anna)
    world.answer_back(anna)

    assert reasons(anna) == {Keep.NOT_DURABLE}
    back_up(world)
    assert reasons(anna) == {Keep.NOT_DURABLE}
    world.answer_back(anna)
    assert reasons(anna) == {None}


def test_what_may_go_goes_and_its_record_stays(world, anna):
    confirmed(world, anna)
    evidence = rows(anna, "evidence")
    files = [anna.objects.path_of(row["sha256"]) for row in evidence]
    seen = []

    pruned = prune_evidence(anna, lambda *step: seen.append(step))

    assert len(pruned.may_go) == 2
    assert pruned.size == sum(row["size"] for row in evidence)
    assert seen[-1] == (2, 2)
    assert not any(path.exists() for path in files)
    assert rows(anna, "evidence") == evidence
    assert events(anna)[-2:] == ["pruned", "pruned"]
    assert find_object(anna.db, evidence[0]["sha256"]).state == "pruned"
    assert plan_pruning(anna).originals == ()


def test_verify_says_that_it_was_cleared_and_not_that_it_is_missing(world, anna):
    confirmed(world, anna)
    prune_evidence(anna)

    verification = verify_workspace(anna)

    assert verification.is_sound
    assert verification.checked["pruned"] == 2
    assert verification.checked["objects"] == 0


def test_whoever_looks_at_it_is_told_that_it_lies_at_the_office(world, anna):
    confirmed(world, anna)
    prune_evidence(anna)
    row = rows(anna, "evidence")[0]

    assert "中心" in large_picture(anna, row["sha256"], 100).problem
    with pytest.raises(UserError, match="中心"):
        export_original(anna, row["id"], world.folder / "out.jpg")
    shown = show_visit(anna, world.visits[0]).evidence
    assert [(each.is_here, each.is_pruned) for each in shown] == [(False, True)] * 2
    assert not show_evidence(anna, row["id"]).is_here
    assert "中心签收后清理原件" in [line.what for line in show_evidence(anna, row["id"]).custody]


def test_the_work_goes_on_afterwards(world, anna):
    confirmed(world, anna)
    prune_evidence(anna)
    attach_evidence(anna, world.visits[0], [world.file("new.jpg", b"new photo")])

    result = world.bring(anna)
    world.answer_back(anna)

    assert (result.outcome, result.new_objects) == ("applied", 1)
    assert [o.keep for o in plan_pruning(anna).originals] == [Keep.NOT_DURABLE]
    assert objects_in_state(world.office.db, "wanted") == []


def test_a_file_that_is_taken_in_again_is_here_again(world, anna):
    confirmed(world, anna)
    prune_evidence(anna)
    attach_evidence(anna, world.visits[0], [world.folder / "0.jpg"])

    assert len(objects_in_state(anna.db, "have")) == 1


def test_what_the_office_wants_again_stays(world, anna):
    confirmed(world, anna)
    sha256 = rows(anna, "evidence")[0]["sha256"]
    world.office.objects.path_of(sha256).unlink()
    world.clock.go_on()
    world.merge(anna, *(written.path for written in write_receipts(world.office, world.stick)))

    kept = {original.sha256: original.keep for original in plan_pruning(anna).originals}
    assert kept.pop(sha256) is Keep.WANTED
    assert set(kept.values()) == {None}


def test_a_backup_without_an_original_does_not_cover_it(world, anna):
    world.bring(anna)
    lost = rows(anna, "evidence")[0]["sha256"]
    path = world.office.objects.path_of(lost)
    kept = path.read_bytes()
    path.unlink()
    back_up(world)
    path.write_bytes(kept)
    world.answer_back(anna)

    assert plan_pruning(anna).originals[0].keep is not None
    assert Keep.NOT_DURABLE in reasons(anna)


def test_an_import_that_was_undone_confirms_nothing(world, anna):
    confirmed(world, anna)
    undo_import(world.office, packages(world.office.db, "in")[0].manifest_sha256, "看错了")
    world.answer_back(anna)

    assert None not in reasons(anna)


def test_an_older_receipt_that_comes_late_changes_nothing(world, anna):
    world.bring(anna)
    back_up(world)
    early = world.mission_package(anna, PackageKind.RECEIPT)
    undo_import(world.office, packages(world.office.db, "in")[0].manifest_sha256, "看错了")
    world.answer_back(anna)
    world.merge(anna, early)

    assert None not in reasons(anna)


def test_what_an_unfinished_export_needs_stays(world, anna, monkeypatch):
    confirmed(world, anna)

    def pulled(_path):
        raise OSError

    monkeypatch.setattr(medium, "open_new", pulled)
    with pytest.raises(UserError):
        export_results(anna, world.stick, with_all_objects=True, volume_bytes=1)

    assert reasons(anna) == {Keep.UNFINISHED}


def test_what_a_signature_shows_stays(world, anna):
    confirmed(world, anna)
    sha256 = rows(anna, "evidence")[0]["sha256"]
    with anna.db.atomic():
        anna.db.execute(
            "INSERT INTO signature (visit_id, key, picture) VALUES (?, 'a', ?)", [world.visits[0], sha256]
        )

    assert reasons(anna) == {None, Keep.SIGNATURE}


def test_what_is_held_at_the_office_stays(world, anna):
    confirmed(world, anna)
    digest = evidence_entries(anna.db)[0].hash
    with anna.db.atomic():
        anna.db.execute("UPDATE receipt SET held = json_array(?)", [digest])

    assert Keep.HELD in reasons(anna)


def test_an_office_keeps_everything(world):
    with pytest.raises(UserError, match="中心"):
        prune_evidence(world.office)


def test_a_crash_between_the_log_and_the_files_leaves_them_to_the_next_time(world, anna, monkeypatch):
    confirmed(world, anna)

    def power_cut(_sha256):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(anna.objects, "remove", power_cut)
        with pytest.raises(KeyboardInterrupt):
            prune_evidence(anna)
    assert any(path.is_file() for path in (anna.folder / "objects").rglob("*"))

    assert prune_evidence(anna).may_go == ()
    assert not any(path.is_file() for path in (anna.folder / "objects").rglob("*"))
    assert verify_workspace(anna).is_sound


def test_every_reason_has_a_sentence():
    assert len({keep_text(keep) for keep in Keep}) == len(Keep)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_comes_back_in_any_order_nothing_goes_that_the_office_has_not_backed_up(
    world, anna, tmp_path_factory, data
):
    if not hasattr(world, "answers"):
        world.answers = []
        receipt = partial(world.mission_package, anna, PackageKind.RECEIPT)
        world.answers.append(receipt())
        world.bring(anna)
        world.answers.append(receipt())
        back_up(world)
        world.answers.append(receipt())
        attach_evidence(anna, world.visits[0], [world.file("late.jpg", b"late" * 500)])
        world.bring(anna)
        world.answers.append(receipt())
        world.backed_up = {row.sha256 for row in objects_in_state(world.office.db, "have")} - {
            row["sha256"] for row in rows(anna, "evidence") if row["name"] == "late.jpg"
        }
        anna.close()
        shutil.copytree(world.folder / "anna", world.folder / "kept")
        world.anna = None
    folder = tmp_path_factory.mktemp("any") / "anna"
    shutil.copytree(world.folder / "kept", folder)
    came = data.draw(st.lists(st.sampled_from(range(4)), max_size=6))

    with open_workspace(folder, PASSPHRASE, clock_ms=world.clock) as laptop:
        told = False
        for number in came:
            world.merge(laptop, world.answers[number])
            told |= number >= 2
            gone = {original.sha256 for original in prune_evidence(laptop).may_go}
            assert gone <= world.backed_up
            assert not gone or told
        pruned = {row.sha256 for row in objects_in_state(laptop.db, "pruned")}
        assert pruned == (world.backed_up if told else set())
