"""A paper record is entered from the page of today's missions: the visit, its times, its scans, then its items."""

import pytest
from PySide6.QtCore import Qt

from desktop.gui.field.paper_dialog import PaperDialog
from desktop.services.visits.edit_visit import open_visit
from tests.media.picture_samples import jpeg

LONG_MS = 20_000


@pytest.fixture
def today(qtbot, window_of):
    window = window_of("anna")
    page = window.pages["today"]
    qtbot.waitUntil(lambda: page.visits.rowCount() > 0, timeout=LONG_MS)
    return page


def dialog_of(qtbot, today):
    today.paper_button.click()
    qtbot.waitUntil(lambda: today.findChild(PaperDialog) is not None, timeout=LONG_MS)
    return today.findChild(PaperDialog)


def test_a_visit_is_entered_with_its_times_and_scan_and_its_page_shows_both(qtbot, today, world):
    dialog = dialog_of(qtbot, today)
    dialog.choose_visit(world.visits[2])
    dialog.started_field.edit.setText("2026-11-19 14:00")
    dialog.ended_field.edit.setText("2026-11-19 15:10")
    dialog.add_scans([world.file("<b>scan.jpg", jpeg())])
    dialog.begin_button.click()
    window = today.window()
    page = window.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=LONG_MS)

    assert page.visit.id == world.visits[2]
    assert page.visit.head.started_at.startswith("2026-11-19T14:00")
    assert page.sides.paper_chip.isVisible()
    assert page.sides.paper_chip.text() == "补录"
    page.scan_button.click()
    assert page.scan.isVisible()
    assert not page.scan.isModal()
    assert page.scan.evidence.id in page.visit.scans
    page.leave()
    assert page.scan is None


def test_a_visit_nobody_planned_asks_for_unit_and_checklist(qtbot, today, world):
    dialog = dialog_of(qtbot, today)
    dialog.fields.visit_field.setCurrentIndex(dialog.fields.visit_field.count() - 1)
    dialog.fields.unplanned.unit_field.setEditText("澄湖区")
    dialog.fields.unplanned.checklist_field.setCurrentIndex(0)
    dialog.started_field.edit.setText("2026-11-19 14:00")
    dialog.begin_button.click()
    page = today.window().pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=LONG_MS)

    assert page.visit.is_from_paper
    assert page.visit.missing == ("本次检查为补录，未附纸质记录扫描件",)
    assert not page.scan_button.isVisible()


def test_what_is_missing_is_said_in_the_dialog_and_nothing_is_entered(qtbot, today, world):
    dialog = dialog_of(qtbot, today)
    dialog.choose_visit(world.visits[2])
    dialog.begin_button.click()
    qtbot.waitUntil(dialog.begin_button.isEnabled, timeout=LONG_MS)

    assert dialog.note.isVisible()
    dialog.reject()
    with world.opened("anna", read_only=True) as workspace:
        assert not open_visit(workspace, world.visits[2]).is_from_paper


def test_escape_asks_before_it_drops_what_was_filled_in(qtbot, today, world):
    dialog = dialog_of(qtbot, today)
    dialog.choose_visit(world.visits[2])
    dialog.add_scans([world.file("scan.jpg", jpeg())])

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.ask_bar.isVisible()
    assert dialog.ask_bar.no_button.hasFocus()
    assert not dialog.begin_button.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert (dialog.ask_bar.isVisible(), dialog.begin_button.isVisible()) == (False, True)
    assert dialog.scans_list.count() == 1

    dialog.close()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        dialog.ask_bar.yes_button.click()


def test_escape_asks_for_a_time_and_for_a_unit_that_were_typed(qtbot, today):
    dialog = dialog_of(qtbot, today)
    dialog.started_field.edit.setText("2026-11-19 14:00")
    dialog.reject()
    assert dialog.ask_bar.isVisible()
    dialog.ask_bar.no_button.click()
    dialog.started_field.edit.clear()
    dialog.fields.unplanned.unit_field.setEditText("澄湖区")
    dialog.reject()

    assert dialog.ask_bar.isVisible()


def test_nothing_is_asked_where_only_the_visit_was_chosen(qtbot, today, world):
    dialog = dialog_of(qtbot, today)
    dialog.fields.visit_field.setCurrentIndex(dialog.fields.visit_field.count() - 1)

    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_locking_closes_the_dialog_without_asking(qtbot, today, world):
    dialog = dialog_of(qtbot, today)
    dialog.add_scans([world.file("scan.jpg", jpeg())])

    with qtbot.waitSignal(dialog.rejected):
        today.window().quick_lock.lock()


def test_blank_forms_of_the_chosen_mission_are_printed_from_here(qtbot, today):
    today.blanks_button.click()
    printed = today.window().pages["print"]
    qtbot.waitUntil(lambda: printed.preview.page_count > 3, timeout=LONG_MS)

    assert printed.form_field.currentText().startswith("P01")
