"""The keys of an item as buttons: digit, what it takes off, what it stands for; pressed where it was found."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from desktop.domain.answer import Answer
from desktop.domain.key_steps import MOST_KEYS, is_pressed, key_steps
from desktop.domain.points import show
from desktop.domain.rules import Rule
from desktop.gui.widgets.buttons import unambiguous
from desktop.i18n import _

_COLUMNS = 2
_GAP_PX, _EDGES_PX = 8, 28


class KeyButton(QPushButton):
    """One line, ending in “…” where there is no room in a whole row."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setProperty("look", "key")
        self.setCheckable(True)
        # The digits do the same from the list; the Tab key leads to what has to be typed.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def whole_px(self) -> int:
        """The width in which nothing of it is left out."""
        bold = QFont(self.font())
        # As the style sheet shows it while it is down.
        bold.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(bold).horizontalAdvance(self._text) + _EDGES_PX

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
        room = max(self.width() - _EDGES_PX, 40)
        self.setText(
            unambiguous(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room))
        )


class KeyButtons(QWidget):
    """``pressed`` tells the digit: 0 for nothing off."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._buttons = [KeyButton() for _each in range(1 + MOST_KEYS)]
        self._used = self._buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP_PX)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        for number, button in enumerate(self._buttons):
            button.clicked.connect(partial(self._press, number))
        self._lay_out()

    @property
    def last_button(self) -> QPushButton:
        return self._buttons[-1]

    def show_answer(self, rule: Rule, answer: Answer) -> None:
        steps = key_steps(rule)
        is_full = answer.is_applicable and answer.deduct == 0 and not answer.inputs
        self._buttons[0].show_step(_("0  Nothing off"), is_checked=is_full)
        self._used = self._buttons[: 1 + len(steps)]
        for number, (step, button) in enumerate(zip(steps, self._used[1:], strict=True), 1):
            text = f"{number}  −{show(step.deduct)}  {step.text}"
            button.show_step(text, is_checked=is_pressed(rule, number, answer))
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(self._used))
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Two beside each other; one that needs more room than that has a row to itself."""
        half_px = (self.width() - _GAP_PX) // _COLUMNS
        row, column = 0, 0
        for button in self._used:
            span = _COLUMNS if button.whole_px > half_px else 1
            if column + span > _COLUMNS:
                row, column = row + 1, 0
            self._grid.addWidget(button, row, column, 1, span)
            column += span

    def _press(self, number: int, _is_checked: bool = False) -> None:
        self.pressed.emit(number)
