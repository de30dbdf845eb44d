"""The items of a checklist: number, title, ★ for a veto, a mark for what is done. Digits score without the mouse."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.visit_score import LineState, ScoreLine
from desktop.gui.theme import color
from desktop.gui.widgets.icons import icon

Index = QModelIndex | QPersistentModelIndex
SCORE_ROLE = Qt.ItemDataRole.UserRole + 1
"""What the item gained of its points; its points alone while it is not answered."""

_NOWHERE = QModelIndex()
_TEXT_FROM_PX, _EDGE_PX = 40, 12
LETTERS = frozenset("nvlmdhfjkpbgcet?")
"""N/A, veto, mended (立行立改), measured figures, deduction, head, facts, next, previous, phrases,
covert notes, signatures, camera, last photo (as Ctrl+E elsewhere), interviews (谈话), help."""


class ItemsModel(QAbstractListModel):
    """``UserRole`` returns the ScoreLine."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[ScoreLine, ...] = ()

    def show_lines(self, lines: tuple[ScoreLine, ...]) -> None:
        """New marks for the same items keep the place; other items begin anew."""
        if [line.item for line in lines] == [line.item for line in self.lines]:
            changed = [
                row for row, pair in enumerate(zip(self.lines, lines, strict=True)) if pair[0] != pair[1]
            ]
            self.lines = lines
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
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
            return f"{line.item.no}. {star}{line.item.title}"
        if role == SCORE_ROLE:
            return _score(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.item.no}. {line.item.title} {_score(line)}"
        if role == Qt.ItemDataRole.DecorationRole:
            if line.veto_hit:
                return icon("triangle-alert", "bad")
            if line.state is LineState.UNANSWERED:
                return icon("circle", "border_strong")
            return icon("circle-check", "ok")
        return line if role == Qt.ItemDataRole.UserRole else None


class ItemDelegate(QStyledItemDelegate):
    """Number and title, cut where there is no room, and what was gained at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = QStyleOptionViewItem(option)
        gained = str(index.data(SCORE_ROLE) or "")
        width = row.fontMetrics.horizontalAdvance(gained)
        self.initStyleOption(row, index)
        title, row.text = row.text, ""
        row.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        painter.save()
        painter.setFont(row.font)
        inner = row.rect.adjusted(_TEXT_FROM_PX, 0, -_EDGE_PX, 0)
        painter.setPen(color("muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, gained)
        painter.setPen(color("text"))
        words = inner.adjusted(0, 0, -(width + _EDGE_PX if gained else 0), 0)
        shown = row.fontMetrics.elidedText(title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(0, super().sizeHint(option, index).height())


def _score(line: ScoreLine) -> str:
    if line.state is LineState.NOT_APPLICABLE:
        return "—"
    points = f"{line.points.normalize():f}"
    return points if line.score is None else f"{line.score.normalize():f} / {points}"


class ItemsView(QListView):
    """Scores with single keys. ``passed``: nothing off, and on; ``letter_typed``: a command of the page."""

    digit_typed = Signal(int)
    passed = Signal()
    facts_wanted = Signal()
    letter_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(ItemDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        text = event.text().lower()
        if text in tuple("0123456789"):
            self.digit_typed.emit(int(text))
        elif text == " ":
            self.passed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.facts_wanted.emit()
        elif text and text in LETTERS:
            self.letter_typed.emit(text)
        else:
            super().keyPressEvent(event)
