"""What is still open when somebody closes the window: said inside it, with two ways on, never in a box of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _


class LeaveNote(QFrame):
    """Hidden until it is asked. ``export_wanted`` or ``leave_wanted`` follows, or the note is closed."""

    export_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note")
        self.setProperty("tone", "warning")
        self.texts = Texts()
        self._not_exported = 0
        self._is_writing = False
        self._sign = plain_label()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.texts.say(self._sign.setPixmap, lambda: icon("triangle-alert", "warn").pixmap(18, 18))
        self.what_label = plain_label("", wraps=True)
        self.advice_label = plain_label("", wraps=True)
        self.export_button = text_button(self.texts, lambda: _("Go to the export"), "upload", is_primary=True)
        self.leave_button = text_button(self.texts, lambda: _("Close anyway"))
        self.stay_button = text_button(self.texts, lambda: _("Keep working"))
        self.texts.say(lambda _none: self._tell(), lambda: None)
        self.export_button.clicked.connect(self._export)
        self.leave_button.clicked.connect(self.leave_wanted)
        self.stay_button.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.what_label)
        words.addWidget(self.advice_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        for button in (self.stay_button, self.leave_button, self.export_button):
            row.addWidget(button)
        self.hide()

    def asks(self, not_exported: int, *, is_writing: bool) -> bool:
        """Show what is open, if anything is; whether closing has to wait. Who closes twice means it."""
        if self.isVisible() or not (not_exported or is_writing):
            return False
        self._not_exported, self._is_writing = not_exported, is_writing
        self._tell()
        self.export_button.setVisible(bool(not_exported))
        self.show()
        (self.export_button if not_exported else self.stay_button).setFocus()
        return True

    def _export(self) -> None:
        self.hide()
        self.export_wanted.emit()

    def _tell(self) -> None:
        if self._is_writing:
            self.what_label.setText(_("Something is still being written."))
            self.advice_label.setText(_("“Close anyway” waits until it is done; nothing is lost."))
        else:
            text = _("{count} visits are stored on this computer only").format(count=self._not_exported)
            self.what_label.setText(text)
            self.advice_label.setText(
                _("They are saved and encrypted, but the office does not have them yet.")
            )
