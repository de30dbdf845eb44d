"""Buttons with an icon and a text that follow language and theme."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from desktop.gui.texts import Texts
from desktop.gui.widgets.fitting import ANY_PX
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


class ShrinkingButton(QPushButton):
    """Without room for its text it shows its icon only; one hears the text, or sees it while pointing at it.

    For what is done seldom and stands beside what needs the room.
    """

    def __init__(self, texts: Texts, text: Callable[[], str], icon_name: str) -> None:
        super().__init__()
        self._shrunk_in: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        _say(texts, self, text, icon_name)
        texts.say(self.setToolTip, text)
        texts.say(lambda _text: self.setMaximumWidth(ANY_PX), text)

    @property
    def is_shrunk(self) -> bool:
        return self.width() < self.sizeHint().width()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's spelling
        surroundings = self.parentWidget()
        if surroundings is not None:
            surroundings.installEventFilter(self)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's spelling
        """With another size of its surroundings, or other buttons beside it, there may be room again."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            room = self._room()
            # Asked for the same again, the layout would answer the same, without end.
            if room != self._shrunk_in:
                self._shrunk_in = room
                self.setMaximumWidth(ANY_PX)
        return super().eventFilter(watched, event)

    def _room(self) -> tuple[int, ...]:
        """What decides how wide it can be."""
        surroundings = self.parentWidget()
        if surroundings is None:
            return ()
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        buttons = surroundings.findChildren(QPushButton, options=direct)
        beside = (0 if each.isHidden() else each.sizeHint().width() for each in buttons if each is not self)
        return (surroundings.width(), *beside)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        """An icon alone needs no more than its own room; half of a text's would be lost for the others."""
        super().resizeEvent(event)
        if self.is_shrunk:
            self.setMaximumWidth(self.minimumSizeHint().width())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        hint = super().minimumSizeHint()
        text_px = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(max(hint.height(), hint.width() - text_px), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's spelling
        option = QStyleOptionButton()
        self.initStyleOption(option)
        if self.is_shrunk:
            option.text = ""
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


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
