"""Moving pictures: the newest frame, whole and upright, on a dark ground; or a sentence where there is none."""

from time import monotonic

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.gui.widgets.labels import plain_label

_EVERY_S = 1 / 20
_GROUND = QColor("#101418")
_WORDS = "color: #d5dbe1"
_MARGIN = 24


class FrameView(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._shown_s = 0.0
        self._label = plain_label("", wraps=True)
        self._label.setParent(self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setStyleSheet(_WORDS)
        self.setMinimumSize(280, 158)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_picture(self) -> bool:
        return not self._image.isNull()

    def text(self) -> str:
        return self._label.text()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(480, 270)

    def show_frame(self, frame: QVideoFrame) -> None:
        """Frames that come faster than they can be seen are left out: each costs the window some milliseconds."""
        now = monotonic()
        if now - self._shown_s < _EVERY_S:
            return
        image = frame.toImage()
        if not image.isNull():
            self._shown_s = now
            self._image = image
            self._label.hide()
            self.update()

    def show_text(self, text: str) -> None:
        self._image = QImage()
        self._shown_s = 0.0
        self._label.setText(text)
        self._label.show()
        self.setAccessibleDescription(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  Qt's spelling
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        self._label.setGeometry(self.rect().adjusted(_MARGIN, 0, -_MARGIN, 0))
        if not self._image.isNull():
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, 0, 0)
            place.setSize(size)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
