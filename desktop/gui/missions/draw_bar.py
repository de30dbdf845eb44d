"""Below the list of units: how many of those that are listed are to be drawn at random."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import NumberField
from desktop.i18n import _


class DrawBar(QWidget):
    """``wanted`` carries how many."""

    wanted = Signal(int)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.count_field = NumberField()
        self.count_field.setMinimum(1)
        self.count_field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.draw_button = text_button(texts, lambda: _("Draw at random"))
        self.result_label = plain_label("", "muted", wraps=True)
        self.result_label.hide()
        texts.say(self.count_field.setAccessibleName, lambda: _("How many units are drawn"))
        texts.say(
            self.draw_button.setToolTip,
            lambda: _("From the units listed above that are not marked yet; of each unit one site."),
        )
        self.draw_button.clicked.connect(lambda: self.wanted.emit(self.count_field.value()))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.count_field)
        row.addWidget(self.draw_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.result_label)

    def allow(self, most: int) -> None:
        """So many units can be drawn from."""
        self.count_field.setMaximum(max(1, most))
        self.count_field.setEnabled(most > 0)
        self.draw_button.setEnabled(most > 0)

    def show_result(self, text: str) -> None:
        self.result_label.setText(text)
        self.result_label.setVisible(bool(text))
