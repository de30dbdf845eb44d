import hashlib
import time

import pytest
from PySide6.QtCore import QObject, Qt
from shiboken6 import delete

from desktop.gui.capture.segment import Segment, film_container, sound_container
from desktop.gui.capture.source import speech_format
from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.i18n import _
from desktop.services.evidence import read_for_playing as reading
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.record_segments import (
    RecordedSegment,
    RecordingEnd,
    RecordingKind,
    begin_recording,
    end_recording,
    keep_segment,
)
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.show_visit import shown_evidence
from tests.gui.generated_source import GeneratedSource
from tests.media.picture_samples import jpeg

LONG_MS = 30_000


@pytest.fixture
def clip(qtbot):
    """Records half a second of the generated source; returns the bytes of the file."""

    def clip(kind):
        desk = QObject()
        is_film = kind is RecordingKind.FILM
        container = film_container() if is_film else sound_container()
        segment = Segment(container, has_picture=is_film, sound_format=speech_format(), parent=desk)
        source, done = GeneratedSource(desk), []
        source.frame_arrived.connect(segment.add_frame)
        source.sound_arrived.connect(segment.add_sound)
        segment.finished.connect(lambda data, _ms: done.append(data))
        source.start()
        qtbot.waitUntil(lambda: source.count >= 12, timeout=LONG_MS)
        source.stop()
        segment.finish()
        qtbot.waitUntil(lambda: bool(done), timeout=LONG_MS)
        delete(desk)
        return done[0]

    return clip


@pytest.fixture
def viewer(qtbot, jobs, world, open_in):
    """The dialog on the first piece of evidence that ``fill`` puts into a visit."""

    def viewer(fill):
        visit_id = world.visits[0]
        with world.opened("anna") as anna:
            fill(anna, visit_id)
            evidence = shown_evidence(anna, read_visit(anna.db, visit_id))
        open_in(jobs, world, "anna")
        dialog = EvidenceDialog(jobs, evidence[0], None, among=evidence)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return viewer


def recorded(kind, *contents, is_ended=True):
    def fill(anna, visit_id):
        recording = begin_recording(anna, visit_id, 1, kind, "x")
        for number, content in enumerate(contents, 1):
            ending = "mp4" if kind is RecordingKind.FILM else "flac"
            keep_segment(anna, recording, RecordedSegment(number, time.monotonic(), 500, content, ending))
        if is_ended:
            end_recording(anna, recording, RecordingEnd.STOPPED)

    return fill


def test_the_segments_of_a_film_play_one_after_the_other(qtbot, clip, viewer):
    dialog = viewer(recorded(RecordingKind.FILM, clip(RecordingKind.FILM), clip(RecordingKind.FILM)))
    view = dialog.media_view
    places = []
    view.player.position_changed.connect(places.append)
    assert view.time_label.text() == "00:00 / 00:01"
    assert not view.frame_view.has_picture
    qtbot.keyClick(view.play_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: view.frame_view.has_picture, timeout=LONG_MS)
    assert view.play_button.text().strip() == _("Pause")
    qtbot.waitUntil(lambda: not view.player.is_playing, timeout=LONG_MS)

    assert max(places) == 1000
    assert any(500 < place < 1000 for place in places)
    assert view.play_button.text().strip() == _("Play")


def test_a_pause_stays_where_it_is_and_goes_on_from_there(qtbot, clip, viewer):
    dialog = viewer(recorded(RecordingKind.SOUND, clip(RecordingKind.SOUND), clip(RecordingKind.SOUND)))
    view = dialog.media_view
    view.place_slider.setValue(700)
    assert view.time_label.text() == "00:00 / 00:01"
    assert view.player.position_ms == 700
    view.play_button.click()
    qtbot.waitUntil(lambda: view.player.position_ms > 705, timeout=LONG_MS)
    view.play_button.click()
    assert not view.player.is_playing
    place = view.player.position_ms
    view.play_button.click()
    qtbot.waitUntil(lambda: view.player.position_ms > place, timeout=LONG_MS)
    view.place_slider.setValue(10)
    qtbot.waitUntil(lambda: 0 < view.player.position_ms < 500, timeout=LONG_MS)
    view.volume_slider.setValue(20)
    view.place_slider.setValue(200)
    dialog.accept()

    assert not view.player.is_playing


