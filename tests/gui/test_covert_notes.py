import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.gui.visits.covert_notes import CovertNotes
from desktop.services.missions.seal_mission import unseal_mission
from desktop.services.visits.note_observation import observations_of
from tests.gui.test_field_pages import seal_and_assign
from tests.gui.test_visit_page import Hand

LONG_MS = 20_000


@pytest.fixture
def covert(qtbot, world, window_of):
    """The page of a covert visit."""
    world.open()
    visit = {"unit": "澄湖区", "checklist": "ZWDT-2026-V1", "planned_on": "2026-11-20"}
    plan = world.plan(title="暗访", mode="暗访", cover_name="资料整理", objects=[visit])
    seal_and_assign(world, plan)
    world.merge(world.anna, world.mission_package(world.anna))
    unseal_mission(world.anna, plan.id, "leader pass phrase")
    world.close()
    window = window_of("anna")
    window.activateWindow()
    window.show_page("visit", next(iter(plan.visits)))
    page = window.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None and page.items_view.hasFocus(), timeout=LONG_MS)
    return page


def notes_of(qtbot, page):
    Hand(qtbot, page).press(Qt.Key.Key_B)
    notes = page.findChild(CovertNotes)
    qtbot.waitUntil(notes.fact_field.hasFocus, timeout=LONG_MS)
    return notes


def write(field, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def on_disk(page, world):
    with world.opened("anna", read_only=True) as workspace:
        return observations_of(workspace, page.visit.id)


def test_one_line_and_enter_is_an_observation_with_its_time(qtbot, covert, world):
    notes = notes_of(qtbot, covert)
    notes.place_field.setText("二楼3号窗口")
    notes.toggle_watch()
    write(notes.fact_field, "<b>空岗</b>")
    qtbot.keyClick(notes.fact_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notes.list.count() == 1, timeout=LONG_MS)

    seen = on_disk(covert, world)
    assert [(each.place, each.fact) for each in seen] == [("二楼3号窗口", "<b>空岗</b>")]
    assert seen[0].at.startswith("2026-11-20T")
    assert notes.fact_field.text() == ""
    assert notes._started_s is None


def test_the_window_names_nothing_of_the_mission(qtbot, covert):
    notes = notes_of(qtbot, covert)

    assert notes.windowTitle() == "文档处理"
    shown = [label.text() for label in notes.findChildren(QLabel)]
    assert not [text for text in shown if "澄湖" in text or "暗访" in text or "督查" in text]


def test_an_open_visit_has_no_covert_notes(qtbot, world, window_of):
    window = window_of("anna")
    window.show_page("visit", world.visits[2])
    page = window.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=LONG_MS)
    page.show_notes()

    assert page.findChild(CovertNotes) is None
    assert not page.notes_button.isVisible()


def test_one_key_locks_from_the_small_window_too_and_keeps_what_was_typed(qtbot, covert, world):
    window, visit_id = covert.window(), covert.visit.id
    notes = notes_of(qtbot, covert)
    QApplication.clipboard().setText("澄湖区政务大厅")
    write(notes.fact_field, "还没有按回车")
    qtbot.keyClick(notes.fact_field, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: window.opened is None and not window.jobs.is_busy, timeout=LONG_MS)

    assert (window.opened, window.pages, window.windowTitle()) == (None, {}, "文档处理")
    assert QApplication.clipboard().text() == ""
    assert window.isMinimized()
    with world.opened("anna") as workspace:
        assert [each.fact for each in observations_of(workspace, visit_id)] == ["还没有按回车"]


def test_one_key_locks_while_a_dialog_is_open(qtbot, covert):
    window = covert.window()
    covert.ask_finish()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: QApplication.focusWidget().window() is not window, timeout=LONG_MS)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F12)

    qtbot.waitUntil(lambda: window.opened is None and not window.jobs.is_busy, timeout=LONG_MS)
    assert window.opened is None
