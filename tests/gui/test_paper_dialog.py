"""A paper record is entered from the page of today's missions: the visit, its times, its scans, then its items."""

import pytest

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


def test_blank_forms_of_the_chosen_mission_are_printed_from_here(qtbot, today):
    today.blanks_button.click()
    printed = today.window().pages["print"]
    qtbot.waitUntil(lambda: printed.preview.page_count > 3, timeout=LONG_MS)

    assert printed.form_field.currentText().startswith("P01")
