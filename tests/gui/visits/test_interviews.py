"""An interview is entered with the keyboard alone, question by question, and every change is on the disk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.gui.visits.interview_dialog import InterviewDialog
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.services.visits.interview import Spoken
from desktop.services.visits.record_interview import OPENING_QUESTIONS, open_interviews
from tests.gui.visit_pages import LONG_MS, Hand


@pytest.fixture
def dialog(qtbot, page):
    return dialog_of(qtbot, page)


def dialog_of(qtbot, page):
    Hand(qtbot, page).press(Qt.Key.Key_T)
    dialog = page.findChild(InterviewDialog)
    qtbot.waitUntil(lambda: dialog.list.count() == 1 and dialog.tabs.isEnabled(), timeout=LONG_MS)
    return dialog


def write(text):
    """Type into whatever has the focus."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def saved(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.saved_label.text().startswith("已保存"), timeout=LONG_MS)


def on_disk(world, number=2):
    with world.opened("anna", read_only=True) as workspace:
        return open_interviews(workspace, world.visits[number]).interviews


def test_a_first_interview_is_begun_by_itself_and_nothing_is_stored_before_something_is_typed(
    qtbot, dialog, world
):
    qtbot.waitUntil(dialog.fields.lines["interviewers"].hasFocus, timeout=LONG_MS)

    assert dialog.fields.lines["interviewers"].text() == "欧阳㛃"
    assert dialog.fields.started_field.edit.text().startswith("2026-11-20")
    assert on_disk(world) == ()


