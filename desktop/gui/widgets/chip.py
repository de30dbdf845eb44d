"""A small coloured pill with a word of state, for where there is no table to paint one."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.gui.theme import color

_HEIGHT_PX = 22
_TEXT_PX = 12


class Chip(QWidget):
    """``tone`` is a word of the theme: primary, ok, warn, bad or muted."""

    def __init__(self, text: str = "", tone: str = "muted") -> None:
        super().__init__()
        self._text, self._tone = text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def text(self) -> str:
        return self._text

    def show_state(self, text: str, tone: str) -> None:
        self._text, self._tone = " ".join(text.split()), tone
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        font = self.font()
        font.setPixelSize(_TEXT_PX)
        self.setFont(font)
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 18, _HEIGHT_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's spelling
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("hover" if self._tone == "muted" else f"{self._tone}_soft"))
        painter.drawRoundedRect(self.rect(), _HEIGHT_PX / 2, _HEIGHT_PX / 2)
        font = painter.font()
        font.setPixelSize(_TEXT_PX)
        painter.setFont(font)
        painter.setPen(color(self._tone))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
