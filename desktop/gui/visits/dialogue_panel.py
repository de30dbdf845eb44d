"""Question by question: Enter leads from the question to its answer, and on to the next question."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import spoken_text
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.text_fields import TextArea
from desktop.gui.widgets.wrapped_list import WrappedList
from desktop.i18n import _
from desktop.services.visits.interview import Spoken
from desktop.services.visits.record_interview import OPENING_QUESTIONS

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ANSWER_PX = 62
_SHOWN_CHARACTERS = 300


class QuestionField(QLineEdit):
    """``earlier_wanted``: the arrow upwards, to the lines that were noted."""

    earlier_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        if event.key() == Qt.Key.Key_Up:
            self.earlier_wanted.emit()
        else:
            super().keyPressEvent(event)


class AnswerField(TextArea):
    """``entered``: Enter; a new line is Ctrl+Enter or Shift+Enter."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            self.insertPlainText("\n")
        else:
            self.entered.emit()


class DialoguePanel(QWidget):
    """``changed`` carries every line as it stands, the one that is being typed among them."""

    changed = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._lines: list[Spoken] = []
        self._at = 0
        self._is_filling = False
        self.list = WrappedList()
        self.question_field = QuestionField()
        self.answer_field = AnswerField()
        self.answer_field.setFixedHeight(_ANSWER_PX)
        self._hint_label = plain_label("", "muted", wraps=True)
        texts.say(self.list.setAccessibleName, lambda: _("What was asked and answered"))
        texts.say(
            self._hint_label.setText,
            lambda: _(
                "Enter: on to the answer, and on to the next question; in an empty question it takes the usual one · "
                "Ctrl+Enter: new line · ↑: change an earlier line"
            ),
        )
        self.question_field.textChanged.connect(lambda _text: self._report())
        self.answer_field.textChanged.connect(self._report)
        self.question_field.returnPressed.connect(self._take_question)
        self.question_field.earlier_wanted.connect(self._go_to_list)
        self.answer_field.entered.connect(self._take_answer)
        self.list.itemActivated.connect(lambda item: self._edit(self.list.row(item)))
        form = FieldForm(texts)
        form.add_field(lambda: _("Question asked"), self.question_field)
        form.add_field(lambda: _("Answer given"), self.answer_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addLayout(form)
        column.addWidget(self._hint_label)

    def show_dialogue(self, lines: Sequence[Spoken], *, is_open: bool) -> None:
        """Put another interview in the place of the one before; nothing is reported as changed by it."""
        self._lines = list(lines)
        self._begin_next()
        self.question_field.setReadOnly(not is_open)
        self.answer_field.setReadOnly(not is_open)

    def dialogue(self) -> tuple[Spoken, ...]:
        """Every line; one that was emptied is gone."""
        typed = Spoken(self.question_field.text().strip(), self.answer_field.toPlainText().strip())
        lines = [*self._lines[: self._at], typed, *self._lines[self._at + 1 :]]
        return tuple(line for line in lines if line != Spoken(""))

    def _take_question(self) -> None:
        if not self.question_field.text() and not self.question_field.isReadOnly():
            self.question_field.setText(self.question_field.placeholderText())
        self.answer_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_answer(self) -> None:
        self._lines = list(self.dialogue())
        self._begin_next()
        self.question_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_list(self) -> None:
        if self._lines:
            self.list.setCurrentRow(len(self._lines) - 1)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self, row: int) -> None:
        """Take a line up; what was being typed is noted first."""
        line = self._lines[row]
        self._lines = list(self.dialogue())
        self._show_lines()
        self._show_line(self._lines.index(line) if line in self._lines else len(self._lines))
        self.question_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_next(self) -> None:
        self._show_lines()
        self._show_line(len(self._lines))

    def _show_line(self, at: int) -> None:
        line = self._lines[at] if at < len(self._lines) else Spoken("")
        self._is_filling = True
        self._at = at
        self.question_field.setPlaceholderText(self._usual_question())
        self.question_field.setText(line.question)
        self.answer_field.setPlainText(line.answer)
        self.answer_field.moveCursor(QTextCursor.MoveOperation.End)
        self._is_filling = False

    def _show_lines(self) -> None:
        self.list.clear()
        for line in self._lines:
            shown = (text[:_SHOWN_CHARACTERS] for text in (line.question, line.answer))
            self.list.addItem(spoken_text(*shown))
        self.list.scrollToBottom()

    def _usual_question(self) -> str:
        """The next of the usual ones that was not asked; none in the place of an earlier line."""
        asked = {line.question for line in self._lines}
        usual = (question for question in OPENING_QUESTIONS if question not in asked)
        return next(usual, "") if self._at == len(self._lines) else ""

    def _report(self) -> None:
        if not self._is_filling:
            self.changed.emit(self.dialogue())
