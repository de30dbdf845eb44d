"""A list with a check mark before each line, searched by typing and narrowed to a group."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class CheckLine:
    """``detail`` stands behind the text; it and ``group`` are searched too."""

    id: str
    text: str
    detail: str = ""
    group: str = ""


class CheckModel(QAbstractListModel):
    """``toggled``: the line with this id was ticked or not by the user. What is filtered away keeps its mark."""

    toggled = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[CheckLine, ...] = ()
        self._shown: list[CheckLine] = []
        self._checked: set[str] = set()
        self._filter = ("", "")

    def show_lines(self, lines: Sequence[CheckLine]) -> None:
        self._all = tuple(lines)
        self.narrow(*self._filter)

    def narrow(self, text: str, group: str) -> None:
        """Show the lines with every word of ``text``, of one group unless that is empty."""
        self._filter = (text, group)
        words = text.casefold().split()
        self.beginResetModel()
        self._shown = [
            line
            for line in self._all
            if (not group or line.group == group)
            and all(word in f"{line.text} {line.detail} {line.group}".casefold() for word in words)
        ]
        self.endResetModel()

    def unchecked(self) -> tuple[str, ...]:
        """The ids of the lines that are shown and not ticked."""
        return tuple(line.id for line in self._shown if line.id not in self._checked)

    def check(self, ids: set[str]) -> None:
        """Put these marks in the place of those before, without telling anybody."""
        if ids != self._checked:
            self._checked = set(ids)
            if self._shown:
                self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's spelling
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  as of Qt
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(f"{line.text} {line.detail}".split())
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if line.id in self._checked else Qt.CheckState.Unchecked
        return None

    def setData(  # noqa: N802  Qt's spelling
        self,
        index: Index,
        value: Any,  # noqa: ANN401  as of Qt
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        line = self._shown[index.row()]
        is_checked = Qt.CheckState(value) == Qt.CheckState.Checked
        if is_checked == (line.id in self._checked):
            return True
        if is_checked:
            self._checked.add(line.id)
        else:
            self._checked.discard(line.id)
        self.dataChanged.emit(index, index)
        self.toggled.emit(line.id, is_checked)
        return True


class CheckList(QWidget):
    """``toggled`` as of the model. The space bar ticks the line under the cursor."""

    toggled = Signal(str, bool)

    def __init__(self, texts: Texts, hint: Callable[[], str], all_groups: Callable[[], str] | None) -> None:
        super().__init__()
        self.model = CheckModel(self)
        self.model.toggled.connect(self.toggled)
        self.search_field = QLineEdit()
        self.search_field.setClearButtonEnabled(True)
        magnifier = self.search_field.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        texts.say(magnifier.setIcon, lambda: icon("search", "muted"))
        texts.say(self.search_field.setPlaceholderText, hint)
        texts.say(self.search_field.setAccessibleName, hint)
        self.group_field = ChoiceField()
        self.group_field.addItem("", "")
        if all_groups is None:
            self.group_field.hide()
        else:
            # Not setVisible(True): without a parent yet it would be a window of its own, and take the focus.
            texts.say(lambda text: self.group_field.setItemText(0, text), all_groups)
            texts.say(self.group_field.setAccessibleName, lambda: _("Group"))
        self.view = QListView()
        self.view.setObjectName("checks")
        self.view.setUniformItemSizes(True)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setModel(self.model)
        texts.say(self.view.setAccessibleName, hint)
        self.search_field.textChanged.connect(lambda _text: self._narrow())
        self.group_field.activated.connect(lambda _number: self._narrow())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.search_field, self.group_field):
            column.addWidget(widget)
        column.addWidget(self.view, 1)

    def show_lines(self, lines: Sequence[CheckLine]) -> None:
        """Put these lines in the place of those before; the groups to choose from are theirs."""
        groups = list(dict.fromkeys(line.group for line in lines if line.group))
        chosen = self.group_field.currentData()
        while self.group_field.count() > 1:
            self.group_field.removeItem(1)
        for group in groups:
            self.group_field.addItem(group, group)
        self.group_field.setCurrentIndex(groups.index(chosen) + 1 if chosen in groups else 0)
        self.model.show_lines(lines)
        self._narrow()

    def show_all(self) -> None:
        """Every line again, whatever was searched before."""
        self.search_field.clear()
        self.group_field.setCurrentIndex(0)
        self._narrow()

    def _narrow(self) -> None:
        self.model.narrow(self.search_field.text(), self.group_field.currentData() or "")
