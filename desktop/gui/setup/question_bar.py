"""A question inside the page, with one button for each answer; nothing else is decided by it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout

from desktop.gui.widgets.buttons import unambiguous
from desktop.gui.widgets.labels import plain_label

_LONG = 12


@dataclass(frozen=True)
class Answer:
    """``do`` is called when it is chosen; None only takes the question away."""

    text: str
    do: Callable[[], object] | None = None


class QuestionBar(QFrame):
    """Hidden until something is asked. Escape chooses the last answer, which changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note")
        self.setProperty("tone", "warning")
        self.question_label = plain_label(wraps=True)
        self.advice_label = plain_label("", wraps=True)
        self.buttons: list[QPushButton] = []
        self._answers: tuple[Answer, ...] = ()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addWidget(self.question_label)
        column.addWidget(self.advice_label)
        column.addLayout(self._row)
        self.hide()

    def ask(self, question: str, advice: str, answers: Sequence[Answer]) -> None:
        """Put this question in the place of an earlier one."""
        self._clear()
        self._answers = tuple(answers)
        self.question_label.setText(question)
        self.advice_label.setText(advice)
        self.advice_label.setVisible(bool(advice))
        self.setAccessibleName(f"{question} {advice}".strip())
        # Long answers stand below each other: side by side they would widen the panel.
        is_column = len(answers) > 3 or any(len(answer.text) > _LONG for answer in answers)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if is_column else direction.LeftToRight)
        if not is_column:
            self._row.addStretch(1)
        for answer in answers:
            button = QPushButton(unambiguous(answer.text))
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked=False, chosen=answer: self._choose(chosen))
            self._row.addWidget(button)
            self.buttons.append(button)
        self.show()
        self.buttons[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        if event.key() == Qt.Key.Key_Escape and self._answers:
            self._choose(self._answers[-1])
        else:
            super().keyPressEvent(event)

    def _choose(self, answer: Answer) -> None:
        self.hide()
        if answer.do is not None:
            answer.do()

    def _clear(self) -> None:
        while self._row.count():
            self._row.takeAt(0)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
