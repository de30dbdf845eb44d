"""A list whose lines are shown whole: they wrap in the width that there is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import QListView, QListWidget, QStyledItemDelegate, QStyleOptionViewItem

_PADDING_PX = 10
"""As in the style sheet, at either side of a line."""


class WrappedList(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_WholeLines(self))


class _WholeLines(QStyledItemDelegate):
    """Qt counts the lines of a text in the width of the whole list, and cuts what needs one more within it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(  # noqa: N802  Qt's spelling
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        bar_px = self._view.verticalScrollBar().sizeHint().width()
        within = QStyleOptionViewItem(option)
        within.rect = QRect(0, 0, self._view.width() - bar_px - 2 * _PADDING_PX, option.rect.height())
        return super().sizeHint(within, index)
