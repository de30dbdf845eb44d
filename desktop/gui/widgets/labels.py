"""Labels. All text is plain: what comes from data may look like markup and must never be read as such."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QSizePolicy, QWidget


def plain_label(text: str = "", look: str = "", *, wraps: bool = False) -> QLabel:
    """A label; ``look`` is a word of the style sheet."""
    label = _WrappedLabel() if wraps else QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wraps)
    if look:
        label.setProperty("look", look)
    return label


class _WrappedLabel(QLabel):
    """Asks for all its lines in the width it has, where Qt asks for those of a width of its own choice.

    On a page, which is scrolled where that is more than there is; a dialog is never higher than the screen, and has
    lists that give way.
    """

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        hint = super().minimumSizeHint()
        if isinstance(self.window(), QDialog):
            return hint
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class CutLabel(QWidget):
    """One line that ends in “…” where there is no room, however long the text is."""

    def __init__(self, text: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._label = plain_label("", look)
        self._label.setParent(self)
        self._label.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:  # noqa: N802  as of QLabel, so that both can be put the same way
        self._text = " ".join(text.split())
        self.setAccessibleName(self._text)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        self._label.ensurePolished()
        metrics = self._label.fontMetrics()
        return QSize(min(metrics.horizontalAdvance(self._text) + 2, 600), metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's spelling
        self._label.ensurePolished()
        painter = QPainter(self)
        painter.setFont(self._label.font())
        painter.setPen(self._label.palette().color(self._label.foregroundRole()))
        room = self.contentsRect()
        shown = self._label.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
