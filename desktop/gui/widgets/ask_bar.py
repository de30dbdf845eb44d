"""A question inside the page, with what it is about, an answer that acts, and one that does not."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _


class AskBar(Card):
    """Hidden until something is asked. ``accepted`` carries what was chosen; empty where there is no choice."""

    accepted = Signal(str)

    def __init__(
        self,
        texts: Texts,
        yes: Callable[[], str],
        icon_name: str = "",
        *,
        no: Callable[[], str] = lambda: _("Cancel"),
        can_dismiss: bool = True,
    ) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self.text_label = plain_label("", wraps=True)
        self.choice_field = ChoiceField()
        self.choice_field.setMinimumWidth(260)
        self.choice_field.hide()
        self.yes_button = text_button(texts, yes, icon_name)
        self.no_button = text_button(texts, no)
        if not can_dismiss:
            self.no_button.hide()
        texts.say(self.choice_field.setAccessibleName, lambda: _("File"))
        self.yes_button.clicked.connect(self._accept)
        self.no_button.clicked.connect(self.hide)
        self.content.addWidget(self.text_label, 1)
        for widget in (self.choice_field, self.yes_button, self.no_button):
            self.content.addWidget(widget)
        self.hide()

    def ask(self, text: str, choices: Sequence[str] = ()) -> None:
        self.text_label.setText(text)
        self.choice_field.clear()
        self.choice_field.addItems(list(choices))
        self.choice_field.setVisible(bool(choices))
        self.show()

    def _accept(self) -> None:
        self.accepted.emit(self.choice_field.currentText())
