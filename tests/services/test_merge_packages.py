import errno
import hashlib
import itertools
import json
from dataclasses import replace

import pytest

from desktop.exchange.manifest import PackageKind, Role
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.receipts import Receipt, ReceiptState, encode_receipts
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.relays import encode_relays
from desktop.exchange.trust_list import SignedTrustList, encode_trust_lists
from desktop.keys.identity import NodeIdentity, new_node_id
from desktop.keys.sealing import encrypt_bytes
from desktop.services.missions.assign_mission import find_node_by_name
from desktop.services.packages.admit_package import admit_package
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.records.visit_values import read_visit
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.workspace.describe_workspace import describe_workspace, state_digest
from desktop.services.workspace.journal import birth, write_entries
from desktop.services.workspace.workspace import ESCROW_SETTING
from desktop.storage import part_file
from desktop.storage.merge import merge_entries
from desktop.storage.nodes import read_trust_list, save_node
from desktop.storage.packages import find_package, packages
from desktop.storage.selections import entries_of_node, entries_of_records, load_chosen
from desktop.storage.settings_table import read_text_setting
from tests.services.forgery import contents_of, forge, opened
from tests.services.worlds import HOUR_MS, dump, events, files_below, rows


@pytest.fixture
def package(world):
    """Anna's results: one visit with one piece of evidence."""
    world.file("a.txt", b"photo bytes")
    world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt", "item": 1}])
    return world.results(world.anna)


def refusal(world, file, receiver=None):
    """Merge a file that must be refused; nothing but the quarantine and the log may change."""
    receiver = receiver or world.office
    before = state_digest(receiver), rows(receiver, "packages"), describe_workspace(receiver).records

    result = world.merge(receiver, file)[0]

    assert result.outcome == "quarantined"
    assert (
        state_digest(receiver),
        rows(receiver, "packages"),
        describe_workspace(receiver).records,
    ) == before
    assert list((receiver.folder / "tmp").iterdir()) == []
    (row,) = [row for row in rows(receiver, "quarantine") if row["id"] == sha256(file)]
    assert (row["reason"], row["problem"]) == (result.reason, result.problem)
    assert (receiver.folder / "quarantine" / f"{sha256(file)}.mcp").read_bytes() == file.read_bytes()
    return result.reason


