"""The keys of an item as buttons: digit, what it takes off, what it stands for; pressed where it was found."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from desktop.domain.answer import Answer
from desktop.domain.key_steps import MOST_KEYS, is_pressed, key_steps
from desktop.domain.points import show
from desktop.domain.rules import Rule
from desktop.gui.widgets.buttons import unambiguous
from desktop.i18n import _

_COLUMNS = 2


class KeyButton(QPushButton):
    """One line, ending in “…” where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setProperty("look", "key")
        self.setCheckable(True)
        # The digits do the same from the list; the Tab key leads to what has to be typed.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_step(self, text: str, *, is_checked: bool) -> None:
        self.setChecked(is_checked)
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - 28, 40)
        self.setText(
            unambiguous(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room))
        )


class KeyButtons(QWidget):
    """``pressed`` tells the digit: 0 for nothing off."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._buttons = [KeyButton() for _each in range(1 + MOST_KEYS)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        for number, button in enumerate(self._buttons):
            grid.addWidget(button, *divmod(number, _COLUMNS))
            button.clicked.connect(partial(self._press, number))

    @property
    def last_button(self) -> QPushButton:
        return self._buttons[-1]

    def show_answer(self, rule: Rule, answer: Answer) -> None:
        steps = key_steps(rule)
        is_full = answer.is_applicable and answer.deduct == 0 and not answer.inputs
        self._buttons[0].show_step(_("0  Nothing off"), is_checked=is_full)
        for number, button in enumerate(self._buttons[1:], 1):
            button.setVisible(number <= len(steps))
            if number <= len(steps):
                step = steps[number - 1]
                text = f"{number}  −{show(step.deduct)}  {step.text}"
                button.show_step(text, is_checked=is_pressed(rule, number, answer))

    def _press(self, number: int, _is_checked: bool = False) -> None:
        self.pressed.emit(number)
