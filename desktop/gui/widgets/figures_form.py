"""The figures a rule asks for, each in a field of its kind."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSizePolicy, QWidget

from desktop.domain.rule_inputs import Input, InputKind
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _, language

_LABEL_PX, _CHOICE_CHARACTERS = 260, 6
_COUNTS = (InputKind.INTEGER, InputKind.PARTS)


class FiguresForm(QWidget):
    """``changed``: something was typed or chosen. An empty field is a figure that is not given."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(8)
        self._asked: tuple[Input, ...] = ()
        self._language = ""
        self._fields: list[QWidget] = []
        # The parts that were ticked elsewhere are kept as long as nobody types a count over them.
        self._kept: dict[str, list[object]] = {}

    def ask(self, asked: tuple[Input, ...], given: Mapping[str, object]) -> None:
        """Put these questions in the place of those before; the same ones only get their figures anew."""
        if (asked, language()) != (self._asked, self._language):
            self._asked, self._language = asked, language()
            self._make_rows()
        self._kept = {key: list(value) for key, value in given.items() if isinstance(value, list | tuple)}
        for each, field in zip(asked, self._fields, strict=True):
            _put(field, each, given.get(each.key))

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
        pairs = zip(self._asked, self._fields, strict=True)
        found = {each.key: self._value(each, field) for each, field in pairs}
        return {key: value for key, value in found.items() if value is not None}

    def _value(self, asked: Input, field: QWidget) -> object:
        if isinstance(field, QComboBox):
            return _choices(asked)[field.currentIndex()][1]
        text = field.text().strip() if isinstance(field, QLineEdit) else ""
        kept = self._kept.get(asked.key)
        if kept is not None and text == str(len(kept)):
            return list(kept)
        is_whole = asked.kind in _COUNTS and text.isascii() and text.isdigit() and len(text) < 10
        return int(text) if is_whole else text or None

    def _make_rows(self) -> None:
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self._fields = []
        for each in self._asked:
            field = self._field(each)
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

    def _field(self, asked: Input) -> QWidget:
        if asked.kind in (InputKind.FLAG, InputKind.CHOICE):
            box = ChoiceField()
            box.ask_for(_CHOICE_CHARACTERS)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.addItems([text for text, _value in _choices(asked)])
            box.activated.connect(lambda _number: self.changed.emit())
            return box
        field = QLineEdit()
        field.textChanged.connect(lambda _text: self.changed.emit())
        return field


def _choices(asked: Input) -> list[tuple[str, object]]:
    if asked.kind is InputKind.FLAG:
        return [("", None), (_("yes"), True), (_("no"), False)]
    return [("", None), *((choice, choice) for choice in asked.choices)]


def _put(field: QWidget, asked: Input, given: object) -> None:
    """Show a figure; nothing is reported as changed by it."""
    with QSignalBlocker(field):
        if isinstance(field, QComboBox):
            values = [value for _text, value in _choices(asked)]
            field.setCurrentIndex(values.index(given) if given in values else 0)
        elif isinstance(field, QLineEdit):
            text = str(len(given)) if isinstance(given, list | tuple) else "" if given is None else str(given)
            if field.text() != text:
                field.setText(text)
