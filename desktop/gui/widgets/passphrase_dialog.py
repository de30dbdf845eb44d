"""Asks for the pass phrase of a sealed mission."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.field_form import secret_field
from desktop.gui.widgets.fitting import FittingDialog
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _


class PassphraseDialog(FittingDialog):
    """``given`` carries the pass phrase; the dialog keeps nothing of it."""

    given = Signal(str)

    def __init__(self, title: str, explanation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, title)
        self.setMinimumWidth(440)
        self.passphrase_field = secret_field()
        self.passphrase_field.setAccessibleName(_("Pass phrase"))
        self.done_button = text_button(texts, lambda: _("Unseal"), is_primary=True)
        self.done_button.setDefault(True)
        cancel_button = text_button(texts, lambda: _("Cancel"))
        self.done_button.clicked.connect(self._give)
        cancel_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(plain_label(title, "heading"))
        column.addWidget(plain_label(explanation, wraps=True))
        column.addWidget(self.passphrase_field)
        column.addLayout(button_row(cancel_button, self.done_button))

    def _give(self) -> None:
        self.given.emit(self.passphrase_field.text())
        self.accept()