def sha256(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


class TestWhatComes:
    def test_a_package_brings_visits_and_evidence(self, world, package):
        (result,) = world.merge(world.office, package)

        assert (result.outcome, result.kind, result.sender) == ("applied", "result", world.anna.node)
        assert result.new_objects == 1
        assert [(change.visit_id, change.change) for change in result.visits] == [(world.visits[0], "newer")]
        (evidence,) = rows(world.office, "evidence")
        assert b"".join(world.office.objects.open(evidence["sha256"])) == b"photo bytes"
        assert read_visit(world.office.db, world.visits[0]).answers[1]["facts"] == "窗口空岗"
        assert verify_workspace(world.office).is_sound

    def test_many_pieces_of_evidence_are_all_in_their_places(self, world):
        photos = {f"photo {number}".encode() * 1000 for number in range(9)}
        files = [world.file(f"{number}.txt", photo) for number, photo in enumerate(sorted(photos))]
        evidence = [{"path": file.name, "item": 1} for file in files]
        world.record(world.anna, world.visits[0], evidence=evidence)

        (result,) = world.merge(world.office, world.results(world.anna))

        assert result.new_objects == 9
        stored = {
            b"".join(world.office.objects.open(row["sha256"])) for row in rows(world.office, "evidence")
        }
        assert stored == photos
        assert list((world.office.folder / "tmp").iterdir()) == []

    def test_a_disk_that_fails_in_the_middle_of_many_leaves_nothing(self, world, monkeypatch):
        evidence = [{"path": world.file(f"{n}.txt", b"%d" % n).name, "item": 1} for n in range(9)]
        world.record(world.anna, world.visits[0], evidence=evidence)
        package = world.results(world.anna)
        before = state_digest(world.office)
        sync, calls = part_file.os.fsync, itertools.count()

        def fail_at_the_sixth(descriptor):
            if next(calls) == 5:
                raise OSError(errno.EIO, "input/output error")
            sync(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr(part_file.os, "fsync", fail_at_the_sixth)
            (failed,) = world.merge(world.office, package)

        assert failed.outcome == "failed"
        assert state_digest(world.office) == before
        assert list((world.office.folder / "tmp").iterdir()) == []
        assert world.merge(world.office, package)[0].outcome == "applied"
        assert verify_workspace(world.office).is_sound

    def test_the_same_package_again_changes_nothing(self, world, package):
        world.merge(world.office, package)
        before = dump(world.office)

        (again,) = world.merge(world.office, package)

        assert again.outcome == "known"
        assert dump(world.office) == before

    def test_the_same_package_sealed_anew_changes_nothing(self, world, package):
        world.merge(world.office, package)
        before = dump(world.office)
        copy = world.stick / "copy.mcp"
        recipients = [world.office.identity.recipient, _escrow(world)]
        copy.write_bytes(encrypt_bytes(opened(package, world.office), recipients))

        (again,) = world.merge(world.office, copy)

        assert again.outcome == "known"
        assert dump(world.office) == before

    def test_a_dry_run_says_what_would_happen_and_changes_nothing(self, world, package):
        before = dump(world.office), files_below(world.office.folder)

        (planned,) = world.merge(world.office, package, is_dry_run=True)

        assert (dump(world.office), files_below(world.office.folder)) == before
        (applied,) = world.merge(world.office, package)
        assert planned.outcome == "would_apply"
        assert planned.visits == applied.visits
        assert (planned.new_entries, planned.new_objects) == (applied.new_entries, applied.new_objects)

    def test_a_dry_run_of_a_bad_file_keeps_nothing(self, world):
        before = dump(world.office), files_below(world.office.folder)

        (refused,) = world.merge(world.office, world.file("bad.mcp", b"rubbish"), is_dry_run=True)

        assert refused.outcome == "quarantined"
        assert (dump(world.office), files_below(world.office.folder)) == before

    def test_one_bad_file_does_not_stop_the_others(self, world, package):
        report = merge_packages(world.office, [world.file("bad.mcp", b"x" * 400), package])

        assert [each.outcome for each in report.files] == ["quarantined", "applied"]
        assert not report.is_complete

    def test_a_disk_that_fails_is_reported_and_the_package_is_not_blamed(self, world, package, monkeypatch):
        def fail(_source, _target):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("desktop.services.packages.quarantine.copy_file", fail)

        bad, good = world.merge(world.office, world.file("bad.mcp", b"x" * 400), package)

        assert (bad.outcome, good.outcome) == ("failed", "applied")
        assert "空间不足" in bad.problem
        assert rows(world.office, "quarantine") == []

    def test_a_package_of_what_is_known_already_is_identical(self, world, package):
        world.merge(world.office, package)

        again = world.bring(world.anna)

        assert again.outcome == "applied"
        assert [change.change for change in again.visits] == ["identical"]

    def test_the_progress_of_each_file_is_told(self, world, package):
        seen = []

        merge_packages(world.office, [package], report_progress=lambda *step: seen.append(step))

        assert seen[-1] == (package.stat().st_size, package.stat().st_size)

    def test_two_who_answer_one_item_conflict_and_both_answers_are_kept(self, world):
        visit = world.visits[2]
        world.record(world.anna, visit, answers=[{"item": 1, "deduct": 2, "facts": "甲说"}])
        world.record(world.bert, visit, answers=[{"item": 1, "deduct": 4, "facts": "乙说"}])

        first, second = world.bring(world.anna), world.bring(world.bert)

        assert first.visits[0].change == "newer"
        (change,) = second.visits
        assert (change.change, change.parts) == ("conflict", ("answer/1",))
        assert describe_workspace(world.office).conflicts == 1

    def test_what_somebody_writes_who_does_not_hold_the_visit_is_held(self, world):
        visit = world.visits[1]
        with world.anna.db.atomic():
            write_entries(
                world.anna, [birth(world.anna, visit, "visit", {"answer/1": {"facts": "不是我的"}})]
            )

        result = world.bring(world.anna)

        assert [change.change for change in result.visits] == ["held"]
        assert read_visit(world.office.db, visit).answers == {}
        assert describe_workspace(world.office).held == 1

    def test_a_backup_precedes_a_batch_at_most_once_an_hour(self, world, package):
        first = merge_packages(world.office, [package]).backup
        assert first is not None
        assert first.is_file()
        assert merge_packages(world.office, [package]).backup is None

        world.clock.go_on(HOUR_MS)
        assert merge_packages(world.office, [package]).backup is not None

    def test_telephone_numbers_stay_in_the_office(self, world):
        tar = opened(world.mission_package(world.anna), world.anna)

        assert "澄湖区人民政府".encode() not in tar  # entries travel as base64
        parts = world.anna.db.execute("SELECT name, bytes FROM part WHERE name = 'contact'").fetchall()
        assert parts
        assert all(data is None for _name, data in parts)


class TestOrder:
    @pytest.fixture
    def files(self, world):
        """Three packages of anna, two of bert; both answered the visit they share."""
        files = []
        for node, visits in ((world.anna, world.visits[::2]), (world.bert, world.visits[1:])):
            for number, visit in enumerate(visits):
                world.file("e.txt", f"{node.node} {number}".encode())
                world.record(
                    node,
                    visit,
                    answers=[{"item": 1, "deduct": number + 1, "facts": node.person.name}],
                    evidence=[{"path": "e.txt"}],
                )
                files.append(world.results(node))
        world.record(world.anna, world.visits[0], answers=[{"item": 2, "deduct": 0}])
        files.append(world.results(world.anna))
        world.close()
        return files

    def test_any_order_any_number_of_times_gives_the_same_office(self, world, files):
        orders = [files, files[::-1], [files[2], files[4], *files, files[0]], [files[3], files[4]]]
        seen = []
        for number, order in enumerate(orders):
            with world.copy_of("office", f"copy-{number}") as office:
                for file in order:
                    assert world.merge(office, file)[0].outcome in ("applied", "known")
                seen.append((state_digest(office), tuple(map(str, rows(office, "visits")))))

        assert len(set(seen)) == 1

    def test_one_batch_is_the_same_as_one_by_one(self, world, files):
        with world.copy_of("office", "one") as one, world.copy_of("office", "batch") as batch:
            for file in files:
                world.merge(one, file)
            world.merge(batch, *files)

            assert state_digest(one) == state_digest(batch)

    def test_each_late_package_alone_is_made_good_by_the_next_one(self, world, files):
        digests = set()
        for number, late in enumerate(itertools.combinations(files[:4], 1)):
            with world.copy_of("office", f"late-{number}") as office:
                world.merge(office, *[file for file in files if file not in late])
                missing = describe_workspace(office).missing
                world.merge(office, *late)
                digests.add(state_digest(office))
                assert describe_workspace(office).missing == 0
                assert missing >= 0

        assert len(digests) == 1


class TestGaps:
    def test_a_lost_package_is_made_good_by_the_next_one_which_covers_it(self, world):
        world.record(world.anna, world.visits[0])
        world.results(world.anna)
        world.record(world.anna, world.visits[2])

        result = world.bring(world.anna)

        assert (result.seq, result.gaps) == (2, ())
        assert {row["id"] for row in rows(world.office, "visits") if row["status"]} == set(world.visits[::2])

    def test_a_gap_that_nothing_covers_is_shown_until_it_is_filled(self, world):
        world.record(world.anna, world.visits[0])
        first = forge(world, world.anna, {"covers": ()})
        second = forge(world, world.anna, {"covers": ()})
        third = forge(world, world.anna, {"covers": ()})

        assert world.merge(world.office, third)[0].gaps == (1, 2)
        assert world.merge(world.office, second)[0].gaps == (1,)
        assert world.merge(world.office, first)[0].gaps == ()

    def test_a_later_package_that_covers_the_gap_closes_it(self, world):
        world.record(world.anna, world.visits[0])
        _lost = forge(world, world.anna, {"covers": ()})
        second = forge(world, world.anna, {"covers": ()})
        assert world.merge(world.office, second)[0].gaps == (1,)

        assert world.bring(world.anna).gaps == ()

    def test_two_packages_with_one_number_are_both_taken_and_shown_as_a_fork(self, world):
        world.record(world.anna, world.visits[0])
        first = forge(world, world.anna, seq=1)
        second = forge(world, world.anna, seq=1)

        assert not world.merge(world.office, first)[0].is_forked
        assert world.merge(world.office, second)[0].is_forked

    def test_a_copied_laptop_shows_as_a_fork_and_both_branches_stay(self, world):
        world.anna.close()
        with world.copy_of("anna", "twin") as twin:
            world.anna = world.opened("anna")
            world.record(world.anna, world.visits[0], answers=[{"item": 1, "deduct": 1, "facts": "原机"}])
            world.record(twin, world.visits[0], answers=[{"item": 1, "deduct": 2, "facts": "复制机"}])
            assert not world.bring(world.anna).is_forked
            world.clock.go_on()

            result = world.bring(twin)

        assert (result.outcome, result.is_forked) == ("applied", True)
        info = describe_workspace(world.office)
        assert (info.forked_streams, info.conflicts) == (1, 1)


class TestRefusals:
    def test_a_damaged_file_is_kept_in_the_quarantine(self, world, package):
        data = bytearray(package.read_bytes())
        data[len(data) // 2] ^= 1
        damaged = world.file("damaged.mcp", bytes(data))

        assert refusal(world, damaged) == "damaged"
        assert world.merge(world.office, package)[0].outcome == "applied"

    def test_a_file_cut_short_is_kept(self, world, package):
        assert refusal(world, world.file("short.mcp", package.read_bytes()[:-100])) in (
            "damaged",
            "truncated",
        )

    def test_a_damaged_file_again_is_refused_again_and_kept_once(self, world):
        bad = world.file("bad.mcp", b"rubbish" * 100)
        refusal(world, bad)

        assert world.merge(world.office, bad)[0].outcome == "quarantined"
        assert len(rows(world.office, "quarantine")) == 1

    def test_a_file_that_is_not_there_is_only_reported(self, world):
        (result,) = world.merge(world.office, world.stick / "nowhere.mcp")

        assert (result.outcome, result.reason) == ("quarantined", "not-a-file")
        assert rows(world.office, "quarantine") == []

    def test_a_package_for_somebody_else_is_refused(self, world, package):
        assert refusal(world, package, world.bert) == "not-for-us"

    def test_a_package_passed_on_to_somebody_else_is_refused(self, world, package):
        bert = find_node_by_name(world.office, world.bert.node)
        tar = opened(package, world.office)
        passed_on = world.file("passed.mcp", encrypt_bytes(tar, [world.bert.identity.recipient]))

        assert refusal(world, passed_on, world.bert) in ("forwarded", "other-destination")
        assert bert.id == world.bert.node

    def test_a_package_of_an_unknown_sender_is_refused(self, world, package):
        world.office.db.execute("DELETE FROM node WHERE id = ?", [world.anna.node])

        assert refusal(world, package) == "unknown-sender"

    def test_a_package_forged_with_another_key_is_refused(self, world):
        assert refusal(world, forge(world, world.anna, identity=world.bert.identity)) == "unknown-sender"
        stranger = NodeIdentity.new(new_node_id())
        assert refusal(world, forge(world, world.anna, identity=stranger)) == "unknown-sender"

    def test_a_sender_may_not_count_in_the_stream_of_another(self, world, package):
        world.merge(world.office, package)
        known = packages(world.office.db, "in")[0]
        manifest = decode_manifest(known.manifest)
        stolen = replace(
            manifest,
            sender=replace(manifest.sender, stream=f"{world.bert.node}.{'0' * 16}"),
            package_id="0" * 32,
        )
        key = world.anna.identity.public_key

        with pytest.raises(PackageRefusedError) as refused:
            admit_package(world.office, stolen, stolen.encode(), b"", key)

        assert refused.value.reason is Refusal.NOT_PERMITTED

    @pytest.mark.parametrize("kind", [PackageKind.MISSION, PackageKind.RECEIPT])
    def test_a_laptop_gives_the_office_no_orders(self, world, kind):
        assert refusal(world, forge(world, world.anna, {"kind": kind})) == "not-permitted"

    def test_an_office_sends_its_laptops_no_results(self, world):
        contents = contents_of(world.office, PackageKind.RESULT, entries_of_records(world.office.db, []))
        file = forge(
            world, world.office, {"kind": PackageKind.RESULT}, contents=contents, dest=world.anna.node
        )

        assert refusal(world, file, world.anna) == "not-permitted"

    def test_one_package_id_with_two_contents_is_refused_and_both_are_kept(self, world, package):
        world.merge(world.office, package)
        used = packages(world.office.db, "in")[0].package_id
        (world.stick / package.name).rename(world.stick / "first.mcp")

        assert refusal(world, forge(world, world.anna, {"package_id": used})) == "forked"

    def test_an_entry_of_a_foreign_stream_that_nobody_vouches_for_is_refused(self, world):
        world.record(world.bert, world.visits[1])
        world.merge(world.anna, world.mission_package(world.anna))
        stolen = _entries_of_bert_at_anna(world)

        assert refusal(world, forge(world, world.anna, contents=stolen)) == "not-permitted"

    def test_an_entry_of_a_third_node_counts_with_a_manifest_of_its_author(self, world):
        world.record(world.bert, world.visits[1])
        contents = _entries_of_bert_at_anna(world)
        sent = world.results(world.bert)
        manifest = packages(world.bert.db, "out")[0]
        relay = b"".join(encode_relays([(manifest.manifest, manifest.signature, manifest.contents)]))
        extra = [(Role.MANIFESTS, "application/octet-stream", relay)]

        (result,) = world.merge(world.office, forge(world, world.anna, contents=contents, extra=extra))

        assert (result.outcome, result.problem) == ("applied", "")
        assert read_visit(world.office.db, world.visits[1]).answers[1]["facts"] == "窗口空岗"
        assert world.merge(world.office, sent)[0].outcome == "applied"

    def test_a_manifest_of_somebody_unknown_or_with_another_key_vouches_for_nothing(self, world):
        world.record(world.bert, world.visits[1])
        contents = _entries_of_bert_at_anna(world)
        world.results(world.bert)
        manifest = packages(world.bert.db, "out")[0]
        relay = b"".join(encode_relays([(manifest.manifest, manifest.signature, manifest.contents)]))
        extra = [(Role.MANIFESTS, "application/octet-stream", relay)]
        world.office.db.execute(
            "UPDATE node SET card = (SELECT card FROM node WHERE id = ?) WHERE id = ?",
            [world.anna.node, world.bert.node],
        )
        assert refusal(world, forge(world, world.anna, contents=contents, extra=extra)) == "not-permitted"
        world.office.db.execute("DELETE FROM node WHERE id = ?", [world.bert.node])
        assert refusal(world, forge(world, world.anna, contents=contents, extra=extra)) == "not-permitted"

    def test_a_trust_list_that_the_office_did_not_sign_refuses_the_package(self, world):
        serial, data, signature = read_trust_list(world.office.db, world.office.node)
        changed = json.loads(data) | {"serial": serial + 7}
        forged = SignedTrustList(
            json.dumps(changed, sort_keys=True, separators=(",", ":")).encode(), signature
        )
        contents = contents_of(world.office, PackageKind.MISSION, entries_of_records(world.office.db, []))
        extra = [(Role.TRUST, "application/jsonl", b"".join(encode_trust_lists([forged])))]
        file = forge(world, world.office, contents=contents, extra=extra, dest=world.anna.node)

        assert refusal(world, file, world.anna) == "bad-content"
        assert read_trust_list(world.anna.db, world.office.node)[0] == serial

    def test_evidence_that_came_with_a_refused_package_is_gone(self, world):
        world.file("a.txt", b"photo bytes")
        world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt"}])
        relay = b"no relays"
        extra = [(Role.RECEIPTS, "application/jsonl", relay)]
        objects = files_below(world.office.folder / "objects")

        assert refusal(world, forge(world, world.anna, extra=extra)) == "bad-content"
        assert files_below(world.office.folder / "objects") == objects

    def test_a_laptop_cannot_confirm_packages_that_were_not_sent_to_it(self, world, package):
        world.merge(world.office, package)
        known = packages(world.office.db, "in")[0]
        to_bert = world.mission_package(world.bert)
        sent = next(p for p in packages(world.office.db, "out") if p.file_name == to_bert.name)
        receipts = [
            Receipt(p.stream, p.seq, p.manifest_sha256, ReceiptState.APPLIED, (), ()) for p in (known, sent)
        ]
        extra = [(Role.RECEIPTS, "application/jsonl", b"".join(encode_receipts(receipts)))]

        world.merge(world.office, forge(world, world.anna, extra=extra))

        assert find_package(world.office.db, known.manifest_sha256).state == "applied"
        assert find_package(world.office.db, sent.manifest_sha256).state == "written"


class TestQuarantine:
    def test_a_reason_that_cannot_pass_is_not_tried_again(self, world):
        refusal(world, world.file("bad.mcp", b"x" * 300))
        before = events(world.office)

        assert world.merge(world.office) == ()
        assert events(world.office) == before

    def test_a_waiting_file_that_was_taken_away_stops_nobody(self, world, package):
        world.office.db.execute("DELETE FROM node WHERE id = ?", [world.anna.node])
        refusal(world, package)
        for file in (world.office.folder / "quarantine").iterdir():
            file.unlink()

        assert world.merge(world.office) == ()

    def test_the_file_of_a_released_package_stays(self, world, package):
        node = find_node_by_name(world.office, world.anna.node)
        world.office.db.execute("UPDATE node SET card = x'' WHERE id = ?", [world.bert.node])
        world.office.db.execute("DELETE FROM node WHERE id = ?", [node.id])
        refusal(world, package)
        save_node(world.office.db, node)

        assert [each.outcome for each in world.merge(world.office)] == ["applied"]
        assert "released" in events(world.office)
        assert len(list((world.office.folder / "quarantine").iterdir())) == 1
        assert describe_workspace(world.office).waiting == 0


def _escrow(world):
    return read_text_setting(world.office.db, ESCROW_SETTING)


def _entries_of_bert_at_anna(world):
    """Let anna know what bert wrote, without the office: her database merges it directly."""
    theirs = list(load_chosen(world.bert.db, entries_of_node(world.bert.db, world.bert.node)))
    with world.anna.db.atomic():
        merge_entries(world.anna.db, theirs)
    chosen = sorted(
        [*entries_of_node(world.anna.db, world.anna.node), *entries_of_node(world.anna.db, world.bert.node)],
        key=lambda e: (e.stream, e.seq, e.hash),
    )
    return contents_of(world.anna, PackageKind.RESULT, chosen)


class TestDryRunOfSeveral:
    """The plan of several packages says what merging them one after the other does."""

    @staticmethod
    def agree(world, files):
        before = dump(world.office), files_below(world.office.folder)

        planned = world.merge(world.office, *files, is_dry_run=True)

        assert (dump(world.office), files_below(world.office.folder)) == before
        one_by_one = [each for file in files for each in world.merge(world.office, file)]
        assert [_said(each) for each in planned] == [_said(each) for each in one_by_one]
        return planned

    def test_two_laptops_that_answer_one_item_conflict_in_the_plan_already(self, world):
        third = world.visits[2]
        world.record(world.anna, third, answers=[{"item": 1, "deduct": "1"}])
        world.record(world.bert, third, answers=[{"item": 1, "deduct": "2"}])

        _first, second = self.agree(world, [world.results(world.anna), world.results(world.bert)])

        assert [(each.visit_id, each.change) for each in second.visits if each.change == "conflict"] == [
            (third, "conflict")
        ]

    def test_the_second_package_of_a_laptop_counts_only_what_it_adds(self, world):
        world.file("a.txt", b"photo bytes")
        world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt", "item": 1}])
        first = world.results(world.anna, with_all_objects=True)
        world.record(world.anna, world.visits[2])
        second = world.results(world.anna, with_all_objects=True)

        one, two = self.agree(world, [first, second])

        assert (one.new_objects, two.new_objects) == (1, 0)
        assert two.known_entries >= one.new_entries

    def test_the_same_file_twice_is_known_the_second_time(self, world, package):
        copy = world.file("copy.mcp", package.read_bytes())

        assert [each.outcome for each in self.agree(world, [package, copy])] == ["would_apply", "known"]

    def test_a_later_package_first_leaves_no_gap_in_the_plan_once_the_earlier_one_is_read(self, world):
        first = world.results(world.anna)
        world.record(world.anna, world.visits[0])

        self.agree(world, [world.results(world.anna), first])

    def test_a_bad_file_between_two_good_ones_changes_nothing_of_their_plan(self, world, package):
        world.record(world.bert, world.visits[1])
        bad = world.file("bad.mcp", b"rubbish")

        planned = self.agree(world, [package, bad, world.results(world.bert)])

        assert [each.outcome for each in planned] == ["would_apply", "quarantined", "would_apply"]

    def test_a_package_that_waits_in_the_quarantine_is_in_the_plan_too(self, world, package):
        card = world.office.db.execute("SELECT card FROM node WHERE id = ?", [world.anna.node]).fetchone()
        assert card
        with world.office.db.atomic():
            world.office.db.execute("UPDATE node SET status = 'revoked' WHERE id = ?", [world.anna.node])
        world.merge(world.office, package)
        with world.office.db.atomic():
            world.office.db.execute("UPDATE node SET status = 'enrolled' WHERE id = ?", [world.anna.node])
            world.office.db.execute("UPDATE quarantine SET reason = 'unknown-sender'")
        world.record(world.bert, world.visits[1])
        file = world.results(world.bert)

        planned = world.merge(world.office, file, is_dry_run=True)
        applied = world.merge(world.office, file)

        assert len(planned) == len(applied) == 2
        assert [_said(each) for each in planned] == [_said(each) for each in applied]

    def test_evidence_that_was_lost_is_counted_in_the_plan_of_a_known_package(self, world, package):
        world.merge(world.office, package)
        (evidence,) = rows(world.office, "evidence")
        world.office.objects.path_of(evidence["sha256"]).unlink()

        (planned,) = self.agree(world, [package])

        assert (planned.outcome, planned.new_objects) == ("known", 1)


def _said(merged):
    """What a result says, but for “would be” and “was”."""
    outcome = merged.outcome.replace("would_apply", "applied")
    return replace(merged, outcome=outcome, file=None)
