"""Whoever locks, leaves or signs while something is recorded keeps it."""

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from desktop.gui.visits.finish_dialog import FinishDialog
from desktop.services.records.visit_values import read_visit
from tests.gui.generated_source import GeneratedDevices
from tests.services.worlds import events

LONG_MS = 20_000


@pytest.fixture
def recording_in(qtbot, world, window_of):
    """The main window with anna's third visit in front, and a film of it being recorded."""
    main = window_of("anna")
    main.show_page("visit", world.visits[2])
    page = main.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=LONG_MS)
    page.evidence.capture.devices = GeneratedDevices()
    qtbot.keyClick(page.items_view, Qt.Key.Key_C)
    window = page.evidence.capture.window
    qtbot.waitUntil(window.film_button.isEnabled, timeout=LONG_MS)
    window.toggle_film()
    qtbot.waitUntil(lambda: window.recording.elapsed_s > 0.5, timeout=LONG_MS)
    return main, page, window


def kept(qtbot, world, main):
    qtbot.waitUntil(lambda: main.jobs.is_quiet, timeout=LONG_MS)
    main.jobs.close_workspace()
    qtbot.waitUntil(lambda: main.jobs.is_quiet, timeout=LONG_MS)
    with world.opened("anna") as anna:
        rows = read_visit(anna.db, world.visits[2]).evidence
        assert [event for event in events(anna) if event.startswith("capture")][-1] == "capture_ended"
        return rows


def test_the_quick_lock_hides_the_window_and_keeps_the_recording(qtbot, world, recording_in):
    main, _page, window = recording_in
    main.quick_lock.lock()
    (row,) = kept(qtbot, world, main)

    assert not isValid(window) or not window.isVisible()
    assert row["is_complete"]
    assert main.opened is None


def test_closing_the_program_keeps_the_recording(qtbot, world, recording_in):
    main, _page, _window = recording_in
    main.close()
    with world.opened("anna") as anna:
        (row,) = read_visit(anna.db, world.visits[2]).evidence

    assert row["is_complete"]


def test_finishing_the_visit_ends_the_recording_first(qtbot, world, recording_in):
    main, page, _window = recording_in
    page.ask_finish()
    dialog = page.findChild(FinishDialog)
    dialog.reject()
    (row,) = kept(qtbot, world, main)

    assert page.evidence.capture.window is None
    assert row["is_complete"]


def test_reading_the_same_visit_anew_lets_the_recording_go_on(qtbot, world, recording_in):
    _main, page, window = recording_in
    page.open_item(world.visits[2])
    page.step(1)
    qtbot.waitUntil(lambda: page.evidence.capture._item == 2, timeout=LONG_MS)

    assert window.is_recording
    assert page.evidence.capture.window is window
