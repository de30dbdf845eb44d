"""The visit page over a real workspace: keys, score, saving, taking back."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop.domain.visit_score import LineState
from desktop.gui.visits.key_buttons import KeyButton
from desktop.gui.widgets.scrolled import FollowingArea
from desktop.services.records.visit_values import read_visit
from desktop.services.scoring.score_units import score_of_visit
from tests.gui.visit_pages import CTRL, LONG_MS, finish, saved, wait_saved


def test_a_whole_visit_with_five_deductions_takes_at_most_ninety_keys(qtbot, page, hand, world):
    deductions = {1: "1号窗口空岗", 2: "两人玩手机", 6: "指南不一致", 8: "等候二十分钟", 12: "无饮水"}
    for item in page.visit.checklist.items:
        if item.no in deductions:
            hand.press(Qt.Key.Key_2 if item.no == 8 else Qt.Key.Key_1)
            hand.press(Qt.Key.Key_Return)
            hand.write(deductions[item.no])
            hand.press(Qt.Key.Key_Escape, Qt.Key.Key_Down)
        elif item.no == 11:
            hand.press(Qt.Key.Key_N, Qt.Key.Key_Down)
        else:
            hand.press(Qt.Key.Key_Space)
    live = page.state.score()
    finish(qtbot, page, hand)

    assert hand.presses <= 90
    assert (live.normalised, live.unanswered) == (Decimal("89.58"), ())
    assert [line.item.no for line in live.lines if line.deduct] == list(deductions)
    assert [line.item.no for line in live.lines if line.state is LineState.NOT_APPLICABLE] == [11]
    assert {
        no: answer.facts for no, answer in saved(page, world).answers.items() if answer.facts
    } == deductions


def test_the_score_of_the_page_is_that_of_the_office_to_the_last_digit_and_word(
    qtbot, page, hand, world, laptop
):
    for keys in ((Qt.Key.Key_1,) * 2, (Qt.Key.Key_1,), (), (Qt.Key.Key_1, Qt.Key.Key_2)):
        hand.press(*keys, Qt.Key.Key_J)
    page.items_view.setCurrentIndex(page.items.index(7))
    hand.press(Qt.Key.Key_M)
    qtbot.keyClicks(QApplication.focusWidget(), "15.50")
    hand.press(Qt.Key.Key_Escape)
    wait_saved(qtbot, page)
    live, visit_id = page.state.score(), page.visit.id
    laptop.close()
    world.open()
    world.bring(world.anna)
    office = score_of_visit(world.office, read_visit(world.office.db, visit_id))

    assert office == live
    assert live.lines[7].text.startswith("等候15.5分钟")


def test_a_key_scores_an_item_and_it_is_on_the_disk(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_1)
    wait_saved(qtbot, page)

    assert page.items.lines[0].deduct == 2
    assert saved(page, world).answers[1].inputs == {"empty": 1}
    assert page.sides.saved_label.text().startswith("已保存")


def test_a_click_on_the_button_of_a_key_does_what_the_key_does(qtbot, page, hand, world):
    button = next(each for each in page.findChildren(KeyButton) if each.text().startswith("1"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_saved(qtbot, page)

    assert page.items.lines[0].deduct == 2
    assert saved(page, world).answers[1].inputs == {"empty": 1}


def test_figures_that_are_typed_later_decide_over_a_deduction_by_hand(qtbot, page, hand, world):
    qtbot.keyClicks(page.editor.deduct_field, "1")
    assert page.items.lines[0].deduct == 1
    qtbot.keyClicks(page.editor.figures.fields()[0], "3")
    wait_saved(qtbot, page)

    assert page.editor.deduct_field.text() == ""
    assert page.items.lines[0].deduct == 6
    assert saved(page, world).answers[1].deduct is None


def test_another_item_is_shown_from_its_beginning(qtbot, page, hand):
    area = page.editor.findChild(FollowingArea)
    page.window().resize(1024, 640)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    hand.press(Qt.Key.Key_Down)

    assert area.verticalScrollBar().value() == 0


def test_not_applicable_only_where_the_checklist_allows_it(qtbot, page, hand):
    hand.press(Qt.Key.Key_N)
    page.items_view.setCurrentIndex(page.items.index(10))
    hand.press(Qt.Key.Key_N)
    wait_saved(qtbot, page)

    assert page.items.lines[0].state is LineState.UNANSWERED
    assert page.items.lines[10].state is LineState.NOT_APPLICABLE


def test_a_veto_marks_its_item_and_never_ends_the_visit(qtbot, page, hand):
    hand.press(Qt.Key.Key_V)
    page.items_view.setCurrentIndex(page.items.index(6))
    hand.press(Qt.Key.Key_1, Qt.Key.Key_V, Qt.Key.Key_Down, Qt.Key.Key_0)
    wait_saved(qtbot, page)

    score = page.state.score()
    assert [veto.item_no for veto in score.vetoes] == [7]
    assert not score.is_vetoed
    assert score.lines[7].score == 8
    assert page.sides._veto_label.isVisible()


def test_changes_are_taken_back_and_done_again_across_items_and_each_is_saved(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_1, Qt.Key.Key_Down, Qt.Key.Key_1, Qt.Key.Key_Return)
    hand.write("聊天")
    hand.press(*[Qt.Key.Key_Z] * 3, modifier=CTRL)
    wait_saved(qtbot, page)
    undone = saved(page, world).answers
    assert page.items_view.currentIndex().row() == 0
    hand.press(*[Qt.Key.Key_Y] * 5, modifier=CTRL)
    wait_saved(qtbot, page)

    assert [undone[number].inputs for number in (1, 2)] == [{}, {}]
    redone = saved(page, world).answers
    assert (redone[1].inputs, redone[2].inputs, redone[2].facts) == ({"empty": 1}, {"cases": 1}, "聊天")


def test_a_deduction_that_is_too_large_is_said_and_stays_where_it_was_typed(qtbot, page, hand):
    hand.press(Qt.Key.Key_D)
    qtbot.keyClicks(page.editor.deduct_field, "999")
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=LONG_MS)
    assert page.editor.deduct_field.text() == "999"
    page.editor.deduct_field.clear()
    qtbot.keyClicks(page.editor.deduct_field, "1")
    wait_saved(qtbot, page)

    assert not page.note.isVisible()


def test_a_deduction_that_is_no_number_is_not_saved(qtbot, page, hand):
    hand.press(Qt.Key.Key_D)
    qtbot.keyClicks(page.editor.deduct_field, "x")

    assert "不是数字" in page.sides.saved_label.text()


def test_the_list_of_items_is_a_sound_model(page):
    QAbstractItemModelTester(page.items, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page._show_score()
    page.items_view.grab()

    assert page.items.rowCount() == len(page.visit.checklist.items)
