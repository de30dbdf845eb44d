import pytest
from PySide6.QtCore import Qt
from PySide6.QtMultimedia import QAudioFormat
from PySide6.QtWidgets import QApplication, QPushButton
from shiboken6 import isValid

from desktop.errors import UserError
from desktop.gui.capture.length import length_text
from desktop.gui.capture.loudness import loudness
from desktop.gui.evidence.evidence_panel import EvidencePanel
from desktop.gui.texts import Texts
from desktop.i18n import _
from desktop.services.evidence.collect_evidence import TAKEN_HERE
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import open_visit
from tests.gui.generated_source import CAMERA, MICROPHONE, GeneratedDevices, tone
from tests.services.worlds import events

LONG_MS = 20_000


@pytest.fixture
def devices():
    return GeneratedDevices()


@pytest.fixture
def panel(qtbot, jobs, world, open_in, devices):
    """The evidence panel of a visit that anna holds, with generated devices; ``linked`` are its signals."""
    open_in(jobs, world, "anna")
    panel = EvidencePanel(jobs, Texts())
    panel.resize(280, 640)
    panel.capture.devices = devices
    panel.linked = []
    panel.evidence_linked.connect(lambda item, ids: panel.linked.append((item, ids)))
    qtbot.addWidget(panel)

    def reload():
        jobs.read(lambda workspace: open_visit(workspace, world.visits[2]), show, name="visit")

    def show(visit):
        if isValid(panel):
            panel.show_visit(visit.id, visit.evidence, is_open=visit.is_open)

    jobs.data_changed.connect(reload)
    panel.show_item(3)
    panel.show()
    reload()
    qtbot.waitUntil(panel.isEnabled, timeout=LONG_MS)
    yield panel
    panel.capture.leave()
    qtbot.waitUntil(lambda: jobs.is_quiet, timeout=LONG_MS)


@pytest.fixture
def window(qtbot, panel):
    panel.capture.button.click()
    window = panel.capture.window
    with qtbot.waitExposed(window):
        window.show()
    return window


def wait_live(qtbot, window):
    qtbot.waitUntil(window.still_button.isEnabled, timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.choice.frame_view.has_picture, timeout=LONG_MS)


def evidence(qtbot, world, jobs):
    jobs.close_workspace()
    qtbot.waitUntil(lambda: jobs.is_quiet, timeout=LONG_MS)
    with world.opened("anna") as anna:
        return read_visit(anna.db, world.visits[2]).evidence, events(anna)


def test_the_picture_and_the_level_of_the_usual_devices_are_seen_at_once(qtbot, window):
    wait_live(qtbot, window)
    qtbot.waitUntil(lambda: window.choice.level_bar.value() > 10, timeout=LONG_MS)

    assert window.choice.camera_field.currentText() == CAMERA.name
    assert window.choice.microphone_field.currentText() == MICROPHONE.name
    assert not window.choice.silence_label.isVisible()
    assert window.item_label.text() == _("For item {no}").format(no=3)
    assert window.windowTitle() == _("Documents")


def test_a_still_is_evidence_of_the_item_and_says_that_it_was_taken_here(qtbot, window, panel, world, jobs):
    wait_live(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(panel.linked) and panel.strip.count() == 1, timeout=LONG_MS)
    window.close()
    assert panel.linked == [(3, (panel.strip.evidence[0].id,))]
    (row,), _log = evidence(qtbot, world, jobs)

    assert (row["mime"], row["capture_mode"], row["item"]) == ("image/jpeg", TAKEN_HERE, "3")
    assert (row["kind"], row["mismatch"]) == ("照片", "")


