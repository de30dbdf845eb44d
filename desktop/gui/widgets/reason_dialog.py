"""Asks for the reason of something that is kept for ever."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.text_fields import TextArea
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _


class ReasonDialog(FittingDialog):
    """``reason_given`` carries the text; it is never empty."""

    reason_given = Signal(str)

    def __init__(
        self, title: str, explanation: str, done: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, title)
        resize_on_screen(self, 520, 300)
        self.reason_field = TextArea()
        self.reason_field.setTabChangesFocus(True)
        self.reason_field.setAccessibleName(_("Reason"))
        self.reason_field.setPlaceholderText(_("The reason stands in the log for ever."))
        self.done_button = text_button(texts, done, is_primary=True)
        self.done_button.setEnabled(False)
        cancel_button = text_button(texts, lambda: _("Cancel"))
        self.reason_field.textChanged.connect(
            lambda: self.done_button.setEnabled(bool(self.reason_field.toPlainText().strip()))
        )
        self.done_button.clicked.connect(self._give)
        cancel_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(plain_label(title, "heading"))
        column.addWidget(plain_label(explanation, wraps=True))
        column.addWidget(self.reason_field, 1)
        column.addLayout(button_row(cancel_button, self.done_button))

    def _give(self) -> None:
        self.reason_given.emit(self.reason_field.toPlainText().strip())
        self.accept()
