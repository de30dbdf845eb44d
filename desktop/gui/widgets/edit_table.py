"""A small table that is typed into: rows of texts, some columns with a choice, rows added, removed and moved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _

Index = QModelIndex | QPersistentModelIndex
Choices = Callable[[], Sequence[tuple[str, str]]]
_NOWHERE = QModelIndex()
_ROW_PX = 34
_SHOWN_ROWS = 4


@dataclass(frozen=True)
class EditColumn:
    """``choices``: (value, text) pairs where only these may stand. A column without a width takes the rest."""

    key: str
    title: Callable[[], str]
    width_px: int = 0
    choices: Choices | None = None


class EditModel(QAbstractTableModel):
    """Rows are {key: text}; keys that have no column are kept as they are. ``edited``: by the user."""

    edited = Signal()

    def __init__(self, columns: Sequence[EditColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[dict[str, str]] = []

    def rows(self) -> list[dict[str, str]]:
        return [dict(row) for row in self._rows]

    def show_rows(self, rows: Sequence[Mapping[str, str]]) -> None:
        self.beginResetModel()
        self._rows = [dict(row) for row in rows]
        self.endResetModel()

    def add_row(self, number: int) -> None:
        row = {column.key: column.choices()[0][0] if column.choices else "" for column in self.columns}
        self.beginInsertRows(_NOWHERE, number, number)
        self._rows.insert(number, row)
        self.endInsertRows()
        self.edited.emit()

    def remove_row(self, number: int) -> None:
        self.beginRemoveRows(_NOWHERE, number, number)
        del self._rows[number]
        self.endRemoveRows()
        self.edited.emit()

    def swap_rows(self, number: int, other: int) -> None:
        """Two neighbours."""
        self._rows[number], self._rows[other] = self._rows[other], self._rows[number]
        first, last = sorted((number, other))
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self.edited.emit()

    def say_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's spelling
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's spelling
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  as of Qt
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        value = self._rows[index.row()].get(column.key, "")
        if role == Qt.ItemDataRole.EditRole:
            return value
        if role == Qt.ItemDataRole.DisplayRole:
            shown = dict(column.choices()).get(value, value) if column.choices else value
            return " ".join(shown.split())
        return None

    def setData(  # noqa: N802  Qt's spelling
        self,
        index: Index,
        value: Any,  # noqa: ANN401  as of Qt
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        key = self.columns[index.column()].key
        if self._rows[index.row()].get(key, "") != str(value):
            self._rows[index.row()][key] = str(value)
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def headerData(  # noqa: N802  Qt's spelling
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401  as of Qt
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.columns[section].title() if is_title and section < len(self.columns) else None


class _ChoiceDelegate(QStyledItemDelegate):
    """Edits a column that has choices with a list of them."""

    def createEditor(  # noqa: N802  Qt's spelling
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        model = index.model()
        column = model.columns[index.column()] if isinstance(model, EditModel) else None
        if column is None or column.choices is None:
            return super().createEditor(parent, option, index)
        field = ChoiceField(parent)
        for value, text in column.choices():
            field.addItem(text, value)
        field.activated.connect(lambda _number: self.commitData.emit(field))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802  Qt's spelling
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:  # noqa: ANN401, N802  as of Qt
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


class EditTable(QWidget):
    """``edited``: a cell was typed into, or a row came, went or moved."""

    edited = Signal()

    def __init__(self, texts: Texts, title: Callable[[], str], columns: Sequence[EditColumn]) -> None:
        super().__init__()
        self.model = EditModel(columns, self)
        self.model.edited.connect(self.edited)
        self.view = self._made_view()
        self.add_button = text_button(texts, lambda: _("Add a line"), "plus")
        self.remove_button = text_button(texts, lambda: _("Remove"), "x")
        self.up_button = text_button(texts, lambda: _("Up"), "arrow-up")
        self.down_button = text_button(texts, lambda: _("Down"), "arrow-down")
        title_label = plain_label("", "muted")
        texts.say(title_label.setText, title)
        texts.say(self.view.setAccessibleName, title)
        texts.say(lambda _text: self.model.say_again(), title)
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self._lay_out(title_label)

    def _lay_out(self, title_label: QLabel) -> None:
        row = QHBoxLayout()
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button):
            row.addWidget(button)
        row.addStretch(1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(6)
        for widget in (title_label, self.view):
            column_layout.addWidget(widget)
        column_layout.addLayout(row)

    def _made_view(self) -> QTableView:
        view = QTableView()
        view.setObjectName("cells")
        view.setModel(self.model)
        view.setItemDelegate(_ChoiceDelegate(view))
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        view.setEditTriggers(
            triggers.DoubleClicked
            | triggers.SelectedClicked
            | triggers.EditKeyPressed
            | triggers.AnyKeyPressed
        )
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(_ROW_PX)
        view.setFixedHeight(40 + _ROW_PX * _SHOWN_ROWS)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, column in enumerate(self.model.columns):
            if column.width_px:
                view.setColumnWidth(number, column.width_px)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        return view

    def _add(self) -> None:
        number = self.view.currentIndex().row() + 1 or self.model.rowCount()
        self.model.add_row(number)
        self.view.setCurrentIndex(self.model.index(number, 0))
        self.view.setFocus()

    def _remove(self) -> None:
        number = self.view.currentIndex().row()
        if number >= 0:
            self.model.remove_row(number)

    def _move(self, by: int) -> None:
        current = self.view.currentIndex()
        if current.isValid() and 0 <= current.row() + by < self.model.rowCount():
            self.model.swap_rows(current.row(), current.row() + by)
            self.view.setCurrentIndex(self.model.index(current.row() + by, current.column()))
