"""The visit page over a real workspace: keys, score, saving, taking back, signing, correcting."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from desktop.domain.visit_score import LineState
from desktop.gui.signing.signing_dialog import SigningDialog
from desktop.gui.visits.finish_dialog import FinishDialog
from desktop.gui.visits.key_buttons import KeyButton
from desktop.gui.visits.key_help import KeyHelpDialog
from desktop.gui.visits.versions_dialog import VersionsDialog
from desktop.gui.visits.visit_sides import HEAD_SIDE, ITEM_SIDE
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.services.evidence.photo_folder import choose_photo_folder
from desktop.services.records.visit_values import read_visit
from desktop.services.scoring.score_units import score_of_visit
from desktop.services.visits.edit_visit import open_visit
from tests.media.picture_samples import jpeg

LONG_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier


class Hand:
    """Presses keys on whatever has the focus, and counts them; typed text is not counted."""

    def __init__(self, qtbot, page):
        self.qtbot, self.page, self.presses = qtbot, page, 0

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.presses += 1
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=LONG_MS)
            self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    def write(self, text):
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)


@pytest.fixture
def laptop(window_of):
    return window_of("anna")


@pytest.fixture
def page(qtbot, laptop, world):
    """The page of a visit that nobody has begun."""
    laptop.activateWindow()
    laptop.show_page("visit", world.visits[2])
    page = laptop.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None and page.items_view.hasFocus(), timeout=LONG_MS)
    return page


@pytest.fixture
def hand(qtbot, page):
    return Hand(qtbot, page)


def saved(page, world):
    """What a second look at the workspace finds on the disk."""
    with world.opened("anna", read_only=True) as workspace:
        return open_visit(workspace, page.visit.id)


def wait_saved(qtbot, page):
    qtbot.waitUntil(lambda: page.saver.is_idle and not page.jobs.is_busy, timeout=LONG_MS)


def finish(qtbot, page, hand, conclusion="总体较好"):
    hand.press(Qt.Key.Key_Return, modifier=CTRL)
    dialog = page.findChild(FinishDialog)
    qtbot.waitUntil(dialog.conclusion_field.hasFocus, timeout=LONG_MS)
    hand.write(conclusion)
    hand.press(Qt.Key.Key_Return, modifier=CTRL)
    qtbot.waitUntil(lambda: page.visit.is_signed, timeout=LONG_MS)
    page.window().activateWindow()


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


def test_a_failing_answer_asks_for_a_photo_until_one_is_there(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_1)
    asked = page.state.reminders(1)
    page.add_files([world.file("photo.jpg", jpeg())])
    qtbot.waitUntil(lambda: page.strip.count() == 1 and page.saver.is_idle, timeout=LONG_MS)
    wait_saved(qtbot, page)

    assert "本项扣分应附照片" in asked
    assert len(page.state.reminders(1)) == len(asked) - 1
    assert len(saved(page, world).answers[1].evidence_ids) == 1


def test_evidence_stays_when_a_change_is_taken_back(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_1)
    page.add_files([world.file("photo.jpg", jpeg())])
    qtbot.waitUntil(lambda: page.strip.count() == 1 and page.saver.is_idle, timeout=LONG_MS)
    page.items_view.setFocus()
    hand.press(Qt.Key.Key_Z, modifier=CTRL)
    wait_saved(qtbot, page)

    answer = saved(page, world).answers[1]
    assert answer.inputs == {}
    assert len(answer.evidence_ids) == 1


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


def test_a_visit_is_submitted_reopened_and_then_signed_for_good(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_0)
    page.submit(page.state.head)
    qtbot.waitUntil(lambda: page.visit.is_submitted, timeout=LONG_MS)
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


def test_a_correction_begins_where_its_deduction_is_made(qtbot, page, hand):
    hand.press(Qt.Key.Key_1)
    finish(qtbot, page, hand)
    page.head_button.click()
    page.correction.correct_button.click()

    assert page.sides.side == ITEM_SIDE
    focused = page.window().focusWidget()
    assert focused in (*page.editor.figures.fields(), page.editor.deduct_field)


def test_a_correction_that_is_left_was_never_there(qtbot, page, hand):
    hand.press(Qt.Key.Key_1)
    finish(qtbot, page, hand)
    page.correction.correct_button.click()
    page.items_view.setFocus()
    hand.press(Qt.Key.Key_1, Qt.Key.Key_Down, Qt.Key.Key_Up)

    assert page.state.answer(1).inputs == {"empty": 1}
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


def test_the_list_of_items_is_a_sound_model(page):
    QAbstractItemModelTester(page.items, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page._show_score()
    page.items_view.grab()

    assert page.items.rowCount() == len(page.visit.checklist.items)


@pytest.mark.parametrize("is_in_facts", [False, True])
def test_the_last_photo_comes_by_one_key_from_the_list_and_from_a_field(
    qtbot, page, hand, tmp_path, is_in_facts
):
    (tmp_path / "IMG_1.jpg").write_bytes(jpeg())
    page.jobs.write(lambda workspace: choose_photo_folder(workspace, tmp_path))
    wait_saved(qtbot, page)
    if is_in_facts:
        hand.press(Qt.Key.Key_Return)
        hand.press(Qt.Key.Key_E, modifier=CTRL)
    else:
        hand.press(Qt.Key.Key_E)
    qtbot.waitUntil(lambda: len(page.evidence.strip.evidence) == 1, timeout=LONG_MS)

    assert page.evidence.strip.evidence[0].name == "IMG_1.jpg"


def test_a_signature_takes_back_what_was_said_before_it(qtbot, page, hand):
    hand.press(Qt.Key.Key_Space)
    page.submit(page.state.head)
    qtbot.waitUntil(lambda: page.visit.is_submitted and page.note.isVisible(), timeout=LONG_MS)
    hand.press(Qt.Key.Key_G)
    dialog = page.findChild(SigningDialog)
    dialog.changed.emit(page.visit.id)
    dialog.reject()

    assert not page.note.isVisible()


def test_a_picture_is_pasted_from_the_list_and_a_text_into_the_facts(qtbot, page, hand):
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(picture)
    hand.press(Qt.Key.Key_V, modifier=CTRL)
    qtbot.waitUntil(lambda: len(page.evidence.strip.evidence) == 1, timeout=LONG_MS)
    QApplication.clipboard().setText("三号窗口空岗")
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_V, modifier=CTRL)

    assert page.editor.facts_field.toPlainText() == "三号窗口空岗"
    assert len(page.evidence.strip.evidence) == 1
    QApplication.clipboard().clear()
