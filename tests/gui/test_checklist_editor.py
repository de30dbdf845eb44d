import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit

from desktop.domain.read_rule import read_rule
from desktop.gui.checklists.checklist_editor import ChecklistEditor
from desktop.gui.checklists.rule_parts import parts_to_rule, rule_to_parts
from desktop.gui.checklists.rule_shapes import SHAPES
from desktop.gui.setup.checklists_section import ChecklistsSection
from desktop.gui.texts import Texts
from desktop.gui.widgets.edit_table import EditColumn, EditModel, EditTable
from desktop.i18n import _
from desktop.services.checklists.open_checklist import EMPTY_CHECKLIST
from desktop.services.checklists.save_checklist import ChecklistChoices, list_checklists
from tests.services.worlds import CHECKLIST

MARKUP = '<img src="file:///etc/passwd"><b>粗体</b>'
SHIPPED = sorted((Path(__file__).parents[2] / "resources" / "checklists").glob("*.json"))
CHOICES = ChecklistChoices(("营商环境",), frozenset({CHECKLIST}), 2026)


@pytest.fixture
def section(qtbot, window_of):
    window = window_of("office")
    window.resize(1366, 768)
    window.show_page("setup", ChecklistsSection)
    section = next(s for s in window.pages["setup"].sections if isinstance(s, ChecklistsSection))
    qtbot.waitUntil(lambda: section.lines.rowCount() == 12, timeout=10_000)
    return section


@pytest.fixture
def editor(qtbot, section):
    """The editor on the next version of one checklist."""
    choose(section, CHECKLIST)
    section.version_button.click()
    qtbot.waitUntil(section.editor.isVisible, timeout=10_000)
    return section.editor


@pytest.fixture
def alone(qtbot):
    """An editor of its own with a new checklist."""
    editor = ChecklistEditor(Texts())
    qtbot.addWidget(editor)
    editor.show()
    editor.show_value(EMPTY_CHECKLIST, CHOICES)
    return editor


def choose(section, code):
    numbers = [n for n in range(section.lines.rowCount()) if section.lines.row(n).code == code]
    section.lines_view.selectRow(numbers[0])


def cell(table, row, column, text):
    model = table.model
    model.setData(model.index(row, column), text)


def saved(qtbot, section):
    said = []
    section.done.connect(said.append)
    section.save_button.click()
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    qtbot.waitUntil(lambda: section.lines.rowCount() == 13, timeout=10_000)
    return said[0]


def test_a_checklist_is_read_with_its_items_and_their_rules(qtbot, section):
    choose(section, CHECKLIST)
    qtbot.waitUntil(lambda: section.view.items.rowCount() == 14, timeout=10_000)
    section.view.items_view.selectRow(6)

    item = section.view.items.row(6)
    assert item.criteria in section.view.item_label.text()
    assert _("Vetoed: {text}").format(text=item.veto_text) in section.view.item_label.text() or not item.veto


def test_a_new_version_gets_the_next_code_and_the_old_one_stays(qtbot, section, editor):
    assert editor.code_field.text() == "ZWDT-2026-V2"
    editor.item_form.criteria_field.setPlainText("新的评分标准")

    assert "已保存" in saved(qtbot, section)
    lines = {section.lines.row(n).code: section.lines.row(n) for n in range(13)}
    assert (lines[CHECKLIST].is_in_use, lines["ZWDT-2026-V2"].is_in_use) == (False, True)
    assert lines[CHECKLIST].visits == 3
    qtbot.waitUntil(lambda: section.view.checklist.code == "ZWDT-2026-V2", timeout=10_000)
    assert section.view.checklist.items[0].criteria == "新的评分标准"


def test_the_sum_of_the_points_is_told_at_once(editor):
    points = int(editor.item_form.points_field.text())
    editor.item_form.points_field.setText(str(points - 1))

    assert editor.total_label.text() == _("Items: {count} · points: {points}").format(count=14, points="99")
    assert "99" in editor.items_problem_label.text()
    editor.item_form.points_field.setText("x")
    assert editor.item_form.form.problem("points")
    assert not editor.rows.row(0).is_right


def test_items_are_added_moved_and_removed(editor):
    titles = [editor.rows.row(n).title for n in range(3)]
    editor.view.selectRow(0)
    editor.down_button.click()
    assert [editor.rows.row(n).title for n in range(2)] == [titles[1], titles[0]]
    editor.up_button.click()
    editor.add_button.click()
    editor.item_form.title_field.setText("新检查项")
    assert [editor.rows.row(n).title for n in range(3)] == [titles[0], "新检查项", titles[1]]
    editor.remove_button.click()

    assert [editor.rows.row(n).title for n in range(3)] == titles
    assert [item["no"] for item in editor.value()["items"]] == list(range(1, 15))


