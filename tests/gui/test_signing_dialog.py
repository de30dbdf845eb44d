from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.answer import Answer
from desktop.domain.signing import INSPECTOR, LEADER, UNIT
from desktop.gui.signing.ink import InkView
from desktop.gui.signing.signatures_view import SignaturesView, SignedTextDialog
from desktop.gui.signing.signing_dialog import SigningDialog
from desktop.gui.signing.signing_words import role_text
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.correct_visit import correct_answer
from desktop.services.visits.edit_visit import open_visit, save_answer
from desktop.services.visits.finish_visit import reopen_visit, submit_visit
from desktop.services.visits.show_signatures import shown_signatures
from desktop.services.visits.sign_visit import sign_visit
from tests.services.signing_hands import TEAM, UNIT_REP, sign, submitted_visit


@pytest.fixture
def visit(world):
    world.open()
    visit_id = submitted_visit(world)
    world.close()
    return visit_id


@pytest.fixture
def open_dialog(qtbot, jobs, world, visit, open_in):
    def open_dialog():
        open_in(jobs, world, "anna")
        dialog = SigningDialog(jobs, visit)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.sheet is not None)
        return dialog

    return open_dialog


def write(pad):
    places = [QPoint(pad.width() // 4, pad.height() // 2), QPoint(pad.width() // 2, pad.height() // 3)]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
    QTest.mouseMove(pad, places[1])
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[1])


def sign_in(qtbot, dialog):
    write(dialog.pad)
    with qtbot.waitSignal(dialog.changed, timeout=10_000):
        dialog.sign_button.click()
    settle(qtbot, dialog)


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog._jobs.is_quiet, timeout=10_000)


def choose(dialog, role):
    number = next(n for n in range(dialog.signers.rowCount()) if dialog.signers.row(n).role == role)
    dialog.signers_view.selectRow(number)


def states(dialog):
    return [dialog.signers.row(n).state.value for n in range(dialog.signers.rowCount())]


def test_the_dialog_shows_the_text_that_is_signed_and_who_should_sign(open_dialog):
    dialog = open_dialog()

    assert dialog.text_field.toPlainText() == dialog.sheet.text
    assert dialog.text_field.isReadOnly()
    assert states(dialog) == ["not_yet"] * 4
    assert (dialog.name_field.text(), dialog.name_field.isReadOnly()) == (UNIT_REP, False)
    assert not dialog.sign_button.isEnabled()


def test_099_nothing_and_a_dot_cannot_be_signed(qtbot, open_dialog):
    dialog = open_dialog()
    QTest.mouseClick(dialog.pad, Qt.MouseButton.LeftButton)

    assert not dialog.sign_button.isEnabled()
    dialog.undo_button.click()
    assert dialog.pad.strokes == ()


def test_everybody_signs_one_after_the_other_and_the_leader_freezes_the_visit(
    qtbot, open_dialog, world, visit
):
    dialog = open_dialog()
    for _each in range(4):
        sign_in(qtbot, dialog)

    assert states(dialog) == ["signed"] * 4
    write(dialog.pad)
    assert not dialog.sign_button.isEnabled()
    dialog._jobs.close_workspace()
    settle(qtbot, dialog)
    with world.opened("anna") as anna:
        view = read_visit(anna.db, visit)
        assert view.is_signed
        assert [row["role"] for row in view.signatures] == [UNIT, INSPECTOR, INSPECTOR, LEADER]


def test_signing_works_from_the_keyboard_once_it_is_written(qtbot, open_dialog):
    dialog = open_dialog()
    choose(dialog, LEADER)
    assert dialog.name_field.isReadOnly()
    write(dialog.pad)
    assert "签发" in dialog.sign_button.text()
    with qtbot.waitSignal(dialog.changed, timeout=10_000):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, dialog)

    assert "签发" not in dialog.sign_button.text()
    write(dialog.pad)
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.pad.strokes == ()


def test_a_refusal_is_noted_with_its_reason_and_who_saw_it(qtbot, open_dialog):
    dialog = open_dialog()
    dialog.refuse_button.click()
    assert not dialog.sign_button.isEnabled()
    dialog.refusal_form.reason_field.setText("负责人不愿签字")
    dialog.refusal_form.witness_boxes[0].setChecked(False)
    with qtbot.waitSignal(dialog.changed, timeout=10_000):
        dialog.sign_button.click()
    settle(qtbot, dialog)

    line = dialog.signers.row(0)
    assert (line.state.value, line.reason, line.signature.witnesses) == ("refused", "负责人不愿签字", TEAM)
    assert states(dialog)[-1] == "not_yet"
    choose(dialog, UNIT)
    assert not dialog.refuse_button.isEnabled()


