import time
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.services.evidence import read_for_playing as playing
from desktop.services.evidence.collect_evidence import TAKEN_HERE, Source, collect_evidence, list_sources
from desktop.services.evidence.edit_evidence import edit_evidence
from desktop.services.evidence.export_recording import export_recording
from desktop.services.evidence.read_for_playing import is_playable, read_for_playing
from desktop.services.evidence.record_segments import (
    RecordedSegment,
    RecordingEnd,
    RecordingKind,
    begin_recording,
    end_recording,
    keep_segment,
)
from desktop.services.printing.evidence_form import evidence_form
from desktop.services.records.visit_values import evidence_numbers, read_visit
from desktop.services.visits.show_visit import shown_evidence
from desktop.services.visits.sign_visit import sign_visit
from desktop.services.visits.visit_form import visit_form
from desktop.services.workspace.local_time import local_time
from desktop.storage.intake import take_in_bytes
from desktop.storage.object_errors import StoreFullError
from tests.media.picture_samples import jpeg
from tests.services.worlds import events


@pytest.fixture
def visit(world):
    world.record(world.anna, world.visits[0])
    return world.visits[0]


@pytest.fixture
def begin(world, visit):
    def begin(kind=RecordingKind.SOUND, item=1, source="内置麦克风"):
        return begin_recording(world.anna, visit, item, kind, source)

    return begin


def keep(world, recording, *numbers, began_s=None):
    began_s = time.monotonic() if began_s is None else began_s
    return [
        keep_segment(
            world.anna, recording, RecordedSegment(number, began_s, 10_000, b"fLaC%d" % number, "flac")
        )
        for number in numbers
    ]


def shown(world, visit):
    return shown_evidence(world.anna, read_visit(world.anna.db, visit))


def test_the_log_knows_of_a_recording_before_its_first_byte(world, visit, begin):
    begin(source="  内置\n麦克风  " + "长" * 300)

    last = world.anna.db.execute("SELECT count(*) FROM evidence").fetchone()
    assert last == (0,)
    assert events(world.anna)[-1] == "capture_started"


def test_every_segment_is_evidence_with_the_time_it_was_recorded_at(world, visit, begin, monkeypatch):
    recording = begin()
    world.clock.go_on(10_000)
    monkeypatch.setattr("desktop.services.evidence.record_segments.monotonic", lambda: 1010.0)
    keep(world, recording, 1, began_s=1000.0)
    row = read_visit(world.anna.db, visit).evidence[0]

    assert row["started_at"] == row["taken_at"] == local_time(world.clock.now_ms - 10_000)
    assert (row["capture_mode"], row["kind"], row["item"]) == (TAKEN_HERE, "录音", "1")
    assert (row["segment"], row["duration_ms"], row["is_complete"]) == (1, 10_000, 0)
    assert (row["mime"], row["taken_by"]) == ("audio/flac", world.anna.person.name)
    assert row["name"].endswith("-001.flac")
    assert read_for_playing(world.anna, row["sha256"]) == b"fLaC1"


def test_a_recording_that_was_stopped_is_complete(world, visit, begin):
    recording = begin()
    keep(world, recording, 1, 2)
    count = end_recording(world.anna, recording, RecordingEnd.STOPPED)
    piece = shown(world, visit)[0]

    assert count == 2
    assert piece.recording.is_complete
    assert piece.recording.duration_ms == 20_000
    assert piece.recording.source == "内置麦克风"
    assert events(world.anna)[-1] == "capture_ended"


def test_a_recording_without_an_end_or_with_a_broken_one_is_not_complete(world, visit, begin):
    killed, broken = begin(), begin(RecordingKind.FILM, item=0)
    keep(world, killed, 1)
    keep(world, broken, 2)
    end_recording(world.anna, broken, RecordingEnd.BROKEN)

    assert [piece.recording.is_complete for piece in shown(world, visit)] == [False, False]
    assert [piece.item for piece in shown(world, visit)] == ["1", ""]


def test_a_recording_without_a_segment_ends_as_well(world, visit, begin):
    assert end_recording(world.anna, begin(), RecordingEnd.STOPPED) == 0


