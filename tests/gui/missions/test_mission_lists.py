"""The lists of the editor are sound models."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.gui.texts import Texts
from desktop.gui.widgets.check_list import CheckLine, CheckList, CheckModel
from tests.gui.mission_pages import fill


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


def test_a_check_list_without_groups_shows_none(qtbot):
    check_list = CheckList(Texts(), lambda: "x", None)
    qtbot.addWidget(check_list)
    check_list.show()
    check_list.show_lines([CheckLine("1", "一")])

    assert not check_list.group_field.isVisible()
