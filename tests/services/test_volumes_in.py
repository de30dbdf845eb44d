"""Packages of several files coming in: any order, missing, repeated, damaged; merged as one or not at all."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.exchange.manifest import Role
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.packages.export_package import export_results
from desktop.services.packages.inspect_package import inspect_package
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.records.waiting_packages import waiting_lines
from desktop.services.setup.enroll_node import revoke_node
from desktop.services.upkeep.verify_package import verify_package
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.workspace.describe_workspace import state_digest
from desktop.services.workspace.open_workspace import open_workspace
from desktop.storage.nodes import find_node
from desktop.storage.object_table import objects_in_state
from desktop.storage.packages import packages
from desktop.storage.volume_table import kept_volumes, waiting_packages
from tests.services.forgery import forge
from tests.services.test_volumes_out import VOLUME_BYTES, photos
from tests.services.worlds import PASSPHRASE, events, files_below, rows


@pytest.fixture
def volumes(world, tmp_path):
    """The five files of a package of anna, each on a stick of its own."""
    world.record(world.anna, world.visits[0])
    attach_evidence(world.anna, world.visits[0], photos(world))
    written = export_results(world.anna, world.stick, volume_bytes=VOLUME_BYTES)
    paths = []
    for number, path in enumerate(written.paths):
        (tmp_path / f"stick-{number}").mkdir()
        paths.append(path.rename(tmp_path / f"stick-{number}" / path.name))
    return paths


def outcomes(world, *files, **options):
    return [(m.outcome.value, m.missing or m.reason) for m in world.merge(world.office, *files, **options)]


def inbox(world):
    return sorted((world.office.folder / "inbox").iterdir())


def test_volumes_of_several_sticks_wait_for_each_other_and_are_merged_with_the_last(world, volumes):
    before = state_digest(world.office)

    assert outcomes(world, volumes[3]) == [("waiting", (1, 2, 3, 5))]
    assert outcomes(world, volumes[0], volumes[1]) == [("waiting", (3, 5))]
    assert state_digest(world.office) == before
    assert packages(world.office.db, "in") == []
    assert len(inbox(world)) == len(kept_volumes(world.office.db)) == 3
    assert outcomes(world, volumes[4]) == [("waiting", (3,))]
    (merged,) = world.merge(world.office, volumes[2])

    assert (merged.outcome, merged.volumes, merged.new_objects) == ("applied", 5, 5)
    assert inbox(world) == []
    assert waiting_packages(world.office.db) == kept_volumes(world.office.db) == []
    assert objects_in_state(world.office.db, "wanted") == []
    assert verify_workspace(world.office).is_sound


def test_what_waits_is_kept_as_it_came_and_nothing_of_it_is_decrypted(world, volumes):
    world.merge(world.office, volumes[0], volumes[2])

    kept = {path.read_bytes() for path in inbox(world)}
    assert kept == {volumes[0].read_bytes(), volumes[2].read_bytes()}
    assert not any(name.startswith(("objects/", "tmp/")) for name in files_below(world.office.folder))


def test_what_waits_is_listed_with_the_numbers_that_are_missing(world, volumes):
    world.merge(world.office, volumes[1])

    (line,) = waiting_lines(world.office)

    assert (line.volumes, line.missing, line.seq) == (5, (1, 3, 4, 5), 1)
    assert line.sender == "外业欧阳㛃"
    assert line.files == (volumes[1].name,)
    assert "volume_kept" in events(world.office)


def test_siblings_beside_a_volume_are_found(world, volumes):
    for path in volumes[1:]:
        shutil.copy(path, volumes[0].parent)

    assert [outcome for outcome, _ in outcomes(world, volumes[0])] == ["applied"]


def test_all_volumes_given_at_once_are_one_result_whatever_they_are_called(world, volumes, tmp_path):
    renamed = []
    for number, path in enumerate(volumes):
        renamed.append(path.rename(tmp_path / f"copy of {9 - number}"))

    assert [outcome for outcome, _ in outcomes(world, *renamed)] == ["applied"]


def test_the_same_package_again_is_known_by_any_of_its_files(world, volumes):
    world.merge(world.office, *volumes)
    digest = state_digest(world.office)

    assert outcomes(world, volumes[2]) == [("known", "")]
    assert outcomes(world, *reversed(volumes)) == [("known", "")] * 5
    assert inbox(world) == []
    assert state_digest(world.office) == digest


def test_the_same_volume_again_waits_as_before(world, volumes):
    world.merge(world.office, volumes[1])

    assert outcomes(world, volumes[1], volumes[1]) == [("waiting", (1, 3, 4, 5))] * 2
    assert len(inbox(world)) == 1


def test_a_dry_run_shows_what_all_volumes_would_do_and_keeps_nothing(world, volumes):
    assert outcomes(world, volumes[1], is_dry_run=True) == [("waiting", (1, 3, 4, 5))]
    (planned,) = world.merge(world.office, *volumes, is_dry_run=True)

    assert (planned.outcome, planned.new_objects) == ("would_apply", 5)
    assert inbox(world) == []
    assert waiting_packages(world.office.db) == []


@pytest.mark.parametrize("is_dry_run", [True, False])
def test_a_damaged_volume_is_refused_alone_and_the_others_wait(world, volumes, is_dry_run):
    data = bytearray(volumes[2].read_bytes())
    data[-5000] ^= 1
    volumes[2].write_bytes(data)

    found = outcomes(world, *volumes, is_dry_run=is_dry_run)

    assert found == [("waiting", (3,)), ("quarantined", "damaged")]
    expected = [] if is_dry_run else ["split", "damaged"]
    assert [row["reason"] for row in rows(world.office, "quarantine")] == expected
    assert len(inbox(world)) == 4 * (not is_dry_run)


def test_a_damaged_copy_does_no_harm_where_a_good_one_is(world, volumes, tmp_path):
    bad = tmp_path / "bad.mcp"
    bad.write_bytes(volumes[2].read_bytes()[:-1])

    found = outcomes(world, bad, *volumes)

    assert ("applied", "") in found
    assert ("quarantined", "damaged") in found


def test_a_damaged_volume_alone_is_refused_and_nothing_waits(world, volumes):
    volumes[0].write_bytes(volumes[0].read_bytes()[:-1])

    assert outcomes(world, volumes[0]) == [("quarantined", "damaged")]
    assert waiting_packages(world.office.db) == []
    assert inbox(world) == []


def test_a_kept_volume_that_rots_is_set_aside_and_asked_for_again(world, volumes):
    world.merge(world.office, *volumes[:4])
    row = kept_volumes(world.office.db)[1]
    rotten = world.office.folder / "inbox" / f"{row.file_sha256}.mcp"
    rotten.write_bytes(rotten.read_bytes()[:-1])

    assert outcomes(world, volumes[4]) == [("waiting", (2,)), ("quarantined", "damaged")]
    assert [outcome for outcome, _ in outcomes(world, volumes[1])] == ["applied"]


def test_a_kept_volume_that_is_gone_is_missing_again(world, volumes):
    world.merge(world.office, *volumes[:4])
    for path in inbox(world):
        path.unlink()

    assert outcomes(world, volumes[4]) == [("waiting", (1, 2, 3, 4))]
    assert [outcome for outcome, _ in outcomes(world, *volumes[:4])] == ["applied"]


def test_volumes_of_two_packages_do_not_mix(world, volumes, tmp_path):
    attach_evidence(world.anna, world.visits[0], photos(world, 1, seed=5))
    (tmp_path / "later").mkdir()
    later = export_results(world.anna, tmp_path / "later", volume_bytes=VOLUME_BYTES).paths

    found = outcomes(world, volumes[0], later[1].rename(tmp_path / later[1].name))

    assert [outcome for outcome, _ in found] == ["waiting", "waiting"]
    assert len(waiting_packages(world.office.db)) == 2


def test_another_manifest_under_the_same_package_id_is_a_fork(world, volumes):
    world.merge(world.office, volumes[0])
    waiting = waiting_packages(world.office.db)[0]
    forged = forge(world, world.anna, {"package_id": waiting.package_id})

    assert outcomes(world, forged) == [("quarantined", "forked")]


def test_volumes_of_an_unknown_sender_are_refused_and_taken_when_it_is_enrolled(world, volumes, monkeypatch):
    card = find_node(world.office.db, world.anna.node)
    world.office.db.execute("DELETE FROM node WHERE id = ?", [world.anna.node])
    world.office.db.conn.commit()
    assert outcomes(world, *volumes) == [("quarantined", "unknown-sender")] * 5
    assert outcomes(world, volumes[0]) == [("quarantined", "unknown-sender")]
    world.office.db.execute(
        "INSERT INTO node (id, kind, name, card, fingerprint, status) VALUES (?, ?, ?, ?, ?, ?)",
        [card.id, card.kind, card.name, card.card, card.fingerprint, card.status],
    )
    world.office.db.conn.commit()

    assert [outcome for outcome, _ in outcomes(world)] == ["applied"]
    assert {row["state"] for row in rows(world.office, "quarantine")} == {"applied"}


def test_volumes_of_a_revoked_sender_that_waited_go_to_the_quarantine(world, volumes):
    world.merge(world.office, *volumes[:4])
    revoke_node(world.office, world.anna.node, "丢失")

    assert set(outcomes(world, volumes[4])) == {("quarantined", "revoked-sender")}
    assert inbox(world) == []
    assert len(rows(world.office, "quarantine")) == 5


def test_lost_evidence_comes_back_with_all_volumes(world, volumes):
    world.merge(world.office, *volumes)
    lost = objects_in_state(world.office.db, "have")[0]
    world.office.objects.path_of(lost.sha256).unlink()

    (again,) = world.merge(world.office, *volumes)

    assert (again.outcome, again.new_objects) == ("known", 1)
    assert world.office.objects.path_of(lost.sha256).is_file()


def test_a_stranger_in_the_inbox_is_left_alone(world, volumes):
    stranger = world.office.folder / "inbox" / "letter.mcp"
    stranger.write_bytes(b"mine")
    leftover = world.office.folder / "inbox" / f"{'0' * 64}.mcp"
    leftover.write_bytes(b"a copy that was never noted")

    world.merge(world.office, *volumes)

    assert inbox(world) == [stranger]


def test_verify_takes_any_of_the_volumes_and_says_which_are_missing(world, volumes):
    alone = verify_package(world.office, volumes[1])
    for path in volumes:
        if path != volumes[3]:
            shutil.copy(path, volumes[3].parent)
    whole = verify_package(world.office, volumes[3])

    assert whole.is_sound
    assert whole.checked["volumes"] == 5
    assert not alone.is_sound
    assert [(f.word, f.place) for f in alone.findings] == [("MISSING", "1, 3, 4, 5")]


def test_verify_finds_the_damaged_volume(world, volumes):
    for path in volumes[1:]:
        shutil.copy(path, volumes[0].parent)
    victim = volumes[0].parent / volumes[3].name
    victim.write_bytes(victim.read_bytes()[:-1])

    found = verify_package(world.office, volumes[0])

    assert [(f.word, f.place) for f in found.findings] == [("CORRUPT", victim.name)]


def test_inspect_says_which_volume_it_is(world, volumes):
    head = inspect_package(volumes[1], world.office)

    assert (head.volume, head.manifest.volumes, head.missing) == (2, 5, (1, 3, 4, 5))


def test_the_receipt_confirms_the_whole_package(world, volumes):
    world.merge(world.office, *volumes)
    world.answer_back(world.anna)

    assert [p.state for p in packages(world.anna.db, "out")] == ["acknowledged"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_order_repeats_and_damage_never_change_the_digest(world, volumes, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("any-order")
    world.office.close()
    shutil.copytree(world.folder / "office", folder / "office")
    world.office = world.opened("office")
    reference = shutil.copytree(folder / "office", folder / "reference")
    steps = [*range(5), *data.draw(st.lists(st.integers(0, 9), max_size=6))]
    order = data.draw(st.permutations(steps))
    bad = []
    for path in volumes:
        spoiled = folder / f"bad-{path.name}"
        spoiled.write_bytes(path.read_bytes()[:-1])
        bad.append(spoiled)

    with open_workspace(reference, PASSPHRASE, clock_ms=world.clock) as office:
        merge_packages(office, volumes)
        expected = state_digest(office)
    with open_workspace(folder / "office", PASSPHRASE, clock_ms=world.clock) as office:
        before = state_digest(office)
        seen = set()
        for step in order:
            merge_packages(office, [volumes[step] if step < 5 else bad[step - 5]])
            seen |= {step} & set(range(5))
            assert state_digest(office) == (expected if len(seen) == 5 else before)


def test_roles_are_carried_by_whatever_volume(world, volumes):
    roles = [info.role for info in inspect_package(volumes[4], world.office).manifest.objects]

    assert roles[0] is Role.ENTRIES
