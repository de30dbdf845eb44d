"""Tabs that stand closer together where there is no room for all of them."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar

_LOOSE_EDGES_PX = 30
"""As in the style sheet: what a tab has beside its text."""


class FittingTabBar(QTabBar):
    def __init__(self) -> None:
        super().__init__()
        self._is_tight = False
        self.setDrawBase(False)
        self.setExpanding(False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        self._fit()
        super().resizeEvent(event)

    def tabLayoutChange(self) -> None:  # noqa: N802  Qt's spelling; called when a text is another one
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  Qt's spelling
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        texts_px = sum(metrics.horizontalAdvance(self.tabText(number)) for number in range(self.count()))
        is_tight = texts_px + self.count() * _LOOSE_EDGES_PX > self.width()
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self.setProperty("tight", is_tight)
            self.style().unpolish(self)
            self.style().polish(self)