def test_questions_and_answers_follow_each_other_by_enter(qtbot, dialog, world):
    qtbot.waitUntil(dialog.fields.lines["interviewers"].hasFocus, timeout=LONG_MS)
    press(qtbot, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    write("为什么没有人？")
    press(qtbot, Qt.Key.Key_Return)
    write("<b>轮休</b>")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    write("没有顶岗")
    press(qtbot, Qt.Key.Key_Return)
    write("还有吗？")
    saved(qtbot, dialog)

    assert on_disk(world)[0].interview.dialogue == (
        Spoken("为什么没有人？", "<b>轮休</b>\n没有顶岗"),
        Spoken("还有吗？"),
    )
    assert dialog.dialogue.list.count() == 1


def test_enter_in_an_empty_question_takes_the_usual_one_that_was_not_asked(qtbot, dialog):
    qtbot.waitUntil(dialog.fields.lines["interviewers"].hasFocus, timeout=LONG_MS)
    press(qtbot, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    for answer in ("清楚。", "不申请。"):
        press(qtbot, Qt.Key.Key_Return)
        write(answer)
        press(qtbot, Qt.Key.Key_Return)

    assert dialog.dialogue.dialogue() == (
        Spoken(OPENING_QUESTIONS[0], "清楚。"),
        Spoken(OPENING_QUESTIONS[1], "不申请。"),
    )
    assert dialog.dialogue.question_field.placeholderText() == OPENING_QUESTIONS[2]


def test_an_earlier_line_is_changed_in_its_place_and_an_emptied_one_is_gone(qtbot, dialog, world):
    qtbot.waitUntil(dialog.fields.lines["interviewers"].hasFocus, timeout=LONG_MS)
    press(qtbot, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    for number in (1, 2):
        write(f"第{number}问")
        press(qtbot, Qt.Key.Key_Return)
        write(f"第{number}答")
        press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return)
    write("，改过")
    press(qtbot, Qt.Key.Key_Return)

    assert dialog.dialogue.dialogue()[0] == Spoken("第1问", "第1答，改过")
    press(qtbot, Qt.Key.Key_Up)
    press(qtbot, Qt.Key.Key_Return)
    dialog.dialogue.question_field.clear()
    dialog.dialogue.answer_field.clear()
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Return)
    saved(qtbot, dialog)
    assert len(dialog.dialogue.dialogue()) == 1
    qtbot.waitUntil(lambda: len(on_disk(world)[0].interview.dialogue) == 1, timeout=LONG_MS)


def test_the_person_and_the_end_are_saved_and_what_is_missing_is_shown(qtbot, dialog, world):
    fields = dialog.fields
    qtbot.waitUntil(fields.lines["interviewers"].hasFocus, timeout=LONG_MS)
    write("、王五")
    fields.lines["person"].setFocus()
    write("线人甲")
    press(qtbot, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    write("2026-11-20 23:05")
    fields.lines["refusal"].setFocus()
    write("不愿签名")
    saved(qtbot, dialog)

    interview = on_disk(world)[0].interview
    assert (interview.person, interview.interviewers, interview.refusal) == (
        "线人甲",
        ("欧阳㛃", "王五"),
        "不愿签名",
    )
    assert interview.ended_at.startswith("2026-11-20T23:05")
    assert "两名督查人员见证拒签" in fields._missing_label.text()
    assert "线人甲" in dialog.list.item(0).text()


def test_an_interview_that_cannot_be_stored_is_said_and_nothing_typed_is_lost(qtbot, dialog):
    qtbot.waitUntil(dialog.fields.lines["interviewers"].hasFocus, timeout=LONG_MS)
    dialog.dialogue.answer_field.setPlainText("长" * 4001)
    qtbot.waitUntil(lambda: dialog.saved_label.text() == "未保存", timeout=LONG_MS)

    assert dialog.note.isVisible()
    assert len(dialog.dialogue.answer_field.toPlainText()) == 4001


def test_a_second_interview_is_added_and_each_keeps_its_own(qtbot, dialog, world):
    qtbot.waitUntil(dialog.fields.lines["interviewers"].hasFocus, timeout=LONG_MS)
    dialog.fields.lines["person"].setFocus()
    write("甲")
    press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=LONG_MS)
    dialog.fields.lines["person"].setFocus()
    write("乙")
    saved(qtbot, dialog)
    dialog.list.setCurrentRow(0)

    assert dialog.fields.lines["person"].text() == "甲"
    qtbot.waitUntil(
        lambda: sorted(each.interview.person for each in on_disk(world)) == ["乙", "甲"], timeout=LONG_MS
    )


def test_interviews_of_a_signed_visit_are_read_only_and_printed(qtbot, page, world):
    dialog = dialog_of(qtbot, page)
    qtbot.waitUntil(dialog.fields.lines["interviewers"].hasFocus, timeout=LONG_MS)
    dialog.fields.lines["person"].setFocus()
    write("甲")
    saved(qtbot, dialog)
    dialog.accept()
    page.finish()
    qtbot.waitUntil(lambda: page.visit.is_signed, timeout=LONG_MS)
    page.show_interviews()
    dialog = page.interviews
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=LONG_MS)

    assert dialog.fields.lines["person"].isReadOnly()
    assert not dialog.new_button.isEnabled()
    window = page.window()
    dialog.print_button.click()
    printed = window.pages["print"]
    qtbot.waitUntil(lambda: printed.preview.page_count == 1, timeout=LONG_MS)
    assert printed.form_field.currentText().startswith("F04")


def test_enter_never_presses_a_button(qtbot, dialog):
    assert not [button for button in dialog.findChildren(QPushButton) if button.autoDefault()]


def test_closing_saves_and_so_does_leaving_the_page(qtbot, page, world):
    dialog = dialog_of(qtbot, page)
    qtbot.waitUntil(dialog.fields.lines["interviewers"].hasFocus, timeout=LONG_MS)
    dialog.fields.lines["person"].setFocus()
    for letter in "ABCDEF":
        write(letter)
    page.leave()

    qtbot.waitUntil(lambda: [each.interview.person for each in on_disk(world)] == ["ABCDEF"], timeout=LONG_MS)


def typed_interview(qtbot, page, person="甲"):
    dialog = dialog_of(qtbot, page)
    qtbot.waitUntil(dialog.fields.lines["interviewers"].hasFocus, timeout=LONG_MS)
    dialog.fields.lines["person"].setFocus()
    write(person)
    saved(qtbot, dialog)
    return dialog


