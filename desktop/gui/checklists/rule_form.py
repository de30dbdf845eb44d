"""The scoring rule of one item: its type, and the fields and tables of that type."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.gui.checklists.rule_parts import parts_to_rule, rule_to_parts
from desktop.gui.checklists.rule_shapes import SHAPES, RuleShape
from desktop.gui.texts import Texts
from desktop.gui.widgets.checked_form import CheckedForm
from desktop.gui.widgets.edit_table import EditTable
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _


class RuleForm(QWidget):
    """``changed``: by the user. What was filled in for another type is still there when that is chosen again."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._is_showing = False
        self.kind_field = ChoiceField()
        self.manual_box = QCheckBox()
        texts.say(self.manual_box.setText, lambda: _("a deduction may also be typed in by hand"))
        self.head = CheckedForm(texts)
        self.head.add_field("rule", lambda: _("Scoring rule"), self.kind_field)
        self._stack = QStackedWidget()
        self.parts: dict[str, _RuleParts] = {}
        for kind, shape in SHAPES.items():
            self.kind_field.addItem("", kind)
            self.parts[kind] = _RuleParts(texts, shape, self._tell)
            self._stack.addWidget(self.parts[kind])
        texts.say(self._say_kinds, lambda: [shape.text() for shape in SHAPES.values()])
        self.kind_field.currentIndexChanged.connect(self._show_kind)
        self.manual_box.toggled.connect(lambda _on: self._tell())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.head, self.manual_box, self._stack):
            column.addWidget(widget)

    def show_rule(self, rule: Mapping[str, Any]) -> None:
        self._is_showing = True
        self.kind_field.setCurrentIndex(max(0, self.kind_field.findData(rule["type"])))
        self.manual_box.setChecked(bool(rule.get("manual", True)))
        for kind, parts in self.parts.items():
            parts.show_parts(*(rule_to_parts(rule) if kind == rule["type"] else ({}, {})))
        self._show_kind(self.kind_field.currentIndex())
        self._is_showing = False

    def rule(self) -> dict[str, Any]:
        kind = self.kind_field.currentData()
        parts = self.parts[kind]
        return parts_to_rule(kind, self.manual_box.isChecked(), parts.texts(), parts.tables())

    def show_problem(self, text: str) -> None:
        self.head.show_problems({"rule": text} if text else {})

    def _tell(self) -> None:
        if not self._is_showing:
            self.changed.emit()

    def _show_kind(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        # A stack is as tall as its tallest page unless the others are told to take no room.
        shown = self.parts[self.kind_field.itemData(number)]
        for parts in self.parts.values():
            parts.setVisible(parts is shown)
        self._stack.setFixedHeight(shown.sizeHint().height())
        self._tell()

    def _say_kinds(self, names: list[str]) -> None:
        for number, name in enumerate(names):
            self.kind_field.setItemText(number, name)


class _RuleParts(QWidget):
    """The fields and tables of one type of rule."""

    def __init__(self, texts: Texts, shape: RuleShape, tell: Callable[[], object]) -> None:
        super().__init__()
        self._kept: dict[str, str] = {}
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.edit_tables = {table.key: EditTable(texts, table.title, table.columns) for table in shape.tables}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if shape.fields:
            form = CheckedForm(texts, 2)
            for field in shape.fields:
                widget: QLineEdit | QComboBox = QLineEdit() if field.choices is None else ChoiceField()
                if isinstance(widget, QComboBox) and field.choices is not None:
                    _fill(texts, widget, field.choices)
                    widget.currentIndexChanged.connect(lambda _number: tell())
                elif isinstance(widget, QLineEdit):
                    widget.textChanged.connect(lambda _text: tell())
                form.add_field(field.key, field.label, widget)
                self.fields[field.key] = widget
            column.addWidget(form)
        for table in self.edit_tables.values():
            table.edited.connect(tell)
            column.addWidget(table)
        column.addStretch(1)

    def show_parts(self, texts: Mapping[str, str], tables: Mapping[str, list[dict[str, str]]]) -> None:
        self._kept = dict(texts)
        for key, field in self.fields.items():
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(texts.get(key, ""))))
            else:
                field.setText(texts.get(key, ""))
        for key, table in self.edit_tables.items():
            table.model.show_rows(tables.get(key, []))

    def texts(self) -> dict[str, str]:
        typed = {
            key: str(field.currentData()) if isinstance(field, QComboBox) else field.text().strip()
            for key, field in self.fields.items()
        }
        return {**self._kept, **typed}

    def tables(self) -> dict[str, list[dict[str, str]]]:
        return {key: table.model.rows() for key, table in self.edit_tables.items()}


def _fill(texts: Texts, field: QComboBox, choices: Callable[[], Any]) -> None:
    for value, _text in choices():
        field.addItem("", value)

    def say(said: Any) -> None:  # noqa: ANN401  the pairs of the choices
        for number, (_value, text) in enumerate(said):
            field.setItemText(number, text)

    texts.say(say, choices)
