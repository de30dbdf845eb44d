"""Buttons with an icon and a text that follow language and theme."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.gui.texts import Texts
from desktop.gui.widgets.icons import SIDE_PX, icon


def text_button(
    texts: Texts, text: Callable[[], str], icon_name: str = "", *, is_primary: bool = False
) -> QPushButton:
    """A button; the primary one is the main action of its page."""
    button = QPushButton()
    if is_primary:
        button.setProperty("look", "primary")
    # The style leaves hardly any space between an icon and its text.
    texts.say(button.setText, (lambda: f" {text()}") if icon_name else text)
    texts.say(button.setAccessibleName, text)
    if icon_name:
        token = "on_primary" if is_primary else "text"
        button.setIconSize(QSize(SIDE_PX, SIDE_PX))
        texts.say(button.setIcon, lambda: icon(icon_name, token))
    return button


def button_row(*buttons: QPushButton) -> QHBoxLayout:
    """A row of buttons at its right end, the main one last."""
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    return row


def unambiguous(text: str) -> str:
    """A text from data on a button: an ampersand would be read as a shortcut."""
    return text.replace("&", "&&")
