"""What an input method composes is told to a field by events; here they are sent as Qt sends them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.gui.widgets.text_fields import TextArea, TextLine


@pytest.fixture(params=[TextArea, TextLine])
def field(qtbot, request):
    field = request.param()
    field.setPlaceholderText("hint")
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    return field


def text_of(field):
    return field.toPlainText() if isinstance(field, TextArea) else field.text()


def compose(field, preedit, commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


@pytest.fixture
def pressed(qtbot, field, monkeypatch):
    """The left button of the mouse is down from here on."""

    def pressed():
        monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)

    return pressed


def test_what_was_composed_stays_when_another_place_is_clicked(field, pressed):
    compose(field, "kong gang")
    pressed()
    compose(field, "")

    assert text_of(field) == "kong gang"


def test_what_was_chosen_stays_alone(field, pressed):
    compose(field, "kong gang")
    compose(field, "", "空岗")
    pressed()
    compose(field, "")

    assert text_of(field) == "空岗"


def test_what_the_user_takes_back_leaves(field):
    compose(field, "kong gang")
    compose(field, "")

    assert text_of(field) == ""


def test_the_hint_leaves_while_something_is_composed(qtbot):
    area = TextArea()
    qtbot.addWidget(area)
    area.setPlaceholderText("hint")
    compose(area, "kong")
    assert area.placeholderText() == ""
    compose(area, "")

    assert area.placeholderText() == "hint"
    area.setReadOnly(True)
    assert area.placeholderText() == ""
    area.setReadOnly(False)
    assert area.placeholderText() == "hint"
    QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert text_of(area) == ""
