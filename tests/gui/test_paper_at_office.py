"""A clerk keys a paper record in at the office: from the results, on the page of the visit, up to the signature."""

import pytest
from PySide6.QtCore import Qt

from desktop.gui.field.paper_dialog import PaperDialog
from desktop.gui.visits.finish_dialog import FinishDialog
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.visits.show_visit import show_visit
from tests.media.picture_samples import jpeg

LONG_MS = 20_000


@pytest.fixture
def results(qtbot, window_of):
    window = window_of("office")
    window.show_page("results")
    page = window.pages["results"]
    qtbot.waitUntil(lambda: page.visits.rowCount() == 3, timeout=LONG_MS)
    return page


def dialog_of(qtbot, results):
    results.paper_button.click()
    qtbot.waitUntil(lambda: results.findChild(PaperDialog) is not None, timeout=LONG_MS)
    return results.findChild(PaperDialog)


def begun(qtbot, results, world, visit_id):
    """The page of the visit, with its paper entered."""
    dialog = dialog_of(qtbot, results)
    dialog.choose_visit(visit_id)
    dialog.fields.leader_field.setText("欧阳㛃")
    dialog.fields.team_field.setText("王五，赵六")
    dialog.started_field.edit.setText("2026-11-19 14:00")
    dialog.add_scans([world.file("scan.jpg", jpeg())])
    dialog.begin_button.click()
    page = results.window().pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None and page.isVisible(), timeout=LONG_MS)
    return page


def choose(results, visit_id):
    numbers = [n for n in range(results.visits.rowCount()) if results.visits.row(n).id == visit_id]
    results.visits_view.selectRow(numbers[0])


def test_a_paper_record_is_keyed_in_and_signed_off(qtbot, results, world):
    page = begun(qtbot, results, world, world.visits[1])
    assert page.visit.id == world.visits[1]
    assert page.visit.head.inspectors == ("欧阳㛃", "王五", "赵六")
    assert (page.sides.paper_chip.isVisible(), page.scan_button.isVisible()) == (True, True)
    for _item in range(len(page.visit.checklist.items)):
        qtbot.keyClick(page.items_view, Qt.Key.Key_Space)
    page.ask_finish()
    dialog = page.findChild(FinishDialog)
    dialog.conclusion_field.setPlainText("总体良好")
    dialog.sign_button.click()
    qtbot.waitUntil(lambda: page.visit.is_signed, timeout=LONG_MS)

    assert "导出" not in page.note.accessibleName()
    window = results.window()
    window.leave_workspace()
    with world.opened("office", read_only=True) as office:
        shown = show_visit(office, world.visits[1])
    assert (shown.is_from_paper, str(shown.score.normalised)) == (True, "100.00")


def test_one_that_was_begun_is_opened_again_from_the_results(qtbot, results, world):
    choose(results, world.visits[1])
    assert not results.open_button.isEnabled()
    begun(qtbot, results, world, world.visits[1])
    results.window().show_page("results")
    qtbot.waitUntil(
        lambda: any(results.visits.row(n).is_held_here for n in range(results.visits.rowCount())),
        timeout=LONG_MS,
    )
    choose(results, world.visits[1])
    assert results.open_button.isEnabled()

    results.open_button.click()

    assert results.window().pages["visit"].isVisible()


def test_what_a_laptop_records_is_not_opened_here(qtbot, world, window_of):
    world.open()
    world.bring(world.anna)
    world.close()
    window = window_of("office")
    window.show_page("results")
    page = window.pages["results"]
    qtbot.waitUntil(lambda: page.visits.rowCount() == 3, timeout=LONG_MS)
    choose(page, world.visits[0])

    assert not page.open_button.isEnabled()


def test_a_visit_nobody_planned_is_entered_for_the_chosen_mission(qtbot, results, world):
    dialog = dialog_of(qtbot, results)
    fields = dialog.fields
    assert fields.mission_field.hasFocus()
    fields.mission_field.setCurrentIndex(1)
    mission_id = fields.mission_field.currentData()
    fields.visit_field.setCurrentIndex(fields.visit_field.count() - 1)
    assert fields.unplanned.unit_field.isVisible()
    fields.unplanned.unit_field.setEditText("澄湖区")
    fields.unplanned.checklist_field.setCurrentIndex(0)
    fields.leader_field.setText("欧阳㛃")
    dialog.started_field.edit.setText("2026-11-19 14:00")
    dialog.begin_button.click()
    page = results.window().pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=LONG_MS)

    assert (page.visit.mission_id, page.visit.is_from_paper) == (mission_id, True)


def test_without_inspectors_nothing_is_entered_and_the_dialog_says_so(qtbot, results, world):
    dialog = dialog_of(qtbot, results)
    dialog.choose_visit(world.visits[1])
    dialog.started_field.edit.setText("2026-11-19 14:00")
    dialog.begin_button.click()
    qtbot.waitUntil(dialog.begin_button.isEnabled, timeout=LONG_MS)

    assert dialog.note.accessibleName().startswith("未写明带队检查的组长")
    dialog.reject()


def test_names_that_the_mission_settles_are_shown_and_not_typed_over(qtbot, world, window_of):
    world.open()
    plan = world.plan(title="二季度督查", leader="欧阳㛃", team=["王五"])
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.office.node))
    world.close()
    window = window_of("office")
    window.show_page("results")
    page = window.pages["results"]
    qtbot.waitUntil(lambda: page.visits.rowCount() == 4, timeout=LONG_MS)
    fields = dialog_of(qtbot, page).fields

    fields.choose_visit(next(iter(plan.visits)))
    assert (fields.leader_field.text(), fields.team_field.text()) == ("欧阳㛃", "王五")
    assert fields.leader_field.isReadOnly()
    fields.choose_visit(world.visits[1])
    assert (fields.leader_field.text(), fields.leader_field.isReadOnly()) == ("", False)
    assert fields.visit_field.currentData() == world.visits[1]


def test_a_laptop_enters_paper_from_its_missions_alone(window_of, qtbot):
    window = window_of("anna")
    window.show_page("results")

    assert not window.pages["results"].paper_button.isVisible()
    assert not window.pages["results"].open_button.isVisible()
