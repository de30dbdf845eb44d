"""A note inside the page, where the thing happened: a problem with its advice, or what has been done."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from desktop.errors import UserError
from desktop.gui.texts import Texts
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _, language

Words = str | Callable[[], str]
"""What is said; what can be asked for again follows the language."""
_DONE = "done"
_ICONS = {
    "problem": ("circle-alert", "bad"),
    "warning": ("triangle-alert", "warn"),
    _DONE: ("circle-check", "ok"),
}


class NoteBar(QFrame):
    """Hidden until there is something to say.

    A problem or warning stays until it is closed or answered. What was done is news for as long as somebody stays
    where it happened: it leaves with the page, with its record (``leave``), and at a switch of language. No clock
    takes it away, so that nobody has to read fast. ``is_lasting``: a result that is looked at again does not leave.
    ``told``: there is something to be read.
    """

    told = Signal()

    def __init__(self, texts: Texts | None = None, *, is_lasting: bool = False) -> None:
        """``texts``: of the page, where the language is switched while it is shown."""
        super().__init__()
        self.setObjectName("note")
        self._is_lasting = is_lasting
        self._said: Callable[[], tuple[str, str]] = lambda: ("", "")
        self._language = language()
        self._sign = plain_label()
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
        if texts is not None:
            texts.say(lambda _nothing: self.say_again(), lambda: None)

    def show_problem(self, error: UserError | Callable[[], UserError]) -> None:
        self._tell(
            "problem", lambda: _texts_of(error.said_again() if isinstance(error, UserError) else error())
        )

    def show_warning(self, text: Words, advice: Words = "") -> None:
        self._tell("warning", lambda: (_now(text), _now(advice)))

    def show_done(self, text: Words, advice: Words = "") -> None:
        self._tell(_DONE, lambda: (_now(text), _now(advice)))

    def leave(self) -> None:
        """Something else is looked at: what was done is no news any more."""
        if self.property("tone") == _DONE and not self._is_lasting and not self.isHidden():
            self.hide()

    def say_again(self) -> None:
        """After a switch of language or theme."""
        if language() != self._language:
            self.leave()
        if not self.isHidden():
            self._show(str(self.property("tone")), self._said)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's spelling
        super().hideEvent(event)
        # A window that was minimized comes back as it was.
        if not event.spontaneous():
            self.leave()

    def _tell(self, tone: str, said: Callable[[], tuple[str, str]]) -> None:
        self._show(tone, said)
        self.told.emit()

    def _show(self, tone: str, said: Callable[[], tuple[str, str]]) -> None:
        self._said, self._language = said, language()
        text, advice = said()
        name, token = _ICONS[tone]
        self._sign.setPixmap(icon(name, token).pixmap(18, 18))
        # Beside a single line the sign stands in the middle as the line does, else beside the first one.
        where = Qt.AlignmentFlag.AlignTop if advice else Qt.AlignmentFlag.AlignVCenter
        self._sign.setAlignment(where)
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
        # The keyboard stays where it is; a screen reader reads the note out.
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def _now(words: Words) -> str:
    return words if isinstance(words, str) else words()


def _texts_of(error: UserError) -> tuple[str, str]:
    return error.problem, error.advice
