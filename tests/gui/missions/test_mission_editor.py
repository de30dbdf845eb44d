"""A mission is filled in: what is wrong or missing is said, units and visits follow each other."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from desktop.i18n import LANGUAGES, _, use_language
from desktop.services.missions.check_plan import Weight
from desktop.services.missions.keep_form import NEW
from desktop.services.workspace.journal import birth, write_entries
from desktop.storage.records import all_rows, find_row
from tests.gui.mission_pages import choose, fill, missions, tick


def test_an_empty_form_says_what_it_needs_without_shouting(editor):
    assert _("The mission has no title yet.") in editor.summary.text_of(Weight.WRONG)
    assert _("Say who leads the team.") in editor.summary.text_of(Weight.NEEDED)
    assert editor.basics.problem("title") == ""


def test_what_is_wrong_is_said_at_its_field_and_the_first_gets_the_focus(qtbot, page, editor):
    editor.basics.begin_field.setText("2026-11-24")
    editor.basics.end_field.setText("2026-11-2x")
    page.issue_button.click()

    assert editor.basics.problem("title") == _("The mission has no title yet.")
    assert editor.basics.problem("ends_on") == _("Write the day as in 2026-03-17.")
    assert page.window().focusWidget() is editor.basics.title_field
    assert editor.basics.end_field.property("wrong")
    assert set(missions(qtbot, page)) == {"一季度督查"}


def test_the_summary_counts_while_it_is_filled_in(editor):
    fill(editor)

    assert editor.summary.counts_label.text() == _(
        "Units: {units} · visits: {visits} · computers: {nodes}"
    ).format(units=2, visits=2, nodes=1)
    assert editor.summary.text_of(Weight.WRONG) == editor.summary.text_of(Weight.NEEDED) == ""


def test_units_are_found_by_typing_and_by_group(qtbot, editor):
    qtbot.keyClicks(editor.units.search_field, "zzz")
    assert editor.units.model.rowCount() == 0

    editor.units.search_field.clear()
    choose(editor.units.group_field, "县区一组")
    assert [editor.units.model.data(editor.units.model.index(0))] == ["澄湖区"]


def test_a_unit_is_ticked_and_taken_away_with_the_space_bar(qtbot, editor):
    editor.units.view.setCurrentIndex(editor.units.model.index(0))
    qtbot.keyClick(editor.units.view, Qt.Key.Key_Space)
    assert [draft.unit for draft in editor.visits.visits()] == [editor.choices.units[0].id]

    qtbot.keyClick(editor.units.view, Qt.Key.Key_Space)
    assert editor.visits.visits() == []


def test_visits_of_the_first_day_follow_when_it_is_corrected(qtbot, editor):
    begin = editor.basics.begin_field
    begin.setFocus()
    begin.setText("2026.11.24")
    begin.editingFinished.emit()
    for number in (0, 1):
        editor.units.view.setCurrentIndex(editor.units.model.index(number))
        qtbot.keyClick(editor.units.view, Qt.Key.Key_Space)
    editor.visits.view.selectRow(1)
    editor.visits.day_field.setText("2026-11-25")
    editor.visits.day_field.textEdited.emit("2026-11-25")

    begin.setText("2026-11-24")
    begin.editingFinished.emit()

    assert [draft.planned_on for draft in editor.visits.visits()] == ["2026-11-24", "2026-11-25"]


def test_a_visit_is_added_changed_and_removed_by_rows(editor):
    fill(editor)
    editor.visits.view.selectRow(0)
    editor.visits.again_button.click()
    editor.visits.day_field.setText("2026-11-25")
    editor.visits.day_field.textEdited.emit("2026-11-25")

    assert [draft.planned_on for draft in editor.visits.visits()] == [
        "2026-11-24",
        "2026-11-25",
        "2026-11-24",
    ]
    editor.visits.remove_button.click()
    assert len(editor.visits.visits()) == 2


def test_an_inspected_unit_of_a_member_asks_for_recusal(qtbot, world, window_of):
    world.open()
    unit = find_row(world.office.db, "unit", all_rows(world.office.db, "unit", "sort_no")[0]["id"])
    office = world.office
    with office.db.atomic():
        person, post = office.new_id(), office.new_id()
        write_entries(
            office,
            [
                birth(office, person, "person", {"facts": {"name": "赵六"}}),
                birth(
                    office,
                    post,
                    "post",
                    {"facts": {"person_id": person, "unit_id": unit["id"], "title": "副区长"}},
                ),
            ],
        )
    world.close()
    window = window_of("office")
    window.show_page("missions")
    page = window.pages["missions"]
    page.edit(NEW)
    qtbot.waitUntil(page.editor.isVisible, timeout=10_000)
    fill(page.editor, leader="赵六")

    assert _("{name} holds a post at {unit}, which is inspected: recusal?").format(
        name="赵六", unit="澄湖区"
    ) in page.editor.summary.text_of(Weight.ADVICE)


def test_units_are_drawn_at_random_from_those_that_are_listed(qtbot, editor):
    editor.basics.begin_field.setText("2026-11-24")
    tick(editor.units, 0)
    listed = editor.units.model.rowCount()
    assert editor.draw_bar.count_field.maximum() == listed - 1
    editor.draw_bar.count_field.setValue(listed - 1)
    editor.draw_bar.draw_button.click()
    qtbot.waitUntil(lambda: editor.visits.rows.rowCount() == listed, timeout=10_000)

    drafts = editor.visits.visits()
    assert {draft.unit for draft in drafts} == {unit.id for unit in editor.choices.units}
    assert len(drafts) == listed
    assert all(draft.planned_on == "2026-11-24" for draft in drafts[1:])
    assert editor.draw_bar.result_label.text().startswith(f"从 {listed - 1} 个单位中随机抽取：")
    assert not editor.draw_bar.draw_button.isEnabled()


def test_a_search_narrows_what_is_drawn_from(qtbot, editor):
    editor.units.search_field.setText("没有这样的单位")

    assert not editor.draw_bar.draw_button.isEnabled()
    editor.units.search_field.clear()
    assert editor.draw_bar.draw_button.isEnabled()


def test_a_day_may_be_typed_as_on_paper(qtbot, editor):
    tick(editor.units, 0)
    for field, text in ((editor.basics.begin_field, "2026年12月1日"), (editor.basics.end_field, "2026.12.9")):
        field.setFocus()
        field.insert(text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert (editor.form()["starts_on"], editor.form()["ends_on"]) == ("2026-12-01", "2026-12-09")
    assert [draft.planned_on for draft in editor.visits.visits()] == ["2026-12-01"]
    editor.visits.day_field.setFocus()
    editor.visits.day_field.clear()
    qtbot.keyClicks(editor.visits.day_field, "2026/12/3")
    qtbot.keyClick(editor.visits.day_field, Qt.Key.Key_Return)
    assert [draft.planned_on for draft in editor.visits.visits()] == ["2026-12-03"]
    qtbot.keyClicks(editor.basics.end_field, "x")
    assert editor.form()["ends_on"] == "2026-12-09x"


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_narrow_window_the_summary_stands_below_the_form_and_comes_back(qtbot, page, language):
    use_language(language)
    page.window().say_again()
    page.new_button.click()
    qtbot.waitUntil(lambda: page.editor.isVisible(), timeout=10_000)
    editor = page.editor
    window = page.window()
    window.setMinimumSize(910, 500)
    window.resize(910, 512)
    area = editor.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.isAncestorOf(editor.summary))
    qtbot.waitUntil(editor.summary.isVisible)
    qtbot.wait(50)
    assert area.horizontalScrollBar().maximum() == 0
    assert editor.summary.width() > editor.width() * 0.9

    window.resize(1366, 768)
    qtbot.waitUntil(lambda: not area.isAncestorOf(editor.summary))
    qtbot.waitUntil(lambda: not editor.summary.visibleRegion().isEmpty())