def test_nothing_that_is_wrong_is_saved_and_its_field_gets_the_focus(section, editor):
    editor.view.selectRow(2)
    editor.item_form.title_field.clear()
    editor.view.selectRow(0)
    section.save_button.click()

    assert editor.view.currentIndex().row() == 2
    assert editor.item_form.form.problem("title") == _("This is to be filled in.")
    assert section.window().focusWidget() is editor.item_form.title_field
    assert editor.isVisible()


def test_an_empty_checklist_does_not_shout(alone):
    assert alone.head.problem("name") == ""
    assert alone.may_save() is False
    assert alone.head.problem("name") == _("This is to be filled in.")


def test_a_code_that_is_taken_or_odd_is_told(alone):
    alone.code_field.setText(CHECKLIST)
    assert CHECKLIST in alone.head.problem("code")
    alone.code_field.setText("zwdt")
    assert alone.head.problem("code") == _("Write capital letters, a year and a version, as in the example.")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_checklist_goes_through_the_editor_unchanged(alone, path):
    value = json.loads(path.read_text(encoding="utf-8"))
    alone.show_value(value, ChecklistChoices((), frozenset(), 2026))
    for number in range(len(value["items"])):
        alone.view.selectRow(number)
        alone._take_item()

    assert alone.problems == ()
    for before, after in zip(value["items"], alone.value()["items"], strict=True):
        points = Decimal(str(before["points"]))
        assert read_rule(before["rule"], points) == read_rule(after["rule"], points)
        assert {**before, "rule": None} == {**after, "rule": None}


@pytest.mark.parametrize("kind", list(SHAPES))
def test_a_rule_of_every_type_is_made_from_nothing(alone, kind):
    alone.add_button.click()
    form = alone.item_form
    form.title_field.setText("检查项")
    form.points_field.setText("100")
    form.criteria_field.setPlainText("标准")
    form.method_field.setPlainText("方法")
    rule = form.rule_form
    rule.kind_field.setCurrentIndex(rule.kind_field.findData(kind))
    assert rule.head.problem("rule") or not alone.rows.row(0).is_right
    parts = rule.parts[kind]
    for key, field in parts.fields.items():
        if isinstance(field, QLineEdit):
            field.setText("2" if key in ("no", "target", "per", "each") else "数据")
    for key, table in parts.edit_tables.items():
        for number in range(2 if key in ("measure.inputs", "tiers", "grades") else 1):
            table.add_button.click()
            for column, shape in enumerate(table.model.columns):
                numbers = ("points", "bound", "deduct", "score")
                text = {"score": "100" if number == 0 else "50"}.get(shape.key, "2")
                if shape.key in numbers:
                    cell(table, number, column, text)
                elif shape.choices is None and shape.key in ("label", "text"):
                    cell(table, number, column, f"内容{number}")
    if kind in ("tiers", "ratio"):
        parts.fields["measure.formula"].setCurrentIndex(1)
    if kind == "tiers":
        cell(parts.edit_tables["tiers"], 1, 1, "")

    assert rule.head.problem("rule") == ""
    assert alone.rows.row(0).is_right
    keys = json.dumps(rule.rule())
    assert rule.rule()["type"] == kind
    assert '"key": ""' not in keys


def test_new_inputs_never_share_a_key():
    fields, tables = rule_to_parts(
        {"type": "deduct", "findings": [{"key": "in_a", "label": "甲", "fixed": "1"}]}
    )
    tables["findings"] += [{"label": f"第{n}", "kind": "each", "points": "1"} for n in range(60)]
    rule = parts_to_rule("deduct", True, fields, tables)

    keys = [finding["key"] for finding in rule["findings"]]
    assert len(set(keys)) == 61
    assert keys[0] == "in_a"
    assert read_rule(rule, Decimal(10))


def test_a_checklist_comes_in_from_a_file_and_goes_out_again(qtbot, section, tmp_path):
    target = tmp_path / "out.json"
    choose(section, CHECKLIST)
    said = []
    section.done.connect(said.append)
    section.export_to(target)
    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    value = json.loads(target.read_text(encoding="utf-8"))
    value |= {"code": "NEWS-2027-V1", "version": "2027-V1", "name": MARKUP}
    target.write_text(json.dumps(value), encoding="utf-8")

    section.import_file(target)
    qtbot.waitUntil(section.editor.isVisible, timeout=10_000)
    assert section.editor.code_field.text() == "NEWS-2027-V1"
    saved(qtbot, section)

    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in section.findChildren(QLabel))
    assert MARKUP in {section.lines.row(n).name for n in range(13)}


