import io
from random import Random

import pytest
from PIL import Image

from desktop.domain.marks import WHOLE, Mark, MarkKind
from desktop.domain.picture_likeness import MOST_DIFFERENT
from desktop.errors import CancelledError, UserError
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.collect_evidence import Source, collect_evidence, list_sources
from desktop.services.evidence.derive_evidence import derive_evidence
from desktop.services.evidence.edit_evidence import edit_evidence
from desktop.services.pictures.evidence_relations import evidence_relations
from desktop.services.pictures.find_alike import alike_bits
from desktop.services.pictures.hash_pictures import bits_from, hash_pictures, keep_hashed
from desktop.services.pictures.pair_photos import pair_of, pair_photos, photos_before
from desktop.services.records.other_uses import reuse_remark
from desktop.services.visits.show_visit import show_visit
from desktop.services.workspace.journal import change, write_entries
from desktop.storage.picture_table import keep_picture_bits, picture_bits, unread_pictures
from desktop.storage.records import find_row
from tests.services.worlds import events

BOX = Mark(MarkKind.BOX, 0, 0, WHOLE // 2, WHOLE // 2)


def scene(seed, size=(640, 480), turn=0, quality=90):
    """A photo made of large patches: another one for every seed."""
    random = Random(seed)
    patches = Image.new("RGB", (8, 6))
    patches.putdata([tuple(random.randbytes(3)) for _each in range(48)])
    image = patches.resize(size, Image.Resampling.BICUBIC).rotate(turn, expand=True)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return target.getvalue()


@pytest.fixture
def attached(world):
    """Take a file in as evidence of one of anna's two visits (0 and 2)."""

    def attached(visit, content, name="photo.jpg", **note):
        world.clock.go_on()
        (evidence_id,) = attach_evidence(world.anna, world.visits[visit], [world.file(name, content)], note)
        return evidence_id

    return attached


def sha256_of(workspace, evidence_id):
    return find_row(workspace.db, "evidence", evidence_id)["sha256"]


def alike(workspace, evidence_id):
    """(SHA-256, distance) of the files like that of a piece of evidence; empty before its bits are computed."""
    sha256 = sha256_of(workspace, evidence_id)
    bits = picture_bits(workspace.db, sha256)
    return () if bits is None else alike_bits(workspace, bits, but=sha256)


def hash_all(workspace):
    count = 0
    while found := hash_pictures(workspace):
        keep_hashed(workspace, found)
        count += len(found)
    return count


def ids(others):
    return [other.evidence.id for other in others]


class TestTheSameFile:
    def test_it_is_taken_in_again_and_said_in_the_report(self, world, attached):
        attached(0, scene(1))
        again = list_sources([Source(world.file("again.jpg", scene(1)))])
        (line,) = collect_evidence(world.anna, world.visits[2], again, {})

        assert line.outcome == "taken"
        assert "澄湖区" in line.remark
        assert "2026-11-20" in line.remark

    def test_a_new_file_needs_no_word(self, world, attached):
        attached(0, scene(1))

        assert (
            reuse_remark(world.anna.db, world.visits[0], sha256_of(world.anna, attached(0, scene(2)))) == ""
        )

    def test_both_visits_say_so_here_and_at_the_office(self, world, attached):
        first, second = attached(0, scene(1)), attached(2, scene(1), "other.jpg")
        world.bring(world.anna)

        for node in (world.anna, world.office):
            assert ids(evidence_relations(node, first).same) == [second]
            assert ids(evidence_relations(node, second).same) == [first]
            (line,) = show_visit(node, world.visits[0]).reused
            assert line.startswith("Z01")

    def test_what_was_taken_out_of_a_visit_is_used_no_more(self, world, attached):
        first, second = attached(0, scene(1)), attached(2, scene(1))
        edit_evidence(world.anna, second, is_dropped=True)

        assert evidence_relations(world.anna, first).same == ()
        assert show_visit(world.anna, world.visits[0]).reused == ()


class TestTheSameScene:
    @pytest.mark.parametrize("other", [scene(1, (320, 240)), scene(1, quality=15), scene(1, turn=90)])
    def test_a_photo_made_again_is_found_in_another_visit(self, world, attached, other):
        first, second = attached(0, scene(1)), attached(2, other)
        attached(2, scene(2))
        assert hash_all(world.anna) == 3

        ((sha256, places),) = alike(world.anna, first)
        assert sha256 == sha256_of(world.anna, second)
        assert places <= MOST_DIFFERENT
        assert ids(evidence_relations(world.anna, first).alike) == [second]

    def test_photos_of_one_visit_and_derivatives_are_no_news(self, world, attached):
        first = attached(0, scene(1))
        attached(0, scene(1, quality=30))
        derive_evidence(world.anna, first, [BOX])
        hash_all(world.anna)

        assert evidence_relations(world.anna, first).alike == ()
        assert alike(world.anna, first) != ()

    def test_the_photo_that_is_looked_at_is_computed_at_once(self, world, attached):
        second = attached(2, scene(1, quality=30))
        hash_all(world.anna)
        first = attached(0, scene(1))

        assert ids(evidence_relations(world.anna, first).alike) == [second]
        assert alike(world.anna, first) == ()

    def test_evidence_that_comes_in_packages_is_computed_later(self, world, attached):
        first = attached(0, scene(1))
        world.bring(world.anna)
        assert picture_bits(world.office.db, sha256_of(world.office, first)) is None
        assert hash_all(world.office) == 1
        assert picture_bits(world.office.db, sha256_of(world.office, first)) is not None

    def test_what_cannot_be_decoded_is_tried_once(self, world, attached):
        broken = attached(0, b"\xff\xd8\xff\xe0 no picture")
        assert hash_all(world.anna) == 1
        assert hash_all(world.anna) == 0
        assert picture_bits(world.anna.db, sha256_of(world.anna, broken)) is None
        assert evidence_relations(world.anna, broken).alike == ()

    def test_a_damaged_original_stops_nothing(self, world, attached):
        photo = attached(0, scene(1))
        for path in (world.folder / "anna" / "objects").rglob("*"):
            if path.is_file():
                path.chmod(0o600)
                path.write_bytes(b"rot")

        assert hash_pictures(world.anna) == ((sha256_of(world.anna, photo), None),)

    def test_computing_gives_way_between_two_pictures(self, world, attached):
        attached(0, scene(1))
        attached(0, scene(2))

        assert len(hash_pictures(world.anna, most_s=0.0)) == 1

        def stop(_done, _total):
            raise CancelledError

        with pytest.raises(CancelledError):
            hash_pictures(world.anna, stop)

    @pytest.mark.parametrize("value", [None, 7, "", "12", "x" * 16, ["0" * 16]])
    def test_a_worker_that_lies_is_not_believed(self, value):
        assert bits_from(value) is None

    def test_the_highest_bit_is_kept(self, world):
        keep_picture_bits(world.anna.db, [("0" * 64, (1 << 64) - 2)])
        keep_picture_bits(world.anna.db, [("0" * 64, 2)])

        assert picture_bits(world.anna.db, "0" * 64) == (1 << 64) - 2
        assert unread_pictures(world.anna.db, ["image/jpeg"], 1 << 30, 10) == []


class TestBeforeAndAfter:
    def test_earlier_photos_of_the_unit_are_offered_from_all_visits_the_newest_first(self, world, attached):
        old, text = attached(0, scene(1)), attached(0, b"text", "a.txt")
        dropped = attached(0, scene(3))
        edit_evidence(world.anna, dropped, is_dropped=True)
        middle = attached(2, scene(2))
        derived = derive_evidence(world.anna, middle, [BOX]).id
        after = attached(0, scene(4))
        attached(0, scene(5))

        offered = ids(photos_before(world.anna, after))
        assert offered == [middle, old]
        assert not {text, dropped, derived, after} & set(offered)

    def test_a_pair_travels_to_the_office_and_can_be_taken_apart(self, world, attached):
        before, after = attached(0, scene(1)), attached(2, scene(2))
        pair_photos(world.anna, after, before)
        world.bring(world.anna)
        for node in (world.anna, world.office):
            pair = pair_of(node, after)
            assert (pair.before.evidence.id, pair.after.evidence.id) == (before, after)
            assert evidence_relations(node, after).before.evidence.id == before
            assert ids(evidence_relations(node, before).afters) == [after]
            assert [each.before_id for each in show_visit(node, world.visits[2]).evidence] == [before]
        pair_photos(world.anna, after, "")

        assert evidence_relations(world.anna, after).before is None
        with pytest.raises(UserError):
            pair_of(world.anna, after)
        assert events(world.anna).count("paired") == 2

    def test_a_photo_is_not_before_itself_by_any_way(self, world, attached):
        first, second, third = (attached(0, scene(seed)) for seed in (1, 2, 3))
        pair_photos(world.anna, second, first)
        pair_photos(world.anna, third, second)
        for after, before in ((first, first), (first, third), (third, "nothing"), ("nothing", first)):
            with pytest.raises(UserError):
                pair_photos(world.anna, after, before)

    def test_a_circle_of_another_program_ends(self, world, attached):
        first, second, third = (attached(0, scene(seed)) for seed in (1, 2, 3))
        for after, before in ((first, second), (second, first)):
            part = {"pair": {"before_id": before}}
            write_entries(world.anna, [change(world.anna, after, "evidence", part)])
        with pytest.raises(UserError):
            pair_photos(world.anna, third, first)

    def test_pairs_are_made_where_the_visit_is_recorded(self, world, attached):
        before, after = attached(0, scene(1)), attached(2, scene(2))
        world.bring(world.anna)
        with pytest.raises(UserError):
            pair_photos(world.office, after, before)


class TestDerivatives:
    def test_original_and_derivative_name_each_other(self, world, attached):
        photo = attached(0, scene(1))
        world.clock.go_on()
        derived = derive_evidence(world.anna, photo, [BOX])
        relations = evidence_relations(world.anna, derived.id)

        assert relations.parent.evidence.id == photo
        assert (relations.steps, relations.derivation != "") == (1, True)
        assert ids(evidence_relations(world.anna, photo).derivatives) == [derived.id]
        assert evidence_relations(world.anna, photo).derivation == ""

    def test_065_a_circle_of_parents_is_shown_and_ends(self, world, attached):
        first, second = attached(0, scene(1)), attached(0, scene(2))
        for child, parent in ((first, second), (second, first)):
            part = {"parent_id": parent, "parent_sha256": "", "kind": "x", "tool": "t", "steps": {}}
            write_entries(world.anna, [change(world.anna, child, "evidence", {"derivation": part})])
        relations = evidence_relations(world.anna, first)

        assert (relations.parent.evidence.id, relations.steps) == (second, 0)
        assert ids(relations.derivatives) == [second]

    def test_evidence_that_is_not_here_has_no_relations(self, world):
        assert evidence_relations(world.anna, "nothing").derivation == ""
