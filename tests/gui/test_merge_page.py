import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.gui.texts import Texts
from desktop.gui.widgets.drop_zone import packages_among
from desktop.gui.widgets.progress_row import ProgressRow, progress_text
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.services.packages.apply_package import ChangeKind
from desktop.services.packages.conflict_view import conflict_views
from desktop.services.packages.merge_packages import Outcome

# Qt offers no other way to make one.
pytestmark = pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")

MARKUP = '<img src="file:///etc/passwd">'


@pytest.fixture
def office(world, window_of):
    """The office, with the conflicting results of anna and bert on the stick and not merged yet."""
    world.open()
    third = world.visits[2]
    for node, deduct in ((world.anna, "1"), (world.bert, "2")):
        world.clock.go_on()
        world.record(node, third, answers=[{"item": 1, "deduct": deduct, "facts": MARKUP}])
        world.results(node)
    world.close()
    window = window_of("office")
    window.show_page("merge")
    return window


@pytest.fixture
def page(office):
    return office.pages["merge"]


def drop(page, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    zone = page.merge_panel.drop_zone
    actions, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    zone.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), actions, data, buttons, keys))
    zone.dropEvent(QDropEvent(QPoint(5, 5), actions, data, buttons, keys))


def results_of(world):
    return sorted(world.stick.glob("*.mcp"), key=lambda path: path.stat().st_mtime_ns)[-2:]


def planned(qtbot, page, paths):
    drop(page, paths)
    qtbot.waitUntil(lambda: page.merge_panel.merge_button.isEnabled(), timeout=20_000)


def merged(qtbot, page, world):
    planned(qtbot, page, results_of(world))
    with qtbot.waitSignal(page.merge_panel.merged, timeout=20_000):
        page.merge_panel.merge_button.click()
    qtbot.waitUntil(lambda: page.conflicts_panel.conflicts.rowCount() >= 1, timeout=10_000)


def test_dropped_packages_are_planned_and_nothing_is_changed_by_it(qtbot, page, world):
    planned(qtbot, page, results_of(world))

    panel = page.merge_panel
    assert {panel.files.row(n).outcome for n in range(panel.files.rowCount())} == {Outcome.WOULD_APPLY}
    assert panel.changes.rowCount() >= 2
    kinds = [panel.changes.row(n).change for n in range(panel.changes.rowCount())]
    assert kinds == sorted(kinds, key=lambda kind: kind is ChangeKind.IDENTICAL)
    assert page.history.rowCount() > 0
    assert "applied" not in {page.history.row(n).state for n in range(page.history.rowCount())}


def test_merging_shows_what_it_meant_for_each_visit(qtbot, page, world):
    merged(qtbot, page, world)

    panel = page.merge_panel
    assert {panel.files.row(n).outcome for n in range(2)} == {Outcome.APPLIED}
    assert ChangeKind.CONFLICT in {panel.changes.row(n).change for n in range(panel.changes.rowCount())}
    assert page.note.isVisible()


def test_what_is_in_conflict_is_named_in_the_words_of_the_forms(qtbot, page, world):
    merged(qtbot, page, world)

    changes = page.merge_panel.changes
    shown = [changes.index(row, 1).data() for row in range(changes.rowCount())]
    assert "第1项" in "".join(shown)
    assert not any("answer" in text or "header" in text for text in shown)


def test_every_file_that_cannot_be_used_is_counted(qtbot, page, world):
    broken = [world.folder / f"{name}.mcp" for name in ("甲", "乙")]
    for file in broken:
        file.write_bytes(b"no package")
    drop(page, broken)
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=20_000)

    assert page.note.accessibleName().startswith("2 个文件不能采用。")


def test_files_that_cannot_be_used_are_named_each_with_its_problem(qtbot, page, world):
    broken = [world.folder / f"{name}.mcp" for name in "甲乙丙丁戊"]
    for file in broken:
        file.write_bytes(b"no package")
    cut = world.folder / "乙.mcp"
    cut.write_bytes(results_of(world)[0].read_bytes()[:-50])
    drop(page, broken)
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=20_000)

    files = page.merge_panel.files
    head, *named, rest = page.note.problem_label.text().split("\n")
    rows = {line.file: line for line in map(files.row, range(files.rowCount()))}
    assert head == "5 个文件不能采用。"
    assert named == [f"{name}.mcp：{rows[f'{name}.mcp'].problem}" for name in "甲乙丙"]
    assert rows["甲.mcp"].problem != rows["乙.mcp"].problem
    assert rest == "另有 2 个，见列表。"
    assert page.note.advice_label.text().split("\n") == [rows["甲.mcp"].advice, rows["乙.mcp"].advice]


