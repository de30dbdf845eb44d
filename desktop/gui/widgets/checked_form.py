"""A form that says what is wrong below the very field."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.labels import plain_label


class CheckedForm(QWidget):
    """Labels above fields, in columns. Fields are known by a key; ``show_problems`` speaks of all at once."""

    def __init__(self, texts: Texts, columns: int = 1) -> None:
        super().__init__()
        self._texts = texts
        self._columns = columns
        self._cell = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._fields: dict[str, QWidget] = {}
        self._problems: dict[str, QLabel] = {}

    def add_field(self, key: str, label: Callable[[], str], field: QWidget, span: int = 1) -> None:
        """``span``: how many columns it takes; a field that no longer fits begins a new row."""
        if self._cell % self._columns + span > self._columns:
            self._cell += self._columns - self._cell % self._columns
        row, column = divmod(self._cell, self._columns)
        self.put_field(key, label, field, (row, column, 1, span))
        self._cell += span

    def put_field(
        self, key: str, label: Callable[[], str], field: QWidget, place: tuple[int, int, int, int]
    ) -> None:
        """``place``: row, column, how many rows and how many columns."""
        name_label = plain_label("", "muted")
        name_label.setBuddy(field)
        problem_label = plain_label("", "warning", wraps=True)
        problem_label.hide()
        self._texts.say(name_label.setText, label)
        self._texts.say(field.setAccessibleName, label)
        cell = QVBoxLayout()
        cell.setSpacing(3)
        for widget in (name_label, field, problem_label):
            cell.addWidget(widget)
        cell.addStretch(1)
        self._grid.addLayout(cell, *place)
        self._fields[key], self._problems[key] = field, problem_label

    def show_problems(self, problems: Mapping[str, str], advice: Mapping[str, str] | None = None) -> None:
        """{key: what is wrong}, and {key: what to think about}; the other fields are as they should be."""
        for key, label in self._problems.items():
            problem = problems.get(key, "")
            text = problem or (advice or {}).get(key, "")
            label.setText(text)
            label.setVisible(bool(text))
            self._fields[key].setAccessibleDescription(text)
            _put_property(label, "look", "warning" if problem else "muted")
            _put_property(self._fields[key], "wrong", bool(problem))

    def problem(self, key: str) -> str:
        return self._problems[key].text()

    def has_field(self, key: str) -> bool:
        return key in self._fields

    def field(self, key: str) -> QWidget:
        return self._fields[key]


def _put_property(widget: QWidget, name: str, value: object) -> None:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
