"""Places drawn at random in the window: kept with the mission, shown beside it, drawn again."""

from dataclasses import replace

from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from desktop.domain.draw_record import Redrawn
from desktop.errors import UserError
from desktop.gui.missions.draw_dialog import DrawDialog
from desktop.i18n import use_language
from desktop.services.missions.check_plan import Weight
from desktop.services.missions.draw_words import outcome_text
from desktop.services.missions.keep_form import NEW, kept_form
from desktop.services.missions.mission_draws import mission_draws
from desktop.storage.records import all_rows
from tests.gui.dialog_desk import made_draws
from tests.gui.mission_pages import MARKUP, choose, look, saved
from tests.services.worlds import CHECKLIST

WITNESS = "李见证"


def draw(qtbot, editor, count=1, witness=""):
    """Draw, and wait until the places stand among the visits."""
    before = editor.visits.rows.rowCount()
    editor.draw_bar.count_field.setValue(count)
    editor.draw_bar.witness_field.setEditText(witness)
    editor.draw_bar.draw_button.click()
    qtbot.waitUntil(lambda: editor.visits.rows.rowCount() == before + count, timeout=10_000)


def complete(editor, title="双随机抽查"):
    editor.basics.title_field.setText(title)
    editor.basics.begin_field.setText("2026-11-24")
    editor.visits.view.selectAll()
    choose(editor.visits.checklist_field, CHECKLIST)
    choose(editor.visits.node_field, "欧阳㛃")
    editor.team.leader_field.setEditText("韩立新")


def save_drawn(qtbot, page, editor, **said):
    draw(qtbot, editor, **said)
    complete(editor)
    saved(qtbot, page, page.save)
    page.back_button.click()
    qtbot.waitUntil(page.panel.draw_line.isVisible, timeout=10_000)


def opened_dialog(qtbot, page):
    page.panel.draw_line.open_button.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DrawDialog), timeout=10_000)
    return QApplication.activeModalWidget()


def test_what_was_drawn_is_saved_with_the_mission_and_its_witness(qtbot, page, editor):
    draw(qtbot, editor, 2, WITNESS)
    complete(editor)
    saved(qtbot, page, page.save)

    (kept,) = look(qtbot, page, lambda workspace: mission_draws(workspace, editor.mission_id))
    assert kept.record.witness == WITNESS
    assert {place.unit for place in kept.record.result} == {each.unit for each in editor.visits.visits()}


def test_a_draw_survives_leaving_the_page_before_it_is_saved(qtbot, page, editor):
    draw(qtbot, editor)
    page.leave()
    qtbot.waitUntil(
        lambda: bool((look(qtbot, page, lambda ws: kept_form(ws, NEW)) or {}).get("draws")), timeout=10_000
    )
    first = editor.form()["draws"]
    page.edit(NEW)
    qtbot.waitUntil(page.note.isVisible, timeout=10_000)

    assert editor.form()["draws"] == first


def test_who_draws_cannot_be_the_witness(qtbot, page, editor):
    editor.draw_bar.draw_button.setFocus()
    editor.draw_bar.witness_field.setEditText(look(qtbot, page, lambda workspace: workspace.person.name))

    text = saved(qtbot, page, editor.draw_bar.draw_button.click)

    assert text == "见证人不能是抽取人本人。"
    assert editor.visits.rows.rowCount() == 0
    assert editor.draw_bar.isEnabled()
    assert editor.draw_bar.draw_button.hasFocus()


def test_pressing_twice_draws_once(qtbot, page, editor):
    editor.draw_bar.draw_button.click()
    editor.draw_bar.draw_button.click()
    qtbot.waitUntil(lambda: page.jobs.is_quiet, timeout=10_000)

    assert editor.visits.rows.rowCount() == 1
    assert len(editor.form()["draws"]) == 1


def test_a_draw_for_a_form_that_was_left_is_not_put_into_the_next(qtbot, page, editor):
    editor.draw_bar.draw_button.click()
    editor.show_form(NEW, {}, editor.choices)
    qtbot.waitUntil(lambda: page.jobs.is_quiet, timeout=10_000)

    assert editor.visits.rows.rowCount() == 0
    assert editor.form()["draws"] == []
    assert editor.draw_bar.isEnabled()


def test_the_list_of_witnesses_follows_the_people(editor):
    names = [editor.draw_bar.witness_field.itemText(n) for n in range(editor.draw_bar.witness_field.count())]

    assert names == [person.name for person in editor.choices.people]
    assert editor.draw_bar.witness_field.currentText() == ""


def test_a_mission_says_in_one_line_how_its_places_were_drawn(qtbot, page, editor):
    save_drawn(qtbot, page, editor, count=1)

    line = page.panel.draw_line.label
    assert "随机抽取：从 2 个单位中抽 1 个" in line.text()
    assert "可复核" in line.text()
    use_language("en")
    page.say_again()
    assert "1 of 2 units" in line.text()
    page.missions_view.selectRow(1)
    qtbot.waitUntil(lambda: page.jobs.is_quiet, timeout=10_000)
    assert not page.panel.draw_line.isVisible()