def test_a_conflict_is_settled_with_a_reason(qtbot, page, world):
    merged(qtbot, page, world)
    page.tabs.setCurrentIndex(1)
    panel = page.conflicts_panel

    assert not panel.left_button.isEnabled()
    assert any(panel.fields.row(n).differs for n in range(panel.fields.rowCount()))
    while panel.conflicts.rowCount():
        before = panel.conflicts.rowCount()
        panel.reason_field.setPlainText("与督查员核对")
        panel.right_button.click()
        qtbot.waitUntil(lambda before=before: panel.conflicts.rowCount() < before, timeout=10_000)

    assert panel.currentIndex() == 1


def test_a_refused_settlement_keeps_what_was_typed(qtbot, page, world, monkeypatch):
    merged(qtbot, page, world)
    panel = page.conflicts_panel
    panel.reason_field.setPlainText("与督查员核对")
    object.__setattr__(panel.conflicts_view.chosen_row(), "takes", ("nonsense", "nonsense"))
    panel.left_button.click()
    qtbot.waitUntil(lambda: page.note.property("tone") == "problem", timeout=10_000)

    assert panel.reason_field.toPlainText() == "与督查员核对"
    assert panel.left_button.isEnabled()


def test_a_damaged_package_goes_to_the_quarantine_with_its_reason(qtbot, page, world):
    broken = world.folder / "broken.mcp"
    broken.write_bytes(results_of(world)[0].read_bytes()[:-50])
    planned(qtbot, page, [broken])
    assert page.note.property("tone") == "warning"
    assert page.note.problem_label.text().startswith("broken.mcp：")
    page.merge_panel.merge_button.click()
    qtbot.waitUntil(lambda: page.quarantine.rowCount() == 1, timeout=20_000)

    assert page.quarantine.row(0).problem


def test_an_import_is_undone_with_a_reason_and_counts_again(qtbot, page, world):
    merged(qtbot, page, world)
    page.tabs.setCurrentIndex(3)
    numbers = [n for n in range(page.history.rowCount()) if page.history.row(n).direction == "in"]
    page.history_view.selectRow(numbers[0])
    page.undo_button.click()
    dialog = page.findChild(ReasonDialog)
    assert not dialog.done_button.isEnabled()
    dialog.reason_field.setPlainText("误合并")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: page.redo_button.isEnabled(), timeout=10_000)
    page.redo_button.click()
    qtbot.waitUntil(lambda: page.undo_button.isEnabled(), timeout=10_000)

    assert page.note.property("tone") == "done"


def test_receipts_are_written_for_everybody_who_sent_something(qtbot, page, world, tmp_path):
    merged(qtbot, page, world)
    page.note.hide()
    (tmp_path / "receipts").mkdir()
    page.write_receipts_to(tmp_path / "receipts")
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=20_000)

    assert len(list((tmp_path / "receipts").glob("*.mcp"))) == 2


def test_a_folder_without_packages_says_so(qtbot, page, tmp_path):
    drop(page, [tmp_path])
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=10_000)

    assert page.merge_panel.files.rowCount() == 0


def test_clearing_forgets_the_plan(qtbot, page, world):
    planned(qtbot, page, results_of(world))
    page.merge_panel.clear_button.click()

    assert page.merge_panel.files.rowCount() == 0
    assert not page.merge_panel.merge_button.isEnabled()


def test_a_folder_gives_the_packages_in_it(tmp_path):
    (tmp_path / "b.mcp").touch()
    (tmp_path / "a.mcp").touch()
    (tmp_path / "c.txt").touch()

    assert [path.name for path in packages_among([tmp_path, tmp_path / "c.txt"])] == [
        "a.mcp",
        "b.mcp",
        "c.txt",
    ]


def test_progress_tells_rate_and_time_left_once_they_are_known():
    assert progress_text(1, 3, 5.0) == "1 / 3"
    assert progress_text(1 << 20, 4 << 20, 0.1) == "1.0 / 4.0 MB"
    assert progress_text(1 << 20, 4 << 20, 1.0) == "1.0 / 4.0 MB · 1.0 MB/s · 剩余 3 秒"


