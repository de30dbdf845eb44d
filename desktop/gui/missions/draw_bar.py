"""Below the list of units: how many of those that are listed are to be drawn at random, and before which witness."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.lengths import LONGEST_NAME
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField, NumberField
from desktop.i18n import _
from desktop.services.missions.mission_choices import PersonChoice

_COUNT_PX = 58
_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class DrawBar(QWidget):
    """``wanted`` carries how many, and the name of the witness or nothing."""

    wanted = Signal(int, str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._had_focus = False
        self._result: Callable[[], str] = str
        self.count_field = NumberField()
        self.count_field.setMinimum(1)
        # The button beside it needs the room in English.
        self.count_field.setFixedWidth(_COUNT_PX)
        self.count_field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.draw_button = text_button(texts, lambda: _("Draw at random"))
        self.witness_field = ChoiceField()
        self.witness_field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.witness_field.setSizeAdjustPolicy(_NARROW)
        self.result_label = plain_label("", "muted", wraps=True)
        self.result_label.hide()
        texts.say(self.result_label.setText, lambda: self._result())
        texts.say(self.count_field.setAccessibleName, lambda: _("How many units are drawn"))
        texts.say(
            self.draw_button.setToolTip,
            lambda: _("From the units listed above that are not marked yet; of each unit one site."),
        )
        texts.say(self.witness_field.setAccessibleName, lambda: _("Witness of the draw"))
        line = QLineEdit()
        line.setMaxLength(LONGEST_NAME)
        self.witness_field.setLineEdit(line)
        texts.say(line.setPlaceholderText, lambda: _("Witness, if there is one"))
        texts.say(
            self.witness_field.setToolTip,
            lambda: _("Somebody else who watches the draw; the record says who, or that there was nobody."),
        )
        self.draw_button.clicked.connect(self._want)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.count_field)
        row.addWidget(self.draw_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.witness_field)
        column.addLayout(row)
        column.addWidget(self.result_label)

    def allow(self, most: int) -> None:
        """So many units can be drawn from."""
        self.count_field.setMaximum(max(1, most))
        for widget in (self.witness_field, self.count_field, self.draw_button):
            widget.setEnabled(most > 0)

    def show_people(self, people: Sequence[PersonChoice]) -> None:
        """Who may be the witness; anybody else can be typed. One unit is to be drawn, until somebody says more."""
        self.count_field.setValue(1)
        self.witness_field.clear()
        self.witness_field.addItems([person.name for person in people])
        self.witness_field.setCurrentIndex(-1)
        self.witness_field.clearEditText()

    def _want(self) -> None:
        self.wanted.emit(self.count_field.value(), self.witness_field.currentText().strip())

    def wait(self, *, is_drawing: bool) -> None:
        """While it is drawing, nothing can be pressed; the keyboard is back at the button afterwards."""
        if is_drawing:
            self._had_focus = self.draw_button.hasFocus()
        self.setEnabled(not is_drawing)
        if not is_drawing and self._had_focus:
            self.draw_button.setFocus()

    def show_result(self, result: Callable[[], str]) -> None:
        """What came of the draw, in the language of now whenever that is switched."""
        self._result = result
        self.result_label.setText(result())
        self.result_label.setVisible(bool(result()))
