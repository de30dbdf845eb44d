import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import ShrinkingButton, text_button


@pytest.fixture
def row(qtbot):
    """A field that needs 200, and a button beside it that gives way to it."""
    row = QWidget()
    qtbot.addWidget(row)
    texts = Texts()
    row.said = ["Take in from a sheet"]
    row.field, row.button = QLineEdit(), ShrinkingButton(texts, lambda: row.said[0], "download")
    row.field.setMinimumWidth(200)
    layout = QHBoxLayout(row)
    layout.addWidget(row.field, 1)
    layout.addWidget(row.button)
    row.texts = texts
    row.show()
    return row


def resize(row, width, qtbot, *, is_shrunk):
    row.resize(width, 60)
    qtbot.waitUntil(lambda: row.button.is_shrunk is is_shrunk)


def test_the_text_leaves_where_there_is_no_room_and_comes_back(row, qtbot):
    resize(row, 800, qtbot, is_shrunk=False)
    whole = row.button.width()
    resize(row, 300, qtbot, is_shrunk=True)
    qtbot.waitUntil(lambda: row.button.width() == row.button.minimumSizeHint().width())
    assert row.button.toolTip() == row.button.accessibleName() == row.said[0]
    resize(row, 800, qtbot, is_shrunk=False)

    assert row.button.width() == whole


def test_a_shorter_text_may_have_room(row, qtbot):
    resize(row, 360, qtbot, is_shrunk=True)
    row.said[0] = "In"
    row.texts.say_again()

    qtbot.waitUntil(lambda: not row.button.is_shrunk)


def test_where_a_button_beside_it_leaves_there_is_room_again(row, qtbot):
    beside = text_button(Texts(), lambda: "Finish and sign this visit")
    row.layout().addWidget(beside)
    beside.show()
    resize(row, 500, qtbot, is_shrunk=True)
    beside.hide()

    qtbot.waitUntil(lambda: not row.button.is_shrunk)
    beside.show()
    qtbot.waitUntil(lambda: row.button.is_shrunk)


def test_other_buttons_keep_their_text(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    button = text_button(Texts(), lambda: "Take in from a sheet")
    QHBoxLayout(row).addWidget(button)
    row.resize(20, 20)
    row.show()

    assert button.width() >= button.sizeHint().width()