def test_drawing_again_says_that_the_same_comes_out(qtbot, page, editor):
    save_drawn(qtbot, page, editor, count=2, witness=WITNESS)
    dialog = opened_dialog(qtbot, page)
    assert f"见证人：{WITNESS}" in dialog.facts_label.text()
    assert dialog.lots.rowCount() == 2

    dialog.check_button.click()
    qtbot.waitUntil(dialog.note.isVisible, timeout=10_000)

    assert dialog.note.problem_label.text() == outcome_text(Redrawn.SAME)
    assert dialog.note.property("tone") == "done"
    assert "日志已于" in dialog.note.advice_label.text()
    dialog.close()


def test_places_that_were_changed_afterwards_are_told(qtbot, page, editor):
    draw(qtbot, editor, 1)
    drawn = editor.visits.visits()[0].unit
    other = next(unit.id for unit in editor.choices.units if unit.id != drawn)
    editor.visits.remove_unit(drawn)
    editor.visits.add_unit(other)
    complete(editor)
    saved(qtbot, page, page.save)
    page.back_button.click()
    qtbot.waitUntil(page.panel.draw_line.isVisible, timeout=10_000)
    dialog = opened_dialog(qtbot, page)

    dialog.check_button.click()
    qtbot.waitUntil(dialog.note.isVisible, timeout=10_000)

    assert "抽中而未列入任务的：1 个。" in dialog.note.advice_label.text()
    assert "不是抽取产生的检查：1 次。" in dialog.note.advice_label.text()
    dialog.close()


def test_a_record_that_was_sealed_meanwhile_is_no_longer_read(qtbot, page):
    mission = look(qtbot, page, lambda workspace: str(all_rows(workspace.db, "mission")[0]["id"]))
    dialog = DrawDialog(page.jobs, mission, made_draws(), page)
    qtbot.addWidget(dialog)

    dialog.show()
    dialog.check()
    qtbot.waitUntil(dialog.note.isVisible, timeout=10_000)

    assert "已封存" in dialog.note.problem_label.text()
    dialog.draw_field.setCurrentIndex(1)
    assert dialog.lots.rowCount() == 0
    assert not dialog.note.isVisible()


def test_what_cannot_be_drawn_again_says_why_in_the_dialog(qtbot, page, monkeypatch):
    def refuse(_workspace, mission_id):
        raise UserError(f"没有任务 {mission_id}")

    monkeypatch.setattr("desktop.gui.missions.draw_dialog.check_draws", refuse)
    dialog = DrawDialog(page.jobs, "M1", made_draws(), page)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.check()
    qtbot.waitUntil(dialog.note.isVisible, timeout=10_000)

    assert dialog.note.problem_label.text() == "没有任务 M1"
    assert dialog.check_button.isEnabled()


def test_more_draws_than_two_are_counted(page):
    draws = made_draws()
    page.panel.draw_line.show_draws([*draws, *draws])

    assert page.panel.draw_line.label.text().splitlines()[1:] == ["由更新版本的程序随机抽取。", "……另有 2 条"]


def test_what_a_record_says_is_never_read_as_markup(qtbot, page):
    (draw_of_units, _later) = made_draws()
    record = replace(draw_of_units.record, by_name=MARKUP, witness=MARKUP)
    dialog = DrawDialog(page.jobs, "no mission", [replace(draw_of_units, record=record)], page)
    qtbot.addWidget(dialog)

    assert MARKUP in dialog.facts_label.text()
    assert dialog.facts_label.textFormat().name == "PlainText"


def test_the_record_is_printed_on_the_page_for_printing(qtbot, page, editor):
    save_drawn(qtbot, page, editor, count=1)
    dialog = opened_dialog(qtbot, page)

    dialog.print_button.click()

    printed = page.window().pages["print"]
    qtbot.waitUntil(lambda: printed.isVisible() and printed.records.rowCount() == 1, timeout=10_000)
    assert printed.form_field.currentText().startswith("F14")
    qtbot.waitUntil(lambda: printed.preview.document.status() is QPdfDocument.Status.Ready, timeout=20_000)


def test_a_plan_with_places_that_were_drawn_is_checked_as_any_other(qtbot, editor):
    draw(qtbot, editor)

    assert "检查表" in editor.summary.text_of(Weight.WRONG)


def test_what_was_searched_for_one_mission_does_not_narrow_the_draw_of_the_next(qtbot, page, editor):
    all_units = len(editor.units_to_draw_from())
    editor.units.search_field.setText("没有这个单位")
    assert not editor.units_to_draw_from()

    page.show_list()
    page.edit(NEW)
    qtbot.waitUntil(lambda: not editor.units.search_field.text(), timeout=10_000)

    assert len(editor.units_to_draw_from()) == all_units


def test_what_was_refused_leaves_when_the_draw_is_tried_again(qtbot, page, editor):
    page.note.show_problem(UserError("refused", "try again"))
    draw(qtbot, editor, witness=WITNESS)

    assert page.note.isHidden()


def test_what_was_drawn_is_said_in_the_language_of_now(qtbot, page, editor):
    draw(qtbot, editor)
    assert "从 2 个单位中随机抽取" in editor.draw_bar.result_label.text()

    use_language("en")
    page.say_again()

    assert "Drawn at random from 2 units" in editor.draw_bar.result_label.text()
