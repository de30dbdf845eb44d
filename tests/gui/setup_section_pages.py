"""Hands for the sections of the setup page that are about this installation, and what they say."""

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from desktop.gui.widgets.reason_dialog import ReasonDialog

SECONDS_MS = 20_000
MARKUP = "<b>赵&六</b>"


def note_of(section):
    return section.page.note


def is_told(section, tone):
    return section.page.note.isVisible() and section.page.note.property("tone") == tone


def drop(zone, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    zone.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), *how))
    zone.dropEvent(QDropEvent(QPoint(5, 5), *how))


def give_reason(section, text):
    dialog = section.findChild(ReasonDialog)
    dialog.reason_field.setPlainText(text)
    dialog.done_button.click()
