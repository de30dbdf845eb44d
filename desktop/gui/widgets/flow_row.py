"""Parts in a row that gives way to a narrow window: none of their texts is cut."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget


class TurningRow(QWidget):
    """Parts beside each other where there is room for all of them, else below each other; they share what is over."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._parts = parts
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        for part in parts:
            self._box.addWidget(part)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(_widest(self._parts), self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """Another language, or a part that comes or goes, needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        seen = list(self._seen())
        needed = sum(part.sizeHint().width() for part in seen) + self._box.spacing() * (len(seen) - 1)
        across, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._box.setDirection(across if needed <= self.width() else below)

    def _seen(self) -> Iterator[QWidget]:
        return (part for part in self._parts if not _is_left_out(part))


class FlowRow(QWidget):
    """Parts that keep their own widths, after each other like words, in as many rows as they need."""

    def __init__(self, *parts: QWidget, gap_px: int) -> None:
        super().__init__()
        self._parts = parts
        self._gap_px = gap_px
        self._placed: list[list[QWidget]] = []
        self._rows = [QHBoxLayout() for _part in parts]
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in self._rows:
            row.setSpacing(gap_px)
            row.addStretch(1)
            column.addLayout(row)
        self._place([list(parts)])

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(_widest(self._parts), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._place(list(self._in_rows()))

    def event(self, event: QEvent) -> bool:
        """Another language, or a part that comes or goes, needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place(list(self._in_rows()))
        return super().event(event)

    def _in_rows(self) -> Iterator[list[QWidget]]:
        row: list[QWidget] = []
        left_px = self.width()
        for part in (part for part in self._parts if not _is_left_out(part)):
            needed_px = part.sizeHint().width()
            if row and needed_px > left_px:
                yield row
                row, left_px = [], self.width()
            row.append(part)
            left_px -= needed_px + self._gap_px
        yield row

    def _place(self, placed: list[list[QWidget]]) -> None:
        if placed == self._placed:
            return
        self._placed = placed
        for row, parts in zip(self._rows, placed, strict=False):
            for number, part in enumerate(parts):
                row.insertWidget(number, part)
            above = 0 if row is self._rows[0] else self._gap_px // 2
            row.setContentsMargins(0, above, 0, 0)
        for row in self._rows[len(placed) :]:
            row.setContentsMargins(0, 0, 0, 0)


def _widest(parts: Sequence[QWidget]) -> int:
    return max((part.minimumSizeHint().width() for part in parts if not _is_left_out(part)), default=0)


def _is_left_out(part: QWidget) -> bool:
    """Hidden on purpose; what has not been shown yet is to be counted."""
    return part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