def test_a_progress_row_is_there_only_while_something_runs(qtbot):
    row = ProgressRow(Texts())
    qtbot.addWidget(row)
    row.begin()
    row.show_progress(1, 2)
    assert row.bar.value() == 500
    with qtbot.waitSignal(row.stop_wanted):
        row.stop_button.click()
    row.end()

    assert row.isHidden()


def test_values_of_every_kind_are_read_as_words(world):
    world.open()
    third = world.visits[2]
    world.record(world.anna, third, answers=[{"item": 1, "deduct": "1"}], team=["甲", "乙"], leader="丙")
    world.clock.go_on()
    world.record(world.bert, third, answers=[{"item": 1, "applicable": True, "deduct": "2"}], team=["丁"])
    world.bring(world.anna)
    world.bring(world.bert)

    views = conflict_views(world.office)

    texts = {(pair.name, pair.left) for view in views for pair in view.fields}
    assert ("扣分", "1") in texts
    assert ("成员", "甲、乙") in texts
    assert ("适用", "是") in texts
    assert {view.part for view in views} >= {"第1项", "检查概况"}


def test_the_whole_text_of_the_field_in_front_is_shown_for_both_versions(qtbot, page, world):
    merged(qtbot, page, world)
    page.tabs.setCurrentIndex(1)
    panel = page.conflicts_panel
    number = next(n for n in range(panel.fields.rowCount()) if panel.fields.row(n).key == "deduct_e4")
    panel.fields_view.selectRow(number)

    texts = [pane.text_field.toPlainText() for pane in (panel.base_pane, panel.left_pane, panel.right_pane)]
    assert texts == ["—", "1", "2"]
    assert "此前未填" in panel.base_pane.version_label.text()
    assert "外业" in panel.left_pane.version_label.text()


def test_a_value_of_ones_own_is_taken_with_the_reason_by_keyboard(qtbot, page, world):
    merged(qtbot, page, world)
    page.tabs.setCurrentIndex(1)
    panel = page.conflicts_panel
    number = next(
        n for n in range(panel.conflicts.rowCount()) if panel.conflicts.row(n).part.startswith("第")
    )
    panel.conflicts_view.selectRow(number)
    names = [panel.typed.choice_field.itemText(n) for n in range(panel.typed.choice_field.count())]
    panel.typed.choice_field.setCurrentIndex(names.index("扣分"))
    qtbot.keyClicks(panel.typed.value_field, "much")
    panel.reason_field.setPlainText("两组共同核对")
    panel.left_button.click()
    assert page.note.property("tone") == "problem"
    panel.typed.value_field.clear()
    qtbot.keyClicks(panel.typed.value_field, "1.5")
    before = panel.conflicts.rowCount()
    page.window().activateWindow()
    panel.conflicts_view.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is panel.conflicts_view)
    qtbot.keyClick(panel.conflicts_view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: panel.conflicts.rowCount() < before, timeout=10_000)

    assert page.note.property("tone") == "done"
    assert not panel.reason_field.toPlainText()


def test_a_receipt_is_due_until_it_is_written(qtbot, page, world, tmp_path):
    qtbot.waitUntil(lambda: page.receipts_panel.currentIndex() == 1, timeout=10_000)
    merged(qtbot, page, world)
    qtbot.waitUntil(lambda: page.receipts_panel.due == 2, timeout=10_000)
    assert page.tabs.tabText(4) == "回执（待写2）"
    world.clock.go_on()
    page.write_receipts_to(tmp_path)
    qtbot.waitUntil(lambda: page.receipts_panel.due == 0, timeout=20_000)

    assert page.receipts_panel.lines.row(0).receipt in [path.name for path in tmp_path.glob("*.mcp")]


def test_what_can_still_not_be_used_stays_in_the_quarantine(qtbot, page, world):
    broken = world.folder / "broken.mcp"
    broken.write_bytes(results_of(world)[0].read_bytes()[:-50])
    planned(qtbot, page, [broken])
    page.merge_panel.merge_button.click()
    qtbot.waitUntil(lambda: page.quarantine.rowCount() == 1, timeout=20_000)
    page.note.hide()
    page.quarantine_panel.retry_button.click()
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=10_000)

    assert page.note.property("tone") == "warning"
    assert page.quarantine.rowCount() == 1


def test_the_plan_of_two_packages_names_their_conflict(qtbot, page, world):
    planned(qtbot, page, results_of(world))

    changes = [page.merge_panel.changes.row(n) for n in range(page.merge_panel.changes.rowCount())]
    assert ChangeKind.CONFLICT in {each.change for each in changes}
    assert all(each.what for each in changes)
