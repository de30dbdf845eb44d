"""The items of a checklist: number, title, ★ for a veto, a mark for what is done. Digits score without the mouse."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from desktop.domain.visit_score import LineState, ScoreLine
from desktop.gui.widgets.icons import icon

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ItemsModel(QAbstractListModel):
    """``UserRole`` returns the ScoreLine."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[ScoreLine, ...] = ()

    def show_lines(self, lines: tuple[ScoreLine, ...]) -> None:
        """New marks for the same items keep the place; other items begin anew."""
        if [line.item for line in lines] == [line.item for line in self.lines]:
            self.lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
        else:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  Qt's spelling
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            star = "★ " if line.item.veto else ""
            gained = (
                "" if line.score is None else f"  {line.score.normalize():f} / {line.points.normalize():f}"
            )
            return f"{line.item.no}. {star}{line.item.title}{gained}"
        if role == Qt.ItemDataRole.DecorationRole:
            if line.veto_hit:
                return icon("triangle-alert", "bad")
            return icon("circle-check", "border_strong" if line.state is LineState.UNANSWERED else "ok")
        return line if role == Qt.ItemDataRole.UserRole else None


class ItemsView(QListView):
    """``suggestion_chosen``: digit 1 to 9; ``full_given``: 0, nothing off; ``not_applicable_chosen``: N."""

    suggestion_chosen = Signal(int)
    full_given = Signal()
    not_applicable_chosen = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        text = event.text()
        if text in tuple("123456789"):
            self.suggestion_chosen.emit(int(text))
        elif text == "0":
            self.full_given.emit()
        elif text.lower() == "n":
            self.not_applicable_chosen.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
