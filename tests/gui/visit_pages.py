"""A hand for the page of a visit, and a second look at what it has saved."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop.gui.visits.finish_dialog import FinishDialog
from desktop.services.visits.edit_visit import open_visit

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
