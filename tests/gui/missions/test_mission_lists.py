"""The lists of the missions page say what is, and those of the editor are sound models."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.gui.texts import Texts
from desktop.gui.widgets.check_list import CheckLine, CheckList, CheckModel
from tests.gui.mission_pages import PASSPHRASE, fill, saved


def test_a_list_with_check_marks_is_a_sound_model(qtbot):
    model = CheckModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    ticked = []
    model.toggled.connect(lambda line, on: ticked.append((line, on)))
    model.show_lines([CheckLine(str(n), f"单位{n}", "详情", f"第{n % 2}组") for n in range(500)])
    model.check({"3", "4"})
    model.narrow("单位", "第1组")
    model.setData(model.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    model.setData(model.index(1), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)

    assert model.rowCount() == 250
    assert ticked == [("1", True), ("3", False)]
    model.narrow("", "")
    assert model.data(model.index(4), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    del tester


def test_the_visits_of_a_plan_are_a_sound_model(qtbot, editor):
    tester = QAbstractItemModelTester(editor.visits.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    fill(editor)
    editor.visits.again_button.click()
    editor.visits.remove_button.click()

    assert editor.visits.rows.rowCount() == 2
    del tester


def recorded_texts(page):
    rows = range(page.missions.rowCount())
    return {page.missions.row(row).title: page.missions.data(page.missions.index(row, 3)) for row in rows}


def test_a_draft_tells_its_planned_visits_and_a_sealed_mission_none(qtbot, page, editor):
    fill(editor)
    saved(qtbot, page, page.save_button.click)
    page.back_button.click()
    qtbot.waitUntil(lambda: page.missions.rowCount() == 2, timeout=10_000)
    assert recorded_texts(page)["三季度督查"] == "0 / 2"

    page.new_button.click()
    qtbot.waitUntil(editor.isVisible, timeout=10_000)
    fill(editor, title="暗访大厅")
    editor.basics.mode_field.setCurrentIndex(1)
    editor.secrecy.cover_field.setText("资料整理")
    for field in (editor.secrecy.passphrase_field, editor.secrecy.again_field):
        field.setText(PASSPHRASE)
    saved(qtbot, page, editor.seal_button.click)
    qtbot.waitUntil(lambda: page.missions.rowCount() == 3, timeout=10_000)

    assert recorded_texts(page)["资料整理"] == "—"


def test_a_check_list_without_groups_shows_none(qtbot):
    check_list = CheckList(Texts(), lambda: "x", None)
    qtbot.addWidget(check_list)
    check_list.show()
    check_list.show_lines([CheckLine("1", "一")])

    assert not check_list.group_field.isVisible()