def test_an_interview_begun_by_mistake_is_removed_after_a_question_and_put_back_whole(qtbot, page, world):
    dialog = typed_interview(qtbot, page)
    dialog.removal.remove_button.click()
    assert dialog.removal.ask_bar.isVisible()
    assert len(on_disk(world)) == 1
    dialog.removal.ask_bar.yes_button.click()
    qtbot.waitUntil(dialog.removal.back_button.isVisible, timeout=LONG_MS)

    assert on_disk(world) == ()
    assert "已移除" in dialog.list.item(0).text()
    assert "移除谈话记录" in dialog.removed_label.text()
    assert dialog.fields.lines["person"].isReadOnly()
    assert not dialog.print_button.isEnabled()
    dialog.removal.back_button.click()
    qtbot.waitUntil(dialog.removal.remove_button.isVisible, timeout=LONG_MS)
    assert [each.interview.person for each in on_disk(world)] == ["甲"]
    assert not dialog.removed_label.isVisible()
    dialog.fields.lines["person"].setFocus()
    write("乙")
    qtbot.waitUntil(lambda: on_disk(world)[0].interview.person == "甲乙", timeout=LONG_MS)


def test_the_question_can_be_answered_with_no(qtbot, page, world):
    dialog = typed_interview(qtbot, page)
    dialog.removal.remove_button.click()
    dialog.removal.ask_bar.no_button.click()

    assert not dialog.removal.ask_bar.isVisible()
    assert len(on_disk(world)) == 1


def test_an_interview_in_which_nothing_was_typed_just_goes(qtbot, dialog, world):
    dialog.removal.remove_button.click()
    dialog.removal.ask_bar.yes_button.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 0, timeout=LONG_MS)

    assert not dialog.tabs.isEnabled()
    assert dialog.fields.lines["interviewers"].text() == ""
    assert not dialog.removal.remove_button.isVisible()
    dialog.new_button.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=LONG_MS)
    assert on_disk(world) == ()


def test_what_could_not_be_stored_in_another_interview_stays_when_one_is_removed(qtbot, page, world):
    dialog = typed_interview(qtbot, page)
    press(qtbot, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=LONG_MS)
    dialog.dialogue.answer_field.setPlainText("长" * 4001)
    qtbot.waitUntil(lambda: dialog.saved_label.text() == "未保存", timeout=LONG_MS)
    dialog.list.setCurrentRow(0)
    dialog.removal.remove_button.click()
    dialog.removal.ask_bar.yes_button.click()
    qtbot.waitUntil(dialog.removal.back_button.isVisible, timeout=LONG_MS)
    dialog.list.setCurrentRow(0)

    assert [len(spoken.answer) for spoken in dialog.dialogue.dialogue()] == [4001]


def test_an_interview_of_a_visit_that_is_only_submitted_is_removed_without_a_word_of_signatures(qtbot, page):
    typed_interview(qtbot, page).accept()
    page.submit(page.state.head)
    qtbot.waitUntil(lambda: page.visit.is_submitted, timeout=LONG_MS)
    page.show_interviews()
    dialog = page.interviews
    qtbot.waitUntil(dialog.removal.remove_button.isVisible, timeout=LONG_MS)
    dialog.removal.remove_button.click()
    asked = dialog.findChild(ReasonDialog)
    said = "".join(label.text() for label in asked.findChildren(QLabel))
    asked.reject()
    dialog.accept()

    assert "尚未签字" in said
    assert "不再涵盖" not in said


def test_after_sign_off_an_interview_is_removed_and_put_back_with_a_reason_only(qtbot, page, world):
    typed_interview(qtbot, page).accept()
    page.finish()
    qtbot.waitUntil(lambda: page.visit.is_signed, timeout=LONG_MS)
    page.show_interviews()
    dialog = page.interviews
    qtbot.waitUntil(dialog.removal.remove_button.isVisible, timeout=LONG_MS)
    for button, other in (
        (dialog.removal.remove_button, dialog.removal.back_button),
        (dialog.removal.back_button, dialog.removal.remove_button),
    ):
        button.click()
        asked = dialog.findChildren(ReasonDialog)[-1]
        asked.reason_field.setPlainText("谈话对象有误")
        asked.done_button.click()
        qtbot.waitUntil(other.isVisible, timeout=LONG_MS)
        if button is dialog.removal.remove_button:
            assert "谈话对象有误" in dialog.removed_label.text()

    assert [each.interview.person for each in on_disk(world)] == ["甲"]