def test_a_recording_without_an_end_is_said(qtbot, clip, viewer):
    dialog = viewer(recorded(RecordingKind.SOUND, clip(RecordingKind.SOUND), is_ended=False))

    assert _("This recording has no proper end; what was recorded until then is kept.") in (
        dialog.media_view.remark_label.text()
    )


@pytest.mark.parametrize("content", [b"\0\0\0\x18ftypmp42" + b"x" * 60, b"\x1aE\xdf\xa3" + bytes(100)])
def test_what_cannot_be_played_says_so_and_stays_evidence(qtbot, viewer, world, content):
    dialog = viewer(lambda anna, visit: attach_evidence(anna, visit, [world.file("film.mp4", content)]))
    view = dialog.media_view
    view.play_button.click()
    qtbot.waitUntil(
        lambda: view.frame_view.text().startswith(_("This film or sound cannot be played here.")),
        timeout=LONG_MS,
    )

    assert not view.player.is_playing
    target = world.folder / "saved.mp4"
    dialog.save_original(target)
    qtbot.waitUntil(target.exists, timeout=LONG_MS)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == dialog.evidence.sha256


def test_a_film_that_is_too_large_is_not_read(qtbot, viewer, world, monkeypatch):
    monkeypatch.setattr(reading, "MOST_PLAYED_BYTES", 10)
    film = world.file("film.mp4", b"\0\0\0\x18ftypmp42" + b"x" * 60)
    dialog = viewer(lambda anna, visit: attach_evidence(anna, visit, [film]))
    dialog.media_view.play_button.click()
    qtbot.waitUntil(
        lambda: (
            _("Save the original to look at it or listen to it elsewhere.")
            in dialog.media_view.frame_view.text()
        ),
        timeout=LONG_MS,
    )


def test_nothing_of_a_film_is_written_to_the_disk_while_it_plays(qtbot, clip, viewer, world, tmp_path):
    content = clip(RecordingKind.FILM)
    dialog = viewer(recorded(RecordingKind.FILM, content))
    dialog.media_view.play_button.click()
    qtbot.waitUntil(lambda: dialog.media_view.frame_view.has_picture, timeout=LONG_MS)

    for path in tmp_path.rglob("*"):
        assert not path.is_file() or content[100:160] not in path.read_bytes(), path


def test_another_piece_of_evidence_stops_the_film(qtbot, clip, viewer, world):
    film = world.file("film.mp4", clip(RecordingKind.FILM))
    photo = world.file("photo.jpg", jpeg())
    dialog = viewer(lambda anna, visit: attach_evidence(anna, visit, [film, photo]))
    view = dialog.media_view
    view.play_button.click()
    qtbot.waitUntil(lambda: view.frame_view.has_picture and view.player.length_ms > 0, timeout=LONG_MS)
    view.place_slider.setValue(100)
    dialog.go(1)

    assert not view.player.is_playing
    assert not view.isVisible()
    dialog.go(-1)
    assert view.isVisible()
    assert not view.frame_view.has_picture


def test_all_files_of_a_recording_are_saved_into_a_folder(qtbot, clip, viewer, tmp_path, monkeypatch):
    sound = clip(RecordingKind.SOUND)
    dialog = viewer(recorded(RecordingKind.SOUND, sound, sound + b"x"))
    answers = [None, tmp_path / "out"]
    (tmp_path / "out").mkdir()
    monkeypatch.setattr(
        "desktop.gui.evidence.original_saver.choose_folder", lambda _parent, _title: answers.pop(0)
    )
    dialog.save_button.click()
    dialog.save_button.click()
    qtbot.waitUntil(lambda: dialog.note.property("tone") == "done", timeout=LONG_MS)

    assert [path.read_bytes() for path in sorted((tmp_path / "out").iterdir())] == [sound, sound + b"x"]
