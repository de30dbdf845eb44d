"""A search field with choices beside it. It waits for a pause in typing before it asks."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _

_PAUSE_MS = 200
Choice = tuple[str, Callable[[], str]]
MODE_CHOICES: tuple[Choice, ...] = (
    ("", lambda: _("Any mode")),
    ("明查", lambda: _("Open visits")),
    ("暗访", lambda: _("Covert visits")),
    ("明暗结合", lambda: _("Open and covert")),
)


class SearchBar(QWidget):
    """``changed``: what is looked for, or one of the choices, is another one now."""

    changed = Signal()

    def __init__(self, texts: Texts, hint: Callable[[], str]) -> None:
        super().__init__()
        self._texts = texts
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.search_field = QLineEdit()
        self.search_field.setClearButtonEnabled(True)
        self.search_field.setMinimumWidth(200)
        magnifier = self.search_field.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        texts.say(magnifier.setIcon, lambda: icon("search", "muted"))
        texts.say(self.search_field.setPlaceholderText, hint)
        texts.say(self.search_field.setAccessibleName, lambda: _("Search"))
        self.search_field.textChanged.connect(lambda _text: self._pause.start())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(self.search_field, 1)

    @property
    def text(self) -> str:
        return self.search_field.text().strip()

    def add_choice(self, name: Callable[[], str], choices: Sequence[Choice]) -> QComboBox:
        """A filter; the first choice lets everything through and has the value “”."""
        field = ChoiceField()
        for value, _text in choices:
            field.addItem("", value)

        def say(texts: Sequence[str]) -> None:
            for number, text in enumerate(texts):
                field.setItemText(number, text)

        self._texts.say(field.setAccessibleName, name)
        self._texts.say(say, lambda: [text() for _value, text in choices])
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        field.setMinimumWidth(118)
        field.activated.connect(lambda _number: self.changed.emit())
        self._row.addWidget(field)
        return field
