import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.exchange.manifest import PackageKind
from desktop.gui.field.unplanned_dialog import UnplannedDialog
from desktop.gui.visits.visit_words import where_text
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from tests.gui.test_field_pages import seal_and_assign
from tests.services.worlds import events

pytestmark = pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
LONG_MS = 20_000
BEFORE = "2026-11-20T23:00:00+08:00"


@pytest.fixture
def today(qtbot, window_of):
    page = window_of("anna").pages["today"]
    qtbot.waitUntil(lambda: page.missions.rowCount() > 0, timeout=LONG_MS)
    return page


def unplanned(qtbot, today):
    today.unplanned_button.click()
    qtbot.waitUntil(lambda: today.findChild(UnplannedDialog) is not None, timeout=LONG_MS)
    return today.findChild(UnplannedDialog)


def test_a_visit_nobody_planned_is_begun_at_a_place_found_on_the_road(qtbot, today):
    dialog = unplanned(qtbot, today)
    dialog.unit_field.setEditText("澄湖区人民政府")
    dialog.site_field.setEditText("西关<b>路口</b>工地")
    dialog.checklist_field.setCurrentIndex(0)
    dialog.begin_button.click()
    visit_page = today.window().pages["visit"]
    qtbot.waitUntil(lambda: visit_page.visit is not None, timeout=LONG_MS)

    assert (visit_page.visit.unit, visit_page.visit.site) == ("澄湖区人民政府", "西关<b>路口</b>工地")
    assert visit_page.isVisible()
    assert visit_page.visit.head.started_at


def test_without_a_checklist_nothing_begins_and_the_dialog_says_so(qtbot, today):
    dialog = unplanned(qtbot, today)
    dialog.unit_field.setEditText("澄湖区人民政府")
    dialog.begin_button.click()
    qtbot.waitUntil(lambda: dialog.note.isVisible(), timeout=LONG_MS)

    assert dialog.begin_button.isEnabled()
    dialog.reject()


def test_a_sealed_mission_shows_its_departure_and_an_early_attempt_is_refused_and_logged(
    qtbot, world, window_of
):
    world.open()
    plan = world.plan(
        title="暗访政务大厅", cover_name="业务资料整理", mode="暗访", leader="张三", depart_at=BEFORE
    )
    seal_and_assign(world, plan)
    world.merge(world.anna, world.mission_package(world.anna))
    world.close()
    window = window_of("anna")
    today = window.pages["today"]
    qtbot.waitUntil(lambda: today.missions.rowCount() == 2, timeout=LONG_MS)
    number = next(n for n in range(2) if today.missions.row(n).is_locked)
    today.missions_view.selectRow(number)
    shown = [today.missions.index(number, column).data() for column in range(3)]
    told = today._facts_label.text()
    today.unseal(today.missions.row(number).id, "leader pass phrase")
    qtbot.waitUntil(lambda: today.note.isVisible(), timeout=LONG_MS)
    assert today.unseal_button.hasFocus()
    window.close()

    assert shown == ["业务资料整理", "2026-11-20 23:00", "已封存"]
    assert "2026-11-20 23:00" in told
    assert "暗访" not in told
    assert not today.missions.row(number).visits[0].unit
    with world.opened("anna") as workspace:
        assert "unseal_too_early" in events(workspace)


def sealed_today(qtbot, world, window_of):
    """The page of a laptop with a sealed mission chosen that may be opened at any time, and its plan."""
    world.open()
    plan = world.plan(title="暗访政务大厅", cover_name="业务资料整理", mode="暗访", leader="张三")
    seal_and_assign(world, plan)
    world.merge(world.anna, world.mission_package(world.anna))
    world.close()
    today = window_of("anna").pages["today"]
    qtbot.waitUntil(lambda: today.missions.rowCount() == 2, timeout=LONG_MS)
    number = next(n for n in range(2) if today.missions.row(n).is_locked)
    today.missions_view.selectRow(number)
    return today, plan


def test_a_sealed_mission_without_a_departure_says_that_it_can_be_opened(qtbot, world, window_of):
    today, _plan = sealed_today(qtbot, world, window_of)

    assert today._facts_label.text().endswith("已封存，随时可以启封")


def test_a_mission_that_was_unsealed_is_open_everywhere_at_once(qtbot, world, window_of, monkeypatch):
    today, plan = sealed_today(qtbot, world, window_of)
    number = today.missions_view.currentIndex().row()
    assert today.unseal_button.isVisible()
    # Reading the page again takes its time in a large workspace.
    monkeypatch.setattr(today, "reload", lambda: None)
    today.unseal(plan.id, "leader pass phrase")
    qtbot.waitUntil(lambda: today.note.isVisible(), timeout=LONG_MS)

    assert today.note.property("tone") == "done"
    assert not today.unseal_button.isVisible()
    assert today.missions.index(number, 0).data() == "暗访政务大厅"
    assert today.missions_view.chosen_row().id == plan.id
    assert today._title_label.text() == "暗访政务大厅"
    assert today.visits.row(0).unit


def test_two_visits_of_one_unit_are_told_apart_by_their_checklists(qtbot, today):
    shown = [today.visits.index(row, 1).data() for row in range(today.visits.rowCount())]

    assert all(today.visits.row(row).checklist in shown[row] for row in range(len(shown)))
    assert where_text("", "民生实事现场核查表") == "民生实事现场核查表"


def test_a_mission_package_dropped_anywhere_is_shown_first_and_then_merged(qtbot, world, window_of):
    world.open()
    plan = world.plan(title="新任务", mode="明查")
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
    package = world.mission_package(world.anna)
    world.close()
    today = window_of("anna").pages["today"]
    qtbot.waitUntil(lambda: today.missions.rowCount() == 1, timeout=LONG_MS)
    drop(today, package)
    qtbot.waitUntil(today.merge_panel.merge_button.isEnabled, timeout=LONG_MS)
    assert today.tabs.currentIndex() == 1
    assert today.missions.rowCount() == 1
    # Planned by the office, and not known here yet: nothing may call such a visit unplanned.
    assert today.merge_panel.changes.index(0, 0).data() == "澄湖区 · 政务服务大厅暗访表"
    today.merge_panel.merge()

    qtbot.waitUntil(lambda: today.missions.rowCount() == 2, timeout=LONG_MS)


def test_a_receipt_leads_to_what_it_confirms_and_the_keyboard_stays(qtbot, world, window_of):
    world.open()
    world.bring(world.anna)
    receipt = world.mission_package(world.anna, PackageKind.RECEIPT)
    world.close()
    window = window_of("anna")
    panel, note = window.pages["today"].merge_panel, window.pages["today"].note
    window.pages["today"].take_in([receipt])
    qtbot.waitUntil(panel.merge_button.isEnabled, timeout=LONG_MS)
    panel.merge_button.setFocus()
    panel.merge()
    qtbot.waitUntil(lambda: "已合并" in note.problem_label.text(), timeout=LONG_MS)

    assert "“导出”页" in note.problem_label.text()
    assert window.focusWidget() is panel.choose_button


def drop(page, path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(5, 5), copy, mime, left, none))
    QApplication.sendEvent(page, QDropEvent(QPointF(5, 5), copy, mime, left, none))
