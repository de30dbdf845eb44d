"""A table model over frozen rows. It sorts nothing, and asks for more rows when they are scrolled to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

CHIP_ROLE = Qt.ItemDataRole.UserRole + 1
"""The colour of a chip (a word of the theme); a cell without one is plain text."""

_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[R]):
    """``text`` and ``chip`` are asked for every cell that is painted, so they only format.

    ``gives_way``: left out of a table that is too narrow for all; what it says stands elsewhere on the page as well.
    ``least_px``: what a column without a width must have before others give way.
    """

    title: Callable[[], str]
    text: Callable[[R], str]
    width_px: int = 0
    is_number: bool = False
    chip: Callable[[R], str] | None = None
    gives_way: bool = False
    least_px: int = 110


class RowsModel(QAbstractTableModel, Generic[R]):
    """``UserRole`` returns the row object. ``more_wanted`` tells how many rows are there already."""

    more_wanted = Signal(int)

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[R] = []
        self._total = 0
        self._is_waiting = False

    def show_rows(self, rows: Sequence[R], total: int | None = None) -> None:
        """Put these rows in the place of all; ``total`` counts those that can still be asked for as well."""
        self.beginResetModel()
        self._rows = list(rows)
        self._total = len(self._rows) if total is None else total
        self._is_waiting = False
        self.endResetModel()

    def append_rows(self, rows: Sequence[R]) -> None:
        """The next page, as asked for by ``more_wanted``."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
        self._is_waiting = False

    def put_row(self, number: int, row: R) -> None:
        """Another row in the place of this one; what is marked stays marked."""
        self._rows[number] = row
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))

    def row(self, number: int) -> R:
        return self._rows[number]

    def say_again(self) -> None:
        """After a switch of language: headings and formats."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's spelling
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's spelling
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  Qt's spelling
        return not parent.isValid() and len(self._rows) < self._total and not self._is_waiting

    def fetchMore(self, parent: Index) -> None:  # noqa: N802  Qt's spelling
        if self.canFetchMore(parent):
            self._is_waiting = True
            self.more_wanted.emit(len(self._rows))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  as of Qt
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                # A line feed would make a row of two lines.
                return " ".join(column.text(row).split())
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.TextAlignmentRole if column.is_number:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == CHIP_ROLE and column.chip is not None:
            return column.chip(row)
        return None

    def headerData(  # noqa: N802  Qt's spelling
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401  as of Qt
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title()
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[section].is_number:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None
