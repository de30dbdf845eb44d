"""What became of the files that were taken in: one sentence, and below it every file that needs a word."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
)

from desktop.gui.texts import Texts
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.evidence.collect_evidence import IntakeLine, IntakeOutcome

_MOST_LISTED = 500
_LIST_PX = 132
_SIGNS = {
    IntakeOutcome.TAKEN: ("triangle-alert", "warn"),
    IntakeOutcome.KNOWN: ("copy", "muted"),
    IntakeOutcome.REFUSED: ("circle-alert", "bad"),
    IntakeOutcome.LEFT: ("x", "muted"),
}


class IntakeReport(QFrame):
    """Hidden until there is something to tell, and when it is closed."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("note")
        self.summary_label = plain_label("", wraps=True)
        self.lines_view = QListWidget()
        self.lines_view.setWordWrap(True)
        self.lines_view.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.lines_view.setResizeMode(QListView.ResizeMode.Adjust)
        self.lines_view.setMaximumHeight(_LIST_PX)
        self.lines_view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.close_button = QToolButton()
        self.close_button.setProperty("look", "plain")
        self.close_button.clicked.connect(self.hide)
        texts.say(self.close_button.setIcon, lambda: icon("x", "muted"))
        texts.say(self.close_button.setAccessibleName, lambda: _("Close the note"))
        texts.say(self.lines_view.setAccessibleName, lambda: _("Files that need a word"))
        top = QHBoxLayout()
        top.addWidget(self.summary_label, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 6, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.lines_view)
        self.hide()

    def show_lines(self, lines: Sequence[IntakeLine]) -> None:
        self.summary_label.setText(intake_text(lines))
        telling = [line for line in lines if line.remark or line.outcome is not IntakeOutcome.TAKEN]
        self.lines_view.clear()
        for line in telling[:_MOST_LISTED]:
            text = f"{line.name}\n{line.remark}" if line.remark else line.name
            self.lines_view.addItem(QListWidgetItem(icon(*_SIGNS[line.outcome]), text))
        self.lines_view.setVisible(bool(telling))
        is_bad = any(line.outcome is IntakeOutcome.REFUSED for line in lines)
        self._set_tone("problem" if is_bad else "warning" if telling else "done")
        self.show()

    def leave(self) -> None:
        """Something else is answered: that everything was taken in is no news any more."""
        if self.property("tone") == "done":
            self.hide()

    def _set_tone(self, tone: str) -> None:
        self.setProperty("tone", tone)
        for widget in (self, self.summary_label):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


def intake_text(lines: Sequence[IntakeLine]) -> str:
    """“5 taken in, 2 there already, 1 refused.”"""
    counts = Counter(line.outcome for line in lines)
    texts = {
        IntakeOutcome.TAKEN: _("{count} taken in"),
        IntakeOutcome.KNOWN: _("{count} there already"),
        IntakeOutcome.REFUSED: _("{count} not taken in"),
        IntakeOutcome.LEFT: _("{count} left out"),
    }
    told = [text.format(count=counts[outcome]) for outcome, text in texts.items() if counts[outcome]]
    return _(", ").join(told) if told else _("There was no file to take in.")