def test_a_recording_is_one_piece_with_one_number_and_every_file_has_its_line(world, visit, begin):
    recording = begin()
    keep(world, recording, 1)
    (photo,) = [
        line.evidence_id
        for line in collect_evidence(
            world.anna, visit, list_sources([Source(world.file("a.jpg", jpeg()))]), {"item": 1}
        )
    ]
    keep(world, recording, 2, 3)
    view = read_visit(world.anna.db, visit)

    assert [(piece.number, piece.id == photo) for piece in shown(world, visit)] == [
        ("Z01", False),
        ("Z02", True),
    ]
    assert [len(piece.ids) for piece in shown(world, visit)] == [3, 1]
    assert list(evidence_numbers(view).values()) == ["Z01", "Z02", "Z01-2", "Z01-3"]
    assert [line.number for line in evidence_form(world.anna, visit).lines] == [
        "Z01",
        "Z02",
        "Z01-2",
        "Z01-3",
    ]
    assert visit_form(world.anna, visit).items[0].evidence_numbers == ("Z01", "Z02")


def test_what_is_said_of_a_recording_is_said_of_all_its_segments(world, visit, begin):
    recording = begin()
    first, *_others = keep(world, recording, 1, 2, 3)
    edit_evidence(world.anna, first, caption="询问窗口负责人", item=2)
    rows = read_visit(world.anna.db, visit).evidence
    edit_evidence(world.anna, first, is_dropped=True)

    assert {(row["caption"], row["item"]) for row in rows} == {("询问窗口负责人", "2")}
    assert shown(world, visit) == ()


def test_nothing_is_recorded_for_a_visit_that_is_signed_or_held_elsewhere(world, visit, begin):
    recording = begin()
    sign_visit(world.anna, visit, "欧阳㛃")

    with pytest.raises(UserError):
        begin()
    with pytest.raises(UserError):
        keep(world, recording, 1)
    with pytest.raises(UserError):
        begin_recording(world.anna, world.visits[1], 0, RecordingKind.SOUND, "x")


def test_a_full_disk_refuses_a_segment_and_leaves_the_earlier_ones(world, visit, begin, monkeypatch):
    recording = begin()
    keep(world, recording, 1)
    monkeypatch.setattr(take_in_bytes, "__kwdefaults__", {"free": lambda _path: 0})
    with pytest.raises(StoreFullError):
        keep(world, recording, 2)

    assert len(read_visit(world.anna.db, visit).evidence) == 1


def test_a_picture_taken_by_the_program_says_who_took_it_and_when(world, visit, tmp_path):

    source = Source(Path("拍照.jpg"), jpeg(), TAKEN_HERE)
    collect_evidence(world.anna, visit, list_sources([source]), {"item": 3})
    row = read_visit(world.anna.db, visit).evidence[0]

    assert (row["capture_mode"], row["taken_by"]) == (TAKEN_HERE, world.anna.person.name)
    assert row["taken_at"] == row["taken_in_at"]


def test_only_films_and_sound_are_played_and_large_ones_are_not(world, visit, begin, monkeypatch):
    recording = begin()
    keep(world, recording, 1)
    sha256 = shown(world, visit)[0].sha256
    monkeypatch.setattr(playing, "MOST_PLAYED_BYTES", 3)

    with pytest.raises(UserError) as refused:
        read_for_playing(world.anna, sha256)
    assert refused.value.advice
    assert is_playable("video/mp4")
    assert not is_playable("image/jpeg")


def test_the_files_of_a_recording_are_written_out_as_they_were_recorded(world, visit, begin, tmp_path):
    recording = begin()
    keep(world, recording, 1, 2)
    segments = shown(world, visit)[0].recording.segments
    strange = replace(segments[0], name="../a/b.flac")
    away = replace(segments[0], is_here=False)

    assert export_recording(world.anna, (*segments, away), tmp_path) == 2
    assert sorted(path.read_bytes() for path in tmp_path.glob("*.flac")) == [b"fLaC1", b"fLaC2"]
    assert export_recording(world.anna, (strange,), tmp_path) == 1
    assert (tmp_path / "001-.._a_b.flac").is_file()
    with pytest.raises(UserError):
        export_recording(world.anna, segments, tmp_path)