def test_films_and_sound_are_recorded_with_one_key_and_ended_with_it(qtbot, window, panel, world, jobs):
    wait_live(qtbot, window)
    for key, button in ((Qt.Key.Key_V, window.film_button), (Qt.Key.Key_S, window.sound_button)):
        before = button.text()
        qtbot.keyClick(window, key)
        qtbot.waitUntil(lambda: window.recording is not None and window.recording.elapsed_s > 0.5)
        assert button.text() != before
        assert not window.choice.camera_field.isEnabled()
        qtbot.waitUntil(lambda: window.time_label.text().startswith("● 00:0"))
        qtbot.keyClick(window, key)
        qtbot.waitUntil(lambda: not window.is_recording, timeout=LONG_MS)
        assert button.text() == before
        assert window.note.property("tone") == "done"
    qtbot.waitUntil(lambda: panel.strip.count() == 2, timeout=LONG_MS)
    assert [item for item, _ids in panel.linked] == [3, 3]
    assert panel.strip.item(0).text().startswith("Z01 00:0")
    rows, _log = evidence(qtbot, world, jobs)

    assert [row["kind"] for row in rows] == ["录像", "录音"]
    assert all(row["is_complete"] for row in rows)


def test_what_is_recorded_stays_with_the_item_it_was_begun_for(qtbot, window, panel, world, jobs):
    wait_live(qtbot, window)
    window.toggle_sound()
    panel.show_item(7)
    qtbot.waitUntil(lambda: window.recording.elapsed_s > 0.3)
    window.toggle_film()
    assert not window.film_button.isEnabled()
    window.toggle_sound()
    qtbot.waitUntil(lambda: bool(panel.linked), timeout=LONG_MS)

    assert panel.linked[0][0] == 3
    assert window.item_label.text() == _("For item {no}").format(no=7)
    panel.show_item(0)
    assert window.item_label.text() == _("For the visit as a whole")


def test_closing_the_window_ends_the_recording_and_keeps_it(qtbot, window, panel, world, jobs):
    wait_live(qtbot, window)
    window.toggle_film()
    qtbot.waitUntil(lambda: window.recording.elapsed_s > 0.5)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    qtbot.waitUntil(lambda: not window.is_recording, timeout=LONG_MS)
    rows, log = evidence(qtbot, world, jobs)

    assert rows[-1]["is_complete"]
    assert log[-1] == "capture_ended"


def test_another_visit_ends_the_recording_and_keeps_it(qtbot, window, panel, world, jobs):
    wait_live(qtbot, window)
    window.toggle_sound()
    qtbot.waitUntil(lambda: window.recording.elapsed_s > 0.5)
    panel.show_visit(world.visits[0], (), is_open=True)

    assert panel.capture.window is None
    qtbot.waitUntil(lambda: jobs.is_quiet, timeout=LONG_MS)
    assert panel.linked == []
    rows, _log = evidence(qtbot, world, jobs)
    assert rows[-1]["is_complete"]


def test_where_there_is_no_device_a_sentence_says_so(qtbot, panel, devices):
    devices.plug(cameras=(), microphones=())
    panel.capture.open()
    window = panel.capture.window

    assert window.choice.frame_view.text()
    assert window.choice.silence_label.isVisible()
    assert not any(
        button.isEnabled() for button in (window.still_button, window.film_button, window.sound_button)
    )
    window.take_still()
    window.toggle_film()
    assert not window.is_recording
    devices.plug()
    wait_live(qtbot, window)
    assert window.sound_button.isEnabled()


def test_without_a_camera_sound_can_be_recorded(qtbot, panel, devices):
    devices.plug(cameras=())
    panel.capture.open()
    window = panel.capture.window

    assert window.sound_button.isEnabled()
    assert not window.film_button.isEnabled()
    assert not window.choice.camera_field.isEnabled()


