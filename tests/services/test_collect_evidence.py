import os

import pytest

from desktop.errors import CancelledError, UserError
from desktop.services.evidence import collect_evidence as module
from desktop.services.evidence.collect_evidence import IntakeOutcome, Source, collect_evidence, list_sources
from desktop.services.evidence.edit_evidence import edit_evidence
from desktop.services.evidence.photo_folder import choose_photo_folder, newest_photo, photo_folder
from desktop.services.records.locked_items import LockedItemError, lock_items
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.sign_visit import sign_visit
from desktop.storage.object_errors import StoreFailedError
from tests.media.picture_samples import jpeg, png_header
from tests.services.worlds import events


@pytest.fixture
def visit(world):
    return world.visits[0]


@pytest.fixture
def collect(world, visit):
    def collect(*paths, note=None, **options):
        listed = list_sources([Source(path) for path in paths])
        return (*listed.lines, *collect_evidence(world.anna, visit, listed, note or {}, **options))

    return collect


def outcomes(lines):
    return {line.name: line.outcome for line in lines}


def evidence(world, visit):
    return read_visit(world.anna.db, visit).evidence


def test_a_camera_card_is_taken_in_whole_and_without_what_the_system_put_on_it(world, collect, tmp_path):
    card = tmp_path / "card"
    (card / "DCIM" / "100CANON").mkdir(parents=True)
    (card / "System Volume Information").mkdir()
    for name, content in (
        ("DCIM/100CANON/IMG_1.JPG", jpeg()),
        ("DCIM/100CANON/MVI_2.MP4", b"\0\0\0\x18ftypmp42" + b"x" * 50),
        ("DCIM/.hidden", b"x"),
        ("DCIM/Thumbs.db", b"x"),
        ("System Volume Information/log", b"x"),
    ):
        (card / name).write_bytes(content)

    assert outcomes(collect(card)) == {
        "IMG_1.JPG": IntakeOutcome.TAKEN,
        "MVI_2.MP4": IntakeOutcome.TAKEN,
    }


def test_one_bad_file_stops_no_other(world, collect, visit, tmp_path):
    good, link = world.file("good.jpg", jpeg()), tmp_path / "link.jpg"
    link.symlink_to(good)
    lines = collect(link, tmp_path / "missing.jpg", tmp_path / "a\0b.jpg", good)

    assert [line.outcome for line in lines] == [*[IntakeOutcome.REFUSED] * 3, IntakeOutcome.TAKEN]
    assert all(line.remark for line in lines[:3])
    assert len(evidence(world, visit)) == 1


def test_the_same_file_twice_is_said_and_not_doubled(world, collect, visit):
    first, second = world.file("a.jpg", jpeg()), world.file("b.jpg", jpeg())
    (taken,) = collect(first)
    (known,) = collect(second)

    assert (known.outcome, known.evidence_id) == (IntakeOutcome.KNOWN, taken.evidence_id)
    assert known.remark
    assert len(evidence(world, visit)) == 1


def test_an_empty_and_a_disguised_file_are_taken_in_with_a_remark(world, collect):
    lines = collect(world.file("empty.jpg", b""), world.file("photo.jpg", b"MZ" + bytes(100)))

    assert [line.outcome for line in lines] == [IntakeOutcome.TAKEN] * 2
    assert all(line.remark for line in lines)


def test_a_picture_that_claims_to_be_huge_is_evidence_all_the_same(world, collect):
    (line,) = collect(world.file("bomb.png", png_header(60_000, 60_000)))

    assert line.outcome is IntakeOutcome.TAKEN


def test_what_came_from_the_clipboard_is_taken_in_without_a_file(world, visit):
    listed = list_sources([Source(module.Path("截图.jpg"), jpeg())])
    (line,) = collect_evidence(world.anna, visit, listed, {"item": 2, "caption": "公示栏"})
    (row,) = evidence(world, visit)

    assert (line.outcome, row["name"], row["item"], row["caption"]) == ("taken", "截图.jpg", "2", "公示栏")
    assert b"".join(world.anna.objects.open(str(row["sha256"]))) == jpeg()


def test_stopping_keeps_what_is_in_and_names_what_is_not(world, collect, visit):
    files = [world.file(f"{number}.txt", b"%d" % number * 600_000) for number in range(3)]

    def stop_in_the_second(done, total):
        assert total == 1_800_000
        if done > 700_000:
            raise CancelledError

    lines = collect(*files, report_progress=stop_in_the_second)

    assert [line.outcome for line in lines] == ["taken", "left", "left"]
    assert len(evidence(world, visit)) == 1
    assert not list((world.anna.folder / "tmp").iterdir())


