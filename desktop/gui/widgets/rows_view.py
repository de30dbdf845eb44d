"""The table of a page: whole rows, one line each, chips for states, the focus visible on the row."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.gui.theme import color
from desktop.gui.widgets.rows_model import CHIP_ROLE, RowsModel

R = TypeVar("R")
ROW_PX = 40
_LEAST_ROWS = 2
_CHIP_PX = 22


class ChipDelegate(QStyledItemDelegate):
    """Paints a cell with a chip role as a small coloured pill; every other cell as usual."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell = QStyleOptionViewItem(option)
        # The row shows the focus, not the cell.
        cell.state &= ~QStyle.StateFlag.State_HasFocus
        token = index.data(CHIP_ROLE)
        if not token or not index.data():
            super().paint(painter, cell, index)
            return
        self.initStyleOption(cell, index)
        text, cell.text = cell.text, ""
        widget = cell.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, widget)
        self._paint_chip(painter, cell.rect, text, token)

    def _paint_chip(self, painter: QPainter, cell: QRect, text: str, tone: str) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(painter.font())
        font.setPixelSize(12)
        painter.setFont(font)
        width = min(painter.fontMetrics().horizontalAdvance(text) + 18, cell.width() - 12)
        chip = QRect(cell.x() + 8, cell.y() + (cell.height() - _CHIP_PX) // 2, width, _CHIP_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("hover" if tone == "muted" else f"{tone}_soft"))
        painter.drawRoundedRect(chip, _CHIP_PX / 2, _CHIP_PX / 2)
        painter.setPen(color(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, chip.width() - 12)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()


class RowsView(QTableView):
    """``row_chosen`` carries the row object under the cursor, ``row_opened`` one that was activated. ``turned``:
    somebody went to another row by hand, not the program.

    A column has the width its page gives it, and more where its texts are cut while others have room to spare; the
    one without a width takes what is left. What the user has dragged stays as it is.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)
    turned = Signal()

    def __init__(self, model: RowsModel[R]) -> None:
        super().__init__()
        self._model: RowsModel[Any] = model
        self._dragged: set[int] = set()
        self._is_head_held = False
        self.setModel(model)
        self.setItemDelegate(ChipDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(48)
        # Only the rows in sight count: asking all of them would take as long as there are rows.
        header.setResizeContentsPrecision(0)
        for number, column in enumerate(model.columns):
            if column.width_px:
                self.setColumnWidth(number, column.width_px)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._note_dragged)
        header.viewport().installEventFilter(self)
        model.modelReset.connect(self._share_room)
        model.headerDataChanged.connect(self._share_room)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.activated.connect(lambda index: self.row_opened.emit(model.row(index.row())))

    def chosen_row(self) -> Any:  # noqa: ANN401  whatever the rows of the model are
        """The row under the cursor, or None."""
        index = self.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def choose_first(self) -> None:
        if self._model.rowCount() and not self.currentIndex().isValid():
            self.selectRow(0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        """The head and a few rows: less would be no table any more."""
        hint = super().minimumSizeHint()
        head_px = self.horizontalHeader().sizeHint().height()
        return QSize(hint.width(), max(hint.height(), head_px + _LEAST_ROWS * ROW_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._share_room()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  Qt's spelling
        before = self.currentIndex().row()
        super().mousePressEvent(event)
        self._tell_turned(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        self._tell_turned(before)

    def _tell_turned(self, before: int) -> None:
        if self.currentIndex().row() != before:
            self.turned.emit()

    def _share_room(self, *_what: object) -> None:
        """Give the room that the column without a width does not need to those whose texts are cut.

        Where there is too little for all, columns get what their texts need, and are left out from the right as far
        as they may be.
        """
        columns = self._model.columns
        if all(column.width_px for column in columns):
            return
        least = [self._least_width(number) for number in range(len(columns))]
        room = self.viewport().width()
        for number in range(len(columns)):
            self.setColumnHidden(number, False)
        needed = [self.sizeHintForColumn(number) for number in range(len(columns))]
        if sum(least) > room:
            least = [self._narrowest(number, least[number], needed[number]) for number in range(len(columns))]
        for number in reversed([n for n, column in enumerate(columns) if column.gives_way]):
            if sum(self._shown(least)) > room:
                self.setColumnHidden(number, True)
        spare = room - sum(
            width if columns[number].width_px else max(width, needed[number])
            for number, width in enumerate(least)
            if not self.isColumnHidden(number)
        )
        for number, column in enumerate(columns):
            if column.width_px and number not in self._dragged and not self.isColumnHidden(number):
                extra = max(0, min(needed[number] - least[number], spare))
                spare -= extra
                self.setColumnWidth(number, least[number] + extra)

    def _least_width(self, number: int) -> int:
        """What a column must have: the width of its page, and enough for its head and its chips."""
        column = self._model.columns[number]
        if number in self._dragged:
            return self.columnWidth(number)
        chip_px = 0 if column.chip is None else self.sizeHintForColumn(number)
        head_px = self.horizontalHeader().sectionSizeHint(number)
        return max(column.width_px or column.least_px, head_px, chip_px)

    def _narrowest(self, number: int, width: int, needed: int) -> int:
        """Not narrower than its head, nor than its texts."""
        if number in self._dragged or not self._model.columns[number].width_px:
            return width
        return max(min(width, needed), self.horizontalHeader().sectionSizeHint(number))

    def _shown(self, widths: Sequence[int]) -> Iterator[int]:
        return (width for number, width in enumerate(widths) if not self.isColumnHidden(number))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's spelling
        if event.type() == QEvent.Type.MouseButtonPress:
            self._is_head_held = True
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._is_head_held = False
        return super().eventFilter(watched, event)

    def _note_dragged(self, number: int, _before: int, _now: int) -> None:
        # A column that is hidden, or shown again, is reported as resized too, and sometimes later.
        if self._is_head_held and self._model.columns[number].width_px:
            self._dragged.add(number)

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(self._model.row(current.row()))
