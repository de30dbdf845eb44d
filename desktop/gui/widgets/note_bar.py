"""A note inside the page, where the thing happened: a problem with its advice, or what has been done."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from desktop.errors import UserError
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _

_ICONS = {
    "problem": ("circle-alert", "bad"),
    "warning": ("triangle-alert", "warn"),
    "done": ("circle-check", "ok"),
}


class NoteBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note")
        self._sign = plain_label()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.problem_label = plain_label(wraps=True)
        self.advice_label = plain_label(wraps=True)
        self.close_button = QToolButton()
        self.close_button.setProperty("look", "plain")
        self.close_button.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.problem_label)
        words.addWidget(self.advice_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 10)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_problem(self, error: UserError) -> None:
        self._show("problem", error.problem, error.advice)

    def show_warning(self, text: str, advice: str = "") -> None:
        self._show("warning", text, advice)

    def show_done(self, text: str, advice: str = "") -> None:
        self._show("done", text, advice)

    def _show(self, tone: str, text: str, advice: str) -> None:
        name, token = _ICONS[tone]
        self._sign.setPixmap(icon(name, token).pixmap(18, 18))
        self.close_button.setIcon(icon("x", token))
        self.close_button.setAccessibleName(_("Close the note"))
        self.problem_label.setText(text)
        self.advice_label.setText(advice)
        self.advice_label.setVisible(bool(advice))
        self.setAccessibleName(f"{text} {advice}".strip())
        self.setProperty("tone", tone)
        for widget in (self, self.problem_label, self.advice_label):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.show()
