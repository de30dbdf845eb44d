"""What is written on the visit page: facts, phrases, particulars; its keys and its languages."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.gui.visits.key_help import KeyHelpDialog
from desktop.gui.visits.visit_sides import HEAD_SIDE, ITEM_SIDE
from desktop.services.visits.edit_visit import open_visit
from tests.gui.visit_pages import CTRL, LONG_MS, saved, wait_saved


def test_facts_are_plain_text_whatever_they_look_like(qtbot, page, hand, world):
    text = '<b>粗</b><img src="file:///etc/passwd">&amp;'
    hand.press(Qt.Key.Key_F)
    hand.write(text)
    wait_saved(qtbot, page)

    assert page.editor.facts_field.toPlainText() == saved(page, world).answers[1].facts == text
    assert {label.textFormat() for label in page.findChildren(QLabel)} == {Qt.TextFormat.PlainText}


def test_a_code_becomes_its_phrase_and_tab_goes_through_its_blanks(qtbot, page, hand):
    qtbot.waitUntil(lambda: bool(page.phrases), timeout=LONG_MS)
    hand.press(Qt.Key.Key_F)
    qtbot.keyClicks(page.editor.facts_field, "kg")
    hand.press(Qt.Key.Key_Tab)
    qtbot.keyClicks(page.editor.facts_field, "3")
    hand.press(Qt.Key.Key_Tab)
    qtbot.keyClicks(page.editor.facts_field, "15")

    assert page.editor.facts_field.toPlainText() == "3号窗口空岗约15分钟，未摆放离岗告知牌。"
    hand.press(Qt.Key.Key_Tab)
    assert not page.editor.facts_field.hasFocus()


def test_the_tab_key_goes_from_the_list_through_the_fields_to_the_facts_and_on(qtbot, page, hand):
    places = []
    for _each in range(6):
        hand.press(Qt.Key.Key_Tab)
        places.append(QApplication.focusWidget())

    figures = page.editor.figures.fields()
    assert places[: len(figures)] == list(figures)
    assert page.editor.facts_field in places
    assert places.index(page.editor.deduct_field) < places.index(page.editor.facts_field)


def test_every_letter_does_what_the_help_says(qtbot, page, hand):
    hand.press(Qt.Key.Key_L)
    assert page.editor.fixed_field.isChecked()
    hand.press(Qt.Key.Key_H)
    assert page.sides.side == HEAD_SIDE
    hand.press(Qt.Key.Key_Escape)
    assert (page.sides.side, page.items_view.hasFocus()) == (ITEM_SIDE, True)
    qtbot.keyClicks(page.items_view, "?")
    page.findChild(KeyHelpDialog).close()
    hand.press(Qt.Key.Key_J)
    assert page.items_view.currentIndex().row() == 1
    hand.press(Qt.Key.Key_F)
    hand.press(Qt.Key.Key_Down, modifier=CTRL)
    assert page.items_view.currentIndex().row() == 2


def test_closing_the_window_saves_what_was_typed_last(qtbot, page, laptop, world):
    page.editor.facts_field.setPlainText("最后一句")
    visit_id = page.visit.id
    laptop.close()

    with world.opened("anna") as workspace:
        assert open_visit(workspace, visit_id).answers[1].facts == "最后一句"


def test_the_particulars_are_saved_as_they_are_typed(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_H)
    panel = page.head_panel
    panel.started_field.edit.setText("2026-11-20 9：05")
    panel.started_field.edit.editingFinished.emit()
    panel.unit_rep_field.setFocus()
    hand.write("李四 副主任")
    panel.team_field.setFocus()
    hand.write("王五，赵六")
    wait_saved(qtbot, page)

    head = saved(page, world).head
    assert head.started_at.startswith("2026-11-20T09:05")
    assert (head.unit_rep, head.team) == ("李四 副主任", ("王五", "赵六"))


def test_the_page_speaks_the_other_language_at_once(qtbot, page, laptop, hand):
    hand.press(Qt.Key.Key_1)
    laptop.choose_language("en")
    try:
        qtbot.waitUntil(lambda: page.sign_button.text().strip() == "Finish and sign …", timeout=LONG_MS)
        assert page.state.score().normalised == Decimal("83.33")
    finally:
        laptop.choose_language("zh")


def test_without_a_visit_the_page_says_where_to_begin(laptop):
    laptop.show_page("visit")

    assert laptop.pages["visit"].sides.currentIndex() == 1
    assert not laptop.pages["visit"].sign_button.isEnabled()
