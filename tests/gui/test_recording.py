import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from desktop.errors import UserError
from desktop.gui.capture import recording as module
from desktop.gui.capture.recording import Recording
from desktop.services.evidence.record_segments import RecordingKind
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.show_visit import shown_evidence
from tests.gui.generated_source import GeneratedSource
from tests.services.worlds import events

LONG_MS = 20_000


@pytest.fixture
def desk(qapp):
    desk = QObject()
    yield desk
    # Here and now, not by the garbage collector in whatever thread it runs.
    delete(desk)


@pytest.fixture
def record(qtbot, jobs, world, open_in, desk):
    """Begins a recording of anna's third visit; what it tells is collected."""
    open_in(jobs, world, "anna")

    def record(kind, segment_ms=400, **source):
        source = GeneratedSource(desk, **source)
        recording = Recording(jobs, source, kind, desk, segment_ms)
        recording.told = {"kept": [], "failed": [], "ended": []}
        recording.segment_kept.connect(lambda number, each: recording.told["kept"].append((number, each)))
        recording.failed.connect(recording.told["failed"].append)
        recording.ended.connect(recording.told["ended"].append)
        recording.input = source
        source.start()
        recording.begin(world.visits[2], 3)
        return recording

    return record


def wait_kept(qtbot, recording, count):
    qtbot.waitUntil(lambda: len(recording.told["kept"]) >= count, timeout=LONG_MS)


def wait_ended(qtbot, recording):
    qtbot.waitUntil(lambda: bool(recording.told["ended"]), timeout=LONG_MS)
    return recording.told["ended"][0]


def pieces(qtbot, world, jobs):
    jobs.close_workspace()
    qtbot.waitUntil(lambda: jobs.is_quiet, timeout=LONG_MS)
    with world.opened("anna") as anna:
        view = read_visit(anna.db, world.visits[2])
        return shown_evidence(anna, view), events(anna), view.evidence


@pytest.mark.parametrize(
    ("kind", "mime"), [(RecordingKind.FILM, "video/mp4"), (RecordingKind.SOUND, "audio/flac")]
)
def test_a_recording_becomes_segments_that_are_safe_one_by_one(qtbot, record, world, jobs, kind, mime):
    recording = record(kind)
    wait_kept(qtbot, recording, 2)
    recording.stop()
    report = wait_ended(qtbot, recording)
    (piece,), log, rows = pieces(qtbot, world, jobs)

    assert report.is_whole
    assert report.segments == len(recording.told["kept"]) >= 2
    assert [number for number, _each in recording.told["kept"]] == list(range(1, report.segments + 1))
    assert piece.recording.is_complete
    assert {row["mime"] for row in rows} == {mime}
    assert {row["mismatch"] for row in rows} == {""}
    assert (piece.item, rows[0]["source"]) == ("3", recording.input.name)
    assert log.index("capture_started") < log.index("collected")
    assert log[-1] == "capture_ended"


def test_a_film_without_a_microphone_is_recorded(qtbot, record, world, jobs):
    recording = record(RecordingKind.FILM, has_sound=False)
    wait_kept(qtbot, recording, 1)
    recording.stop()

    assert wait_ended(qtbot, recording).is_whole


def test_a_device_that_fails_ends_the_recording_and_keeps_it(qtbot, record, world, jobs):
    recording = record(RecordingKind.SOUND)
    wait_kept(qtbot, recording, 1)
    recording.input.fail(UserError("unplugged", "plug it in"))
    report = wait_ended(qtbot, recording)
    (piece,), _log, _rows = pieces(qtbot, world, jobs)

    assert not report.is_whole
    assert [str(each.problem) for each in recording.told["failed"]] == ["unplugged"]
    assert not piece.recording.is_complete
    assert len(piece.recording.segments) == report.segments >= 1


def test_a_full_disk_ends_the_recording_and_keeps_what_there_is(qtbot, record, world, jobs, monkeypatch):
    recording = record(RecordingKind.SOUND)
    wait_kept(qtbot, recording, 1)

    def full(*_given):
        raise UserError("full", "free some space")

    monkeypatch.setattr(module, "keep_segment", full)
    report = wait_ended(qtbot, recording)
    (piece,), _log, _rows = pieces(qtbot, world, jobs)

    assert not report.is_whole
    assert [each.problem for each in recording.told["failed"]] == ["full"]
    assert not piece.recording.is_complete
    assert piece.recording.segments


def test_an_encoder_that_fails_ends_the_recording(qtbot, record, world, jobs):
    recording = record(RecordingKind.SOUND)
    wait_kept(qtbot, recording, 1)
    recording._segment._fail("no encoder.")
    report = wait_ended(qtbot, recording)

    assert not report.is_whole
    assert "no encoder" in recording.told["failed"][0].problem


def test_a_disk_that_is_too_slow_ends_the_recording(qtbot, record, world, jobs, monkeypatch):
    monkeypatch.setattr(module, "MOST_UNSAVED", 0)
    recording = record(RecordingKind.SOUND)

    assert not wait_ended(qtbot, recording).is_whole
    assert len(recording.told["failed"]) == 1


def test_nothing_is_recorded_where_nothing_can_be(qtbot, record, world, jobs, monkeypatch):
    monkeypatch.setattr(module, "sound_container", lambda: None)
    recording = record(RecordingKind.SOUND)

    assert wait_ended(qtbot, recording).segments == 0
    assert recording.told["failed"][0].advice


def test_a_recording_stopped_before_it_began_is_empty(qtbot, record, world, jobs):
    recording = record(RecordingKind.SOUND)
    recording.stop()
    report = wait_ended(qtbot, recording)

    assert (report.segments, report.duration_ms) == (0, 0)
    assert recording.elapsed_s == 0.0


def test_closing_the_workspace_keeps_the_last_words(qtbot, record, world, jobs):
    recording = record(RecordingKind.FILM, segment_ms=60_000)
    qtbot.waitUntil(lambda: recording.input.count > 10 and recording.is_running, timeout=LONG_MS)
    recording.stop_and_wait()
    (piece,), log, _rows = pieces(qtbot, world, jobs)

    assert piece.recording.is_complete
    assert log[-1] == "capture_ended"
