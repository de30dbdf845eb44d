"""A form made from the columns of a sheet: what can be typed into a cell can be typed here, by the same rules."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

from desktop.documents.sheet_columns import Column, ColumnType
from desktop.gui.texts import Texts
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _, language

_SHOWS_AN_EXAMPLE = (ColumnType.CODE, ColumnType.DATE, ColumnType.DECIMAL, ColumnType.INT)
_MOST_TYPED = 5000
"""More is cut while typing; what is still too long is refused with its reason when it is saved."""


class RecordForm(QWidget):
    """``changed``: something was typed or chosen. ``submitted``: Enter was pressed in a field."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, texts: Texts, columns: Sequence[Column], named: Sequence[str] = ()) -> None:
        """``named``: the fields that take the name of another record, with suggestions."""
        super().__init__()
        self.columns = tuple(columns)
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self._suggestions: dict[str, QStringListModel] = {}
        self._shown: dict[str, str] = {}
        self._example = ""
        rows = FieldForm(texts)
        rows.setContentsMargins(0, 0, 0, 0)
        self.setLayout(rows)
        for column in self.columns:
            field = self._choices(column) if column.choices else self._line(column, named)
            self.fields[column.field] = field
            rows.add_field(partial(_label, column), field)
        texts.say(self._say_examples, lambda: _("Example: {example}"))

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Put these in the place of all; what is missing is empty."""
        for name in self.fields:
            self._put(name, texts.get(name, ""))
        # As the fields give them back: a line break that one line cannot hold is no change.
        self._shown = self.texts()

    def refresh_texts(self, texts: Mapping[str, str]) -> None:
        """Like ``show_texts``, but what was typed and not saved yet stays."""
        typed = self.changes()
        self.show_texts(texts)
        for name, text in typed.items():
            self._put(name, text)

    def texts(self) -> dict[str, str]:
        return {
            name: field.currentText() if isinstance(field, QComboBox) else field.text()
            for name, field in self.fields.items()
        }

    def shown_texts(self) -> dict[str, str]:
        """What was shown before anything was typed."""
        return dict(self._shown)

    def changes(self) -> dict[str, str]:
        """The texts that are other ones now than they were shown."""
        return {name: text for name, text in self.texts().items() if self._shown.get(name, "") != text}

    def suggest(self, field: str, names: Sequence[str]) -> None:
        self._suggestions[field].setStringList(list(names))

    def focus_field(self, field: str) -> None:
        """Go to a field, as to one that is wrong."""
        widget = self.fields[field]
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(widget, QLineEdit):
            widget.selectAll()

    def set_read_only(self, is_read_only: bool) -> None:
        for field in self.fields.values():
            if isinstance(field, QComboBox):
                field.setEnabled(not is_read_only)
            else:
                field.setReadOnly(is_read_only)
        self._show_examples()

    def _say_examples(self, pattern: str) -> None:
        self._example = pattern
        self._show_examples()

    def _show_examples(self) -> None:
        """What may be typed, where something may be."""
        for column in self.columns:
            field = self.fields[column.field]
            if isinstance(field, QLineEdit) and column.type in _SHOWS_AN_EXAMPLE and column.example:
                example = self._example.format(example=column.example)
                field.setPlaceholderText("" if field.isReadOnly() else example)

    def _put(self, name: str, text: str) -> None:
        field = self.fields[name]
        if isinstance(field, QComboBox):
            _choose(field, text)
        else:
            field.setText(text)
            field.setCursorPosition(0)

    def _line(self, column: Column, named: Sequence[str]) -> QLineEdit:
        field = QLineEdit()
        field.setMaxLength(_MOST_TYPED)
        if column.field in named:
            self._suggestions[column.field] = QStringListModel(self)
            field.setCompleter(self._completer(self._suggestions[column.field]))
        field.textEdited.connect(lambda _text: self.changed.emit())
        field.returnPressed.connect(partial(self._submit, field))
        return field

    def _submit(self, field: QLineEdit) -> None:
        """Enter on one of the names that are proposed only takes it."""
        completer = field.completer()
        proposals = completer.popup() if completer is not None else None
        if proposals is None or not proposals.isVisible():
            self.submitted.emit()

    def _completer(self, names: QStringListModel) -> QCompleter:
        completer = QCompleter(names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        completer.activated.connect(lambda _text: self.changed.emit())
        return completer

    def _choices(self, column: Column) -> QComboBox:
        field = ChoiceField()
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.addItem("")
        field.addItems(column.choices)
        field.activated.connect(lambda _number: self.changed.emit())
        return field


def _label(column: Column) -> str:
    """The head of the column; a star marks what must be filled in."""
    head = column.header(language())
    return f"{head} *" if column.is_required else head


def _choose(field: QComboBox, text: str) -> None:
    """A word that is not among the choices, from a newer program, stays what it is."""
    number = field.findText(text)
    if number < 0:
        field.addItem(text)
        number = field.count() - 1
    field.setCurrentIndex(number)
