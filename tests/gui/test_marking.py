import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.domain.marks import MOST_MARKS, WHOLE, Mark, MarkKind
from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.gui.evidence.evidence_strip import EvidenceStrip
from desktop.gui.evidence.picture_view import PictureView
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.show_visit import shown_evidence
from tests.media.picture_samples import jpeg

LONG_MS = 30_000
BOX = Mark(MarkKind.BOX, 1, 1, WHOLE, WHOLE)


@pytest.fixture
def view(qtbot):
    view = PictureView()
    view.resize(400, 300)
    qtbot.addWidget(view)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    view.show_picture(image, QSize(400, 300))
    view.show()
    return view


def evidence_in(world):
    with world.opened("anna") as anna:
        return shown_evidence(anna, read_visit(anna.db, world.visits[0]))


@pytest.fixture
def dialog(qtbot, jobs, world, open_in):
    with world.opened("anna") as anna:
        attach_evidence(anna, world.visits[0], [world.file("photo.jpg", jpeg((400, 300)))])
    (photo,) = evidence_in(world)
    world.clock.go_on()
    open_in(jobs, world, "anna")
    dialog = EvidenceDialog(jobs, photo)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    qtbot.waitUntil(lambda: dialog.picture_view.has_picture, timeout=LONG_MS)
    return dialog


def drag(qtbot, view, start, end):
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)


def press(qtbot, view, *keys):
    for key in keys:
        qtbot.keyClick(view, key)


def test_every_tool_draws_with_the_mouse_what_it_is_called(qtbot, view):
    view.pen.set_text("空岗")
    for tool in MarkKind:
        view.pen.take_tool(tool)
        drag(qtbot, view, QPoint(50, 60), QPoint(200, 180))

    assert [mark.kind for mark in view.pen.marks] == list(MarkKind)
    arrow, _box, words, _cover = view.pen.marks
    assert (arrow.x1, arrow.y1, arrow.x2, arrow.y2) == (125_000, 200_000, 500_000, 600_000)
    assert (words.text, words.x2) == ("空岗", 125_000)
    view.grab()


def test_words_that_nobody_wrote_are_not_placed(qtbot, view):
    view.pen.take_tool(MarkKind.TEXT)
    drag(qtbot, view, QPoint(50, 60), QPoint(200, 180))

    assert view.pen.marks == ()


def test_a_mark_is_drawn_with_the_keyboard_alone(qtbot, view):
    view.pen.take_tool(MarkKind.ARROW)
    press(qtbot, view, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, view, Qt.Key.Key_Down, Qt.Key.Key_Return)
    view.grab()

    assert view.pen.marks == (Mark(MarkKind.ARROW, 490_000, 490_000, 540_000, 500_000),)


def test_esc_gives_up_the_stroke_first_and_then_the_tool(qtbot, view):
    view.pen.take_tool(MarkKind.BOX)
    view.pen.set_marks([BOX])
    press(qtbot, view, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Escape)
    assert view.pen.marks == (BOX,)
    with qtbot.waitSignal(view.pen.left, timeout=1000):
        press(qtbot, view, Qt.Key.Key_Escape)


def test_backspace_takes_back_one_mark(qtbot, view):
    view.pen.take_tool(MarkKind.BOX)
    view.pen.set_marks([BOX, BOX])
    press(qtbot, view, Qt.Key.Key_Backspace)

    assert view.pen.marks == (BOX,)


def test_without_a_tool_keys_and_mouse_are_left_to_the_picture(qtbot, view):
    press(qtbot, view, Qt.Key.Key_Return, Qt.Key.Key_Backspace)
    drag(qtbot, view, QPoint(50, 60), QPoint(200, 180))

    assert view.pen.marks == ()


def test_no_more_marks_are_drawn_than_can_be_kept(qtbot, view):
    view.pen.take_tool(MarkKind.BOX)
    view.pen.set_marks([BOX] * MOST_MARKS)
    drag(qtbot, view, QPoint(50, 60), QPoint(200, 180))
    press(qtbot, view, Qt.Key.Key_Return)

    assert len(view.pen.marks) == MOST_MARKS


def test_a_marked_photo_is_kept_as_evidence_and_shown_as_derived(qtbot, dialog, world, jobs):
    bar, view = dialog.mark_bar, dialog.picture_view
    bar.begin_button.setChecked(True)
    bar.tool_buttons[MarkKind.TEXT].click()
    qtbot.waitUntil(bar.text_field.hasFocus, timeout=LONG_MS)
    event = QInputMethodEvent()
    event.setCommitString("空岗")
    QApplication.sendEvent(bar.text_field, event)
    press(qtbot, bar.text_field, Qt.Key.Key_Return)
    press(qtbot, view, Qt.Key.Key_Return)
    assert [mark.text for mark in view.pen.marks] == ["空岗"]
    with qtbot.waitSignal(bar.derived, timeout=LONG_MS):
        bar.keep_button.click()
    assert "Z02" in dialog.note.problem_label.text()
    assert not bar.isVisible()

    jobs.close_workspace()
    qtbot.waitUntil(lambda: jobs.is_quiet, timeout=LONG_MS)
    original, derived = evidence_in(world)
    assert (original.is_derived, derived.is_derived, derived.parent_number) == (False, True, "Z01")
    strip = EvidenceStrip(jobs)
    qtbot.addWidget(strip)
    strip.show_evidence([original, derived])
    spoken = [strip.item(number).data(Qt.ItemDataRole.AccessibleTextRole) for number in (0, 1)]
    assert ["派生" in text or "Derived" in text for text in spoken] == [False, True]


def test_what_cannot_be_kept_is_said_and_the_marks_stay(qtbot, dialog, world):
    bar = dialog.mark_bar
    bar.begin_button.setChecked(True)
    dialog.picture_view.pen.set_marks([BOX])
    bar.save(world.folder / "nowhere" / "copy.jpg")
    qtbot.waitUntil(dialog.note.isVisible, timeout=LONG_MS)

    assert dialog.note.property("tone") == "problem"
    assert dialog.picture_view.pen.marks == (BOX,)
    assert bar.keep_button.isEnabled()


def test_esc_leaves_the_tools_and_keeps_the_viewer_open(qtbot, dialog):
    dialog.mark_bar.begin_button.setChecked(True)
    press(qtbot, dialog.picture_view, Qt.Key.Key_Escape)

    assert dialog.isVisible()
    assert not dialog.mark_bar.begin_button.isChecked()