def test_a_file_of_another_kind_is_told_in_the_page(qtbot, section, tmp_path):
    path = tmp_path / "x.json"
    path.write_text("{}", encoding="utf-8")
    failed = []
    section.failed.connect(failed.append)
    section.import_file(path)

    qtbot.waitUntil(lambda: bool(failed), timeout=10_000)
    assert "x.json" in failed[0].problem


def test_a_checklist_is_taken_out_of_use_and_in_again(qtbot, section):
    choose(section, CHECKLIST)
    section.use_button.click()
    qtbot.waitUntil(
        lambda: section.lines_view.chosen_row() is not None and not section.lines_view.chosen_row().is_in_use,
        timeout=10_000,
    )
    assert section.use_button.text() == _("Use again")


def test_what_is_being_written_is_not_lost(qtbot, window, section, editor, world):
    editor.name_field.setText("没写完")
    window.leave_workspace()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=10_000)
    window.jobs.open(lambda: world.opened("office"), window.show_workspace)
    qtbot.waitUntil(lambda: bool(window.pages), timeout=10_000)
    window.show_page("setup", ChecklistsSection)
    again = next(s for s in window.pages["setup"].sections if isinstance(s, ChecklistsSection))
    qtbot.waitUntil(lambda: again.lines.rowCount() == 12, timeout=10_000)
    choose(again, CHECKLIST)
    again.version_button.click()
    qtbot.waitUntil(again.editor.isVisible, timeout=10_000)

    assert again.editor.name_field.text() == "没写完"
    again.drop_button.click()
    qtbot.waitUntil(lambda: not again.editor.isVisible(), timeout=10_000)


def test_endless_texts_are_told_and_hurt_nobody(editor):
    editor.item_form.criteria_field.setPlainText("长" * 5000)
    assert editor.item_form.form.problem("criteria") == _("At most {count} characters.").format(count=2000)
    editor.name_field.setText("长" * 5000)
    assert editor.head.problem("name")
    assert not editor.grab().isNull()


def test_the_item_is_filled_in_by_tab_alone(qtbot, editor):
    form = editor.item_form
    order = [form.title_field, form.points_field, form.evidence_field, form.criteria_field, form.method_field]
    order += [form.na_box, form.photo_box, form.veto_box]
    order[0].setFocus()
    for before, after in pairwise(order):
        qtbot.keyClick(before, Qt.Key.Key_Tab)
        assert editor.window().focusWidget() is after, after.accessibleName()


def test_a_table_is_typed_into_and_left_by_tab(qtbot):
    columns = (
        EditColumn("label", lambda: "A"),
        EditColumn("kind", lambda: "B", 80, lambda: (("x", "甲"), ("y", "乙"))),
    )
    table = EditTable(Texts(), lambda: "T", columns)
    qtbot.addWidget(table)
    table.show()
    table.add_button.click()
    table.view.edit(table.model.index(0, 0))
    qtbot.keyClicks(table.view.findChild(QLineEdit), "abc")
    qtbot.keyClick(table.view.findChild(QLineEdit), Qt.Key.Key_Return)
    # The delegate closes its field in a later turn of the event loop.
    qtbot.waitUntil(lambda: table.view.state() is QAbstractItemView.State.NoState)
    table.view.edit(table.model.index(0, 1))
    combo = table.view.findChild(QComboBox)
    combo.setCurrentIndex(1)
    combo.activated.emit(1)

    assert table.model.rows() == [{"label": "abc", "kind": "y"}]
    assert table.model.data(table.model.index(0, 1)) == "乙"


def test_a_table_that_is_edited_is_a_sound_model():
    model = EditModel((EditColumn("a", lambda: "A"), EditColumn("b", lambda: "B")))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows([{"a": str(n), "hidden": "k"} for n in range(3)])
    model.add_row(1)
    model.setData(model.index(1, 1), "neu")
    model.swap_rows(0, 1)
    model.remove_row(2)

    assert [row["a"] for row in model.rows()] == ["", "0", "2"]
    assert model.rows()[1]["hidden"] == "k"
    del tester


def test_the_items_are_a_sound_model(alone):
    tester = QAbstractItemModelTester(alone.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    alone.add_button.click()
    alone.add_button.click()
    alone.up_button.click()
    alone.remove_button.click()

    assert alone.rows.rowCount() == 1
    del tester


def test_the_list_of_an_office_is_its_own(world):
    world.open()
    assert {line.is_in_use for line in list_checklists(world.office)} == {True}
    world.close()
