"""A place to drop files on. A folder gives the packages in it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop.gui.texts import Texts
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import plain_label


class DropZone(QFrame):
    """``files_dropped`` carries paths as they came, folders among them; looking into them is a job."""

    files_dropped = Signal(object)

    def __init__(self, texts: Texts, text: Callable[[], str], button: QPushButton) -> None:
        super().__init__()
        self.setObjectName("dropZone")
        self.setAcceptDrops(True)
        sign = plain_label()
        texts.say(sign.setPixmap, lambda: icon("inbox", "primary", side_px=28).pixmap(28, 28))
        text_label = plain_label("", wraps=True)
        texts.say(text_label.setText, text)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(14)
        row.addWidget(sign)
        row.addWidget(text_label, 1)
        row.addWidget(button)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's spelling
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._set_hot(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802  Qt's spelling
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's spelling
        self._set_hot(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths:
            self.files_dropped.emit(paths)

    def _set_hot(self, is_hot: bool) -> None:
        self.setProperty("hot", is_hot)
        self.style().unpolish(self)
        self.style().polish(self)


def packages_among(paths: list[Path]) -> list[Path]:
    """The files themselves, and the packages that lie directly in a folder."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob("*.mcp")) if path.is_dir() else [path]
    return found
