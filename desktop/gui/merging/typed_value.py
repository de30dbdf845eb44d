"""A value of one's own in the place of either version's, field by field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _
from desktop.services.packages.conflict_view import FieldKind, FieldPair


class TypedValue(QWidget):
    """``changed``: something was typed. Fields that cannot be typed (times, lists, ids) are not offered."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._pairs: list[FieldPair] = []
        self._typed: dict[FieldPair, str] = {}
        label = plain_label()
        texts.say(label.setText, lambda: _("Own value"))
        self.choice_field = ChoiceField()
        self.choice_field.addItem("")
        self.choice_field.setMinimumWidth(150)
        self.value_field = QLineEdit()
        self.value_field.setEnabled(False)
        texts.say(
            lambda text: self.choice_field.setItemText(0, text), lambda: _("none, take one side as it is")
        )
        texts.say(self.choice_field.setAccessibleName, lambda: _("Field to fill in oneself"))
        texts.say(self.value_field.setAccessibleName, lambda: _("Own value"))
        texts.say(
            self.value_field.setPlaceholderText,
            lambda: _("Stands in the place of this field in either version"),
        )
        self.choice_field.currentIndexChanged.connect(self._choose)
        self.value_field.textEdited.connect(self._type)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.choice_field)
        row.addWidget(self.value_field, 1)

    @property
    def typed(self) -> Mapping[FieldPair, str]:
        return dict(self._typed)

    def show_fields(self, pairs: Sequence[FieldPair]) -> None:
        """Offer these; what was typed before is forgotten."""
        self._typed = {}
        self._pairs = [pair for pair in pairs if pair.kind is not FieldKind.FIXED]
        # First the choice that means none: removing the one in front would choose another.
        self.choice_field.setCurrentIndex(0)
        while self.choice_field.count() > 1:
            self.choice_field.removeItem(1)
        self.choice_field.addItems([pair.name for pair in self._pairs])

    def _choose(self, number: int) -> None:
        self.value_field.setEnabled(number > 0)
        if number > 0:
            pair = self._pairs[number - 1]
            self.value_field.setText(self._typed.get(pair, ""))
            self.value_field.setFocus()
        else:
            self._typed = {}
            self.value_field.clear()
        self.changed.emit()

    def _type(self, text: str) -> None:
        pair = self._pairs[self.choice_field.currentIndex() - 1]
        if text.strip():
            self._typed[pair] = text
        else:
            self._typed.pop(pair, None)
        self.changed.emit()
