"""Asks once whether identity was really shown: that locks what a covert visit has recorded, and is for good."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _


class IdentityDialog(FittingDialog):
    """Accepted: it was shown, at the time that stood in the field. Enter says yes, Esc no."""

    def __init__(self, shown_at: str, answered: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Was identity shown at {time}?").format(time=minute_text(shown_at))
        name_window(self, title)
        resize_on_screen(self, 520, 240)
        texts = Texts()
        self.locked_label = plain_label(_locked_text(answered), wraps=True)
        self.yes_button = text_button(
            texts, lambda: _("Yes, lock what was recorded"), "lock", is_primary=True
        )
        self.no_button = text_button(texts, lambda: _("Not yet"))
        self.yes_button.setDefault(True)
        self.no_button.setAutoDefault(False)
        self.yes_button.clicked.connect(self.accept)
        self.no_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(plain_label(title, "heading", wraps=True))
        column.addWidget(self.locked_label)
        column.addWidget(
            plain_label(
                _(
                    "That cannot be taken back, and the time stays as it is. What is recorded later stays open."
                ),
                wraps=True,
            )
        )
        column.addStretch(1)
        column.addLayout(button_row(self.no_button, self.yes_button))
        self.yes_button.setFocus()


def _locked_text(answered: Sequence[int]) -> str:
    if not answered:
        return _("No item is answered yet. Covert notes can no longer be taken back then.")
    numbers = _(", ").join(map(str, answered))
    return _(
        "Items {numbers} are locked then and change by corrections with a reason only; covert notes can no longer be"
        " taken back."
    ).format(numbers=numbers)
