"""The figures a rule asks for, each in a field of its kind."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from desktop.domain.rule_inputs import Input, InputKind
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _

_LABEL_PX = 260
Read = Callable[[], object]


class FiguresForm(QWidget):
    """``changed``: something was typed or chosen. An empty field is a figure that is not given."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(8)
        self._reads: dict[str, Read] = {}
        self._fields: list[QWidget] = []

    def ask(self, asked: tuple[Input, ...], given: Mapping[str, object]) -> None:
        """Put these questions in the place of those before."""
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self._reads, self._fields = {}, []
        for each in asked:
            field, read = self._field(each, given.get(each.key))
            unit = f"（{each.unit}）" if each.unit else ""
            label = plain_label(f"{each.label}{unit}", wraps=True)
            label.setBuddy(field)
            label.setMaximumWidth(_LABEL_PX)
            label.setMinimumWidth(min(label.fontMetrics().horizontalAdvance(label.text()) + 6, _LABEL_PX))
            field.setAccessibleName(each.label)
            self._rows.addRow(label, field)
            # At once, so that a key pressed right after another reaches it.
            field.show()
            self._fields.append(field)
            self._reads[each.key] = read

    def fields(self) -> tuple[QWidget, ...]:
        """The fields from top to bottom."""
        return tuple(self._fields)

    def focus_first(self) -> bool:
        """Go to the first field; False where nothing is asked."""
        fields = self.fields()
        if fields:
            fields[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(fields)

    def values(self) -> dict[str, object]:
        """{key: figure} of what is filled in, as it was typed."""
        found = {key: read() for key, read in self._reads.items()}
        return {key: value for key, value in found.items() if value is not None}

    def _field(self, asked: Input, given: object) -> tuple[QWidget, Read]:
        if asked.kind is InputKind.FLAG:
            return self._choice([("", None), (_("yes"), True), (_("no"), False)], given)
        if asked.kind is InputKind.CHOICE:
            return self._choice([("", None), *((choice, choice) for choice in asked.choices)], given)
        field = QLineEdit()
        # The parts that were ticked elsewhere are kept as long as nobody types a count over them.
        kept = given if isinstance(given, list | tuple) else None
        field.setText(str(len(kept)) if kept is not None else "" if given is None else str(given))
        field.textChanged.connect(lambda _text: self.changed.emit())
        is_count = asked.kind in (InputKind.INTEGER, InputKind.PARTS)
        return field, partial(_typed, field, is_count, kept)

    def _choice(self, choices: list[tuple[str, object]], given: object) -> tuple[QWidget, Read]:
        field = QComboBox()
        for text, _value in choices:
            field.addItem(text)
        values = [value for _text, value in choices]
        field.setCurrentIndex(values.index(given) if given in values else 0)
        field.activated.connect(lambda _number: self.changed.emit())
        return field, lambda: values[field.currentIndex()]


def _typed(field: QLineEdit, is_count: bool, kept: list[object] | tuple[object, ...] | None) -> object:
    text = field.text().strip()
    if not text:
        return None
    if kept is not None and text == str(len(kept)):
        return list(kept)
    return int(text) if is_count and text.isascii() and text.isdigit() and len(text) < 10 else text