def test_a_device_that_is_pulled_out_ends_the_recording_and_another_one_goes_on(
    qtbot, window, panel, devices, world, jobs
):
    wait_live(qtbot, window)
    window.toggle_film()
    qtbot.waitUntil(lambda: window.recording.elapsed_s > 0.5)
    devices.made[-1].fail(UserError("pulled out", "plug it in"))
    assert window.note.problem_label.text() == "pulled out"
    qtbot.waitUntil(lambda: not window.is_recording, timeout=LONG_MS)
    wait_live(qtbot, window)
    assert window.note.problem_label.text() == "pulled out"
    rows, _log = evidence(qtbot, world, jobs)

    assert rows
    assert not any(row["is_complete"] for row in rows)
    assert len(devices.made) == 2


def test_a_camera_that_fails_while_nothing_is_recorded_is_said(qtbot, window, devices):
    wait_live(qtbot, window)
    devices.made[-1].fail(UserError("in use", "close the other program"))

    assert window.note.problem_label.text() == "in use"
    assert not window.still_button.isEnabled()
    devices.plug()
    wait_live(qtbot, window)


def test_devices_that_come_and_go_do_not_disturb_a_recording(qtbot, window, devices):
    wait_live(qtbot, window)
    window.toggle_sound()
    qtbot.waitUntil(lambda: window.recording.is_running)
    devices.plug(cameras=(CAMERA, CAMERA))

    assert len(devices.made) == 1
    assert not window.choice.camera_field.isEnabled()
    window.choice.camera_field.activated.emit(0)
    window.close()
    devices.plug()


def test_nothing_is_begun_in_a_visit_that_is_closed_and_what_runs_can_be_ended(
    qtbot, window, panel, world, jobs
):
    jobs.data_changed.disconnect()
    wait_live(qtbot, window)
    window.toggle_sound()
    panel.show_visit(world.visits[2], (), is_open=False)

    assert not panel.capture.button.isEnabled()
    assert not window.still_button.isEnabled()
    assert window.sound_button.isEnabled()
    window.toggle_sound()
    qtbot.waitUntil(lambda: not window.is_recording, timeout=LONG_MS)
    assert not window.sound_button.isEnabled()
    window.close()
    panel.capture.open()
    assert not window.isVisible()


def test_a_still_that_cannot_be_kept_is_said_even_when_the_window_is_closed(
    qtbot, window, panel, monkeypatch
):
    wait_live(qtbot, window)

    def refuse(*_given, **_named):
        raise UserError("full", "free some space")

    monkeypatch.setattr("desktop.gui.capture.still.collect_evidence", refuse)
    window.take_still()
    window.close()
    qtbot.waitUntil(lambda: panel.note.problem_label.text() == "full", timeout=LONG_MS)
    panel.capture.open()
    assert not window.note.isVisible()


def test_every_key_has_its_button_and_no_text_is_cut(qtbot, window):
    wait_live(qtbot, window)

    for button in window.findChildren(QPushButton):
        assert button.accessibleName()
        assert button.sizeHint().width() <= button.width()
    assert window.minimumSizeHint().height() <= 600
    assert window.minimumSizeHint().width() <= window.width()
    assert QApplication.focusWidget() is None or window.isAncestorOf(QApplication.focusWidget())


def test_lengths_are_read_as_on_a_recorder():
    assert [length_text(ms) for ms in (0, 65_000, 3_605_000)] == ["00:00", "01:05", "1:00:05"]


def test_loudness_goes_from_silence_to_the_loudest_sample():
    def format_of(kind):
        wanted = QAudioFormat()
        wanted.setSampleFormat(kind)
        wanted.setChannelCount(1)
        wanted.setSampleRate(16_000)
        return wanted

    speech = format_of(QAudioFormat.SampleFormat.Int16)

    assert loudness(bytes(20), speech) == 0
    assert loudness(b"", speech) == 0
    assert 0.2 < loudness(tone(1), speech) < 0.3
    assert loudness(b"\0\x80", speech) == 1
    assert loudness(b"\0\0\x80\x3f\0", format_of(QAudioFormat.SampleFormat.Float)) == 1
    assert loudness(b"\xff", format_of(QAudioFormat.SampleFormat.UInt8)) == 0
