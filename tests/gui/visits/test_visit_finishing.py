"""A visit is submitted, reopened, signed and corrected on its page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.gui.signing.signing_dialog import SigningDialog
from desktop.gui.visits.finish_dialog import FinishDialog
from desktop.gui.visits.versions_dialog import VersionsDialog
from desktop.gui.visits.visit_sides import ITEM_SIDE
from desktop.gui.widgets.reason_dialog import ReasonDialog
from tests.gui.visit_pages import CTRL, LONG_MS, finish, saved


def test_a_visit_is_submitted_reopened_and_then_signed_for_good(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_0)
    assert page.sides.keys_label.isVisible()
    page.submit(page.state.head)
    qtbot.waitUntil(lambda: page.visit.is_submitted, timeout=LONG_MS)
    assert not page.sides.keys_label.isVisible()
    assert page.editor.facts_field.isReadOnly()
    page.reopen_button.click()
    qtbot.waitUntil(lambda: not page.visit.is_submitted, timeout=LONG_MS)
    assert not page.editor.facts_field.isReadOnly()
    finish(qtbot, page, hand)

    assert page.editor.facts_field.isReadOnly()
    assert not page.sign_button.isEnabled()
    assert page.note.isVisible()


def test_what_was_submitted_is_shown_once_more_before_it_is_signed(qtbot, page, hand):
    hand.press(Qt.Key.Key_0)
    page.submit(page.state.head)
    qtbot.waitUntil(lambda: page.visit.is_submitted, timeout=LONG_MS)
    page.ask_finish()
    dialog = page.findChild(FinishDialog)
    assert not page.visit.is_signed
    assert not dialog.conclusion_field.isEnabled()
    dialog.sign_button.click()

    qtbot.waitUntil(lambda: page.visit.is_signed, timeout=LONG_MS)


def test_what_is_too_long_to_be_kept_is_not_let_out_of_the_dialog(qtbot, page, hand):
    hand.press(Qt.Key.Key_0)
    page.ask_finish()
    dialog = page.findChild(FinishDialog)
    dialog.conclusion_field.setPlainText("长" * 5001)
    hand.press(Qt.Key.Key_Return, modifier=CTRL)
    assert dialog.isVisible()
    assert not dialog.submit_button.isEnabled()
    assert "最多 5000 个字" in dialog._missing_label.text()
    dialog.conclusion_field.setPlainText("长" * 5000)
    dialog.sign_button.click()

    qtbot.waitUntil(lambda: page.visit.is_signed, timeout=LONG_MS)
    assert len(page.visit.conclusion) == 5000


def test_a_signed_answer_is_corrected_with_a_reason_and_its_versions_can_be_read(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_1)
    finish(qtbot, page, hand)
    page.correction.correct_button.click()
    page.items_view.setFocus()
    hand.press(Qt.Key.Key_1)
    assert saved(page, world).answers[1].inputs == {"empty": 1}
    page.correction.save_button.click()
    dialog = page.findChild(ReasonDialog)
    dialog.reason_field.setPlainText("复核录像后多一个窗口")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: page.note.isVisible() and not page.correction.is_under_way, timeout=LONG_MS)
    page.correction.versions_button.click()
    qtbot.waitUntil(lambda: page.findChild(VersionsDialog) is not None, timeout=LONG_MS)

    versions = page.findChild(VersionsDialog).versions
    assert saved(page, world).answers[1].inputs == {"empty": 2}
    assert [versions.row(n).reason for n in range(2)] == ["复核录像后多一个窗口", ""]
    assert [versions.row(n).answer.deduct for n in range(2)] == [4, 2]


@pytest.mark.parametrize("is_signed", [True, False])
def test_a_correction_speaks_of_the_signature_only_where_there_is_one(qtbot, page, hand, is_signed):
    hand.press(Qt.Key.Key_1)
    page.submit(page.state.head)
    qtbot.waitUntil(lambda: page.visit.is_submitted, timeout=LONG_MS)
    if is_signed:
        page.finish()
        qtbot.waitUntil(lambda: page.visit.is_signed, timeout=LONG_MS)
    page.correction.correct_button.click()
    page.items_view.setFocus()
    hand.press(Qt.Key.Key_1)
    page.correction.save_button.click()
    dialog = page.findChild(ReasonDialog)
    said = "".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()

    assert ("签字不再涵盖本项" in said) is is_signed
    assert ("尚未签字" in said) is not is_signed


def test_that_a_correction_was_saved_is_no_news_at_another_item(qtbot, page, hand):
    page.note.show_done("Saved.")
    hand.press(Qt.Key.Key_Down)

    assert page.note.isHidden()


def test_a_correction_begins_where_its_deduction_is_made(qtbot, page, hand):
    hand.press(Qt.Key.Key_1)
    finish(qtbot, page, hand)
    page.head_button.click()
    page.correction.correct_button.click()

    assert page.sides.side == ITEM_SIDE
    focused = page.window().focusWidget()
    assert focused in (*page.editor.figures.fields(), page.editor.deduct_field)


def test_a_correction_waits_at_its_item_until_it_is_saved_or_given_up(qtbot, page, hand):
    hand.press(Qt.Key.Key_1)
    finish(qtbot, page, hand)
    page.correction.correct_button.click()
    page.items_view.setFocus()
    hand.press(Qt.Key.Key_1, Qt.Key.Key_Down)

    assert page.items_view.currentIndex().row() == 0
    assert page.state.answer(1).inputs == {"empty": 2}
    assert page.correction.is_under_way
    assert page.note.problem_label.text() == "本项更正尚未保存。"
    page.correction.drop_button.click()
    qtbot.waitUntil(lambda: page.state.answer(1).inputs == {"empty": 1}, timeout=LONG_MS)
    assert not page.correction.is_under_way
    hand.press(Qt.Key.Key_Down)
    assert page.items_view.currentIndex().row() == 1


def test_a_correction_in_which_nothing_was_typed_may_be_left(qtbot, page, hand):
    hand.press(Qt.Key.Key_1)
    finish(qtbot, page, hand)
    page.correction.correct_button.click()
    page.items_view.setFocus()
    hand.press(Qt.Key.Key_Down)

    assert page.items_view.currentIndex().row() == 1
    assert not page.correction.is_under_way


def test_the_finish_dialog_names_what_is_missing(qtbot, page, hand):
    hand.press(Qt.Key.Key_1)
    hand.press(Qt.Key.Key_Return, modifier=CTRL)
    dialog = page.findChild(FinishDialog)

    assert "未填写单位意见" in dialog._missing_label.text()
    assert "督查人员只有一人" in dialog._missing_label.text()
    dialog.team_field.setText("王五")
    assert "督查人员只有一人" not in dialog._missing_label.text()
    dialog.reject()


def test_a_signature_takes_back_what_was_said_before_it(qtbot, page, hand):
    hand.press(Qt.Key.Key_Space)
    page.submit(page.state.head)
    qtbot.waitUntil(lambda: page.visit.is_submitted and page.note.isVisible(), timeout=LONG_MS)
    hand.press(Qt.Key.Key_G)
    dialog = page.findChild(SigningDialog)
    dialog.changed.emit(page.visit.id)
    dialog.reject()

    assert not page.note.isVisible()