def test_others_may_write_between_the_files_of_a_long_intake(world, collect, visit):
    files = [world.file(f"{number}.txt", b"%d" % number) for number in range(3)]
    listed = list_sources([Source(file) for file in files])
    first = collect_evidence(world.anna, visit, listed, {}, most_s=0)
    rest = collect_evidence(world.anna, visit, listed.after(len(first)), {})

    assert (len(first), len(rest)) == (1, 2)
    assert len(evidence(world, visit)) == 3


def test_a_failing_disk_ends_the_intake_and_says_so(world, collect, monkeypatch):
    def fail(*_arguments):
        raise StoreFailedError

    monkeypatch.setattr(module, "take_in_file", fail)
    lines = collect(world.file("a.txt"), world.file("b.txt"))

    assert [line.outcome for line in lines] == ["refused", "left"]
    assert lines[1].remark == StoreFailedError().problem


def test_too_many_files_at_once_are_refused_before_the_first(world, collect, visit, monkeypatch):
    monkeypatch.setattr(module, "MOST_FILES", 1)
    with pytest.raises(UserError, match="2"):
        collect(world.file("a.txt"), world.file("b.txt"))

    assert not evidence(world, visit)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read_is_listed(collect, tmp_path):
    (tmp_path / "card" / "locked").mkdir(parents=True)
    (tmp_path / "card" / "locked").chmod(0)
    lines = collect(tmp_path / "card")

    assert [line.outcome for line in lines] == [IntakeOutcome.REFUSED]


def test_nothing_is_added_to_a_signed_visit_or_to_one_of_others(world, collect, visit):
    (line,) = collect(world.file("a.txt"))
    world.record(world.anna, visit)
    sign_visit(world.anna, visit)
    with pytest.raises(UserError):
        collect(world.file("b.txt"))
    with pytest.raises(UserError):
        edit_evidence(world.anna, line.evidence_id, caption="x")
    with pytest.raises(UserError):
        collect_evidence(world.bert, visit, list_sources([]), {})


def test_a_caption_and_an_item_are_said_of_evidence_and_its_original_stays(world, collect, visit):
    (line,) = collect(world.file("a.jpg", jpeg()), note={"item": 1})
    before = evidence(world, visit)[0]
    edit_evidence(world.anna, line.evidence_id, caption="  三号\n窗口 ")
    edit_evidence(world.anna, line.evidence_id, item=3)
    (row,) = evidence(world, visit)

    assert (row["caption"], row["item"], row["sha256"]) == ("三号 窗口", "3", before["sha256"])
    edit_evidence(world.anna, line.evidence_id, item=0)
    assert evidence(world, visit)[0]["item"] == ""


def test_dropped_evidence_leaves_the_lists_and_stays_in_the_log(world, collect, visit):
    (line,) = collect(world.file("a.jpg", jpeg()))
    edit_evidence(world.anna, line.evidence_id, is_dropped=True)

    assert not evidence(world, visit)
    assert "collected" in events(world.anna)
    edit_evidence(world.anna, line.evidence_id, is_dropped=False)
    assert len(evidence(world, visit)) == 1


def test_evidence_of_an_item_that_identity_locked_stays_with_it(world, collect, visit):
    (line,) = collect(world.file("a.jpg", jpeg()), note={"item": 1})
    (later,) = collect(world.file("b.jpg", jpeg((50, 40))), note={"item": 2})
    with world.anna.db.atomic():
        lock_items(world.anna, visit, [1])
    for change in ({"is_dropped": True}, {"item": 2}):
        with pytest.raises(LockedItemError):
            edit_evidence(world.anna, line.evidence_id, **change)
    with pytest.raises(LockedItemError):
        edit_evidence(world.anna, later.evidence_id, item=1)
    edit_evidence(world.anna, line.evidence_id, caption="三号窗口")
    edit_evidence(world.anna, later.evidence_id, is_dropped=True)

    assert [(row["item"], row["caption"]) for row in evidence(world, visit)] == [("1", "三号窗口")]


def test_evidence_that_is_not_there_cannot_be_described(world):
    with pytest.raises(UserError):
        edit_evidence(world.anna, "nothing", caption="x")


def test_the_newest_photo_of_the_photo_folder_is_found(world, tmp_path):
    folder = tmp_path / "phone"
    (folder / "DCIM").mkdir(parents=True)
    assert photo_folder(world.anna) is None
    choose_photo_folder(world.anna, folder)
    assert photo_folder(world.anna) == folder
    with pytest.raises(UserError):
        newest_photo(folder)
    for name, at in (("old.jpg", 10), ("DCIM/new.HEIC", 20), ("newest.txt", 30), (".trashed.jpg", 40)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (at, at))

    assert newest_photo(folder).path == folder / "DCIM" / "new.HEIC"
    with pytest.raises(UserError):
        newest_photo(tmp_path / "pulled")