def test_099_a_refusal_that_one_inspector_alone_saw_is_refused_and_stays_typed(qtbot, open_dialog):
    dialog = open_dialog()
    dialog.refuse_button.click()
    dialog.refusal_form.reason_field.setText("不愿签字")
    for box in dialog.refusal_form.witness_boxes[1:]:
        box.setChecked(False)
    dialog.sign_button.click()
    qtbot.waitUntil(dialog.note.isVisible)
    settle(qtbot, dialog)

    assert "两名督查人员" in dialog.note.problem_label.text()
    assert dialog.refusal_form.reason == "不愿签字"
    assert dialog.sign_button.isEnabled()
    dialog.back_button.click()
    assert dialog.pad.isVisible()


def test_what_changed_since_it_was_shown_is_refused_and_shown_anew(qtbot, open_dialog, visit):
    dialog = open_dialog()
    before = dialog.text_field.toPlainText()

    def change(workspace):
        reopen_visit(workspace, visit)
        opened = open_visit(workspace, visit)
        save_answer(workspace, visit, Answer(2, deduct=Decimal(1), facts="新增"), opened.base_ctx)
        return submit_visit(workspace, visit, open_visit(workspace, visit).head)

    dialog._jobs.write(change)
    write(dialog.pad)
    dialog.sign_button.click()
    qtbot.waitUntil(lambda: dialog.text_field.toPlainText() != before, timeout=10_000)

    assert "变动" in dialog.note.problem_label.text()
    assert "新增" in dialog.text_field.toPlainText()
    assert dialog.pad.strokes == ()
    assert states(dialog) == ["not_yet"] * 4


def test_a_visit_that_was_corrected_is_not_signed_any_more(qtbot, open_dialog, world, visit):
    world.open()
    sign(world, visit, UNIT, UNIT_REP)
    sign_visit(world.anna, visit)
    world.clock.go_on()
    correct_answer(world.anna, visit, Answer(1, deduct=Decimal(4)), "复核录像")
    world.close()
    dialog = open_dialog()

    assert dialog.note.isVisible()
    assert not dialog.pad.isEnabled()
    assert states(dialog)[0] == "outdated"
    assert "第1版" in dialog.signers.index(0, 2).data()


def test_a_visit_that_is_still_open_says_so(qtbot, jobs, world, open_in):
    open_in(jobs, world, "anna")
    dialog = SigningDialog(jobs, world.visits[0])
    qtbot.addWidget(dialog)
    dialog.show()
    reopened = []
    jobs.write(partial(reopen_visit, visit_id=world.visits[0]), reopened.append)
    qtbot.waitUntil(lambda: bool(reopened))
    dialog.reload()
    qtbot.waitUntil(dialog.note.isVisible, timeout=10_000)
    dialog.sign()

    assert "仍在记录中" in dialog.note.problem_label.text()


def test_the_signatures_of_a_visit_are_shown_with_the_text_that_was_signed(
    qtbot, jobs, world, visit, open_in
):
    world.open()
    sign(world, visit, UNIT, UNIT_REP)
    sign_visit(world.anna, visit)
    correct_answer(world.anna, visit, Answer(1, deduct=Decimal(4)), "复核录像")
    signatures = shown_signatures(world.anna, read_visit(world.anna.db, visit))
    world.close()
    open_in(jobs, world, "anna")
    view = SignaturesView(jobs, visit, signatures)
    qtbot.addWidget(view)
    view.show()

    (ink,) = view.findChildren(InkView)
    assert ink.strokes == signatures[0].strokes
    assert UNIT_REP in ink.accessibleName()
    assert not ink.grab().isNull()
    view.text_buttons[0].click()
    qtbot.waitUntil(lambda: bool(view.findChildren(SignedTextDialog)), timeout=10_000)
    (dialog,) = view.findChildren(SignedTextDialog)
    assert "扣2.00分" in dialog.text_field.toPlainText()
    assert "一致" in dialog.proof_label.text()
    dialog.close()


def test_a_role_of_another_version_of_the_program_stands_as_it_is():
    assert role_text("顾问") == "顾问"


def test_the_visit_page_offers_the_pad_once_the_visit_is_submitted(qtbot, window_of, world, visit):
    window = window_of("anna")
    window.show_page("visit", visit)
    page = window.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=10_000)
    assert page.signatures_button.isVisible()
    QTest.keyClick(page.items_view, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: bool(page.findChildren(SigningDialog)))
    (dialog,) = page.findChildren(SigningDialog)
    qtbot.waitUntil(lambda: dialog.sheet is not None, timeout=10_000)
    choose(dialog, LEADER)
    sign_in(qtbot, dialog)
    qtbot.waitUntil(lambda: page.visit.is_signed, timeout=10_000)
    dialog.close_button.click()
    QApplication.sendPostedEvents()

    assert page.signatures_button.isVisible()
