"""Buttons with an icon and a text that follow language and theme."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
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
    _say(texts, button, text, icon_name)
    return button


def icon_button(texts: Texts, text: Callable[[], str], icon_name: str, keys: str) -> QPushButton:
    """A button without room for its text: one hears it, or sees it with its keys while pointing at the button."""
    button = QPushButton()
    texts.say(button.setAccessibleName, text)
    texts.say(button.setToolTip, lambda: f"{text()} ({keys})")
    _say_icon(texts, button, icon_name)
    return button


class ChoiceButton(QPushButton):
    """Stays down while it is taken; there is room for its letters, which are bold then."""

    def __init__(self, texts: Texts, text: Callable[[], str], icon_name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setProperty("look", "choice")
        _say(texts, self, text, icon_name)

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        plain_px = self.fontMetrics().horizontalAdvance(self.text())
        extra = QFontMetrics(bold).horizontalAdvance(self.text()) - plain_px
        return super().sizeHint() + QSize(max(0, extra), 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return self.sizeHint()


def _say(texts: Texts, button: QPushButton, text: Callable[[], str], icon_name: str) -> None:
    # The style leaves hardly any space between an icon and its text.
    texts.say(button.setText, (lambda: f" {text()}") if icon_name else text)
    texts.say(button.setAccessibleName, text)
    if icon_name:
        _say_icon(texts, button, icon_name)


def _say_icon(texts: Texts, button: QPushButton, icon_name: str) -> None:
    token = "on_primary" if button.property("look") == "primary" else "text"
    button.setIconSize(QSize(SIDE_PX, SIDE_PX))
    texts.say(button.setIcon, lambda: icon(icon_name, token))


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
