"""The pages as they will be on paper."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _


class Preview(QWidget):
    """Holds the PDF in memory: nothing of it is written to the disk."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._pdf = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._pages_label = plain_label("", "muted")
        texts.say(self.view.setAccessibleName, lambda: _("Preview"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages_label)
        column.addWidget(self.view, 1)

    @property
    def page_count(self) -> int:
        return self.document.pageCount()

    def show_pdf(self, pdf: bytes, chosen: int, drawn: int) -> None:
        """``chosen`` records are to be printed, the first ``drawn`` of them are in the PDF."""
        self.document.close()
        self._pdf.close()
        self._pdf.setData(QByteArray(pdf))
        self._pdf.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._pdf)
        text = _("{count} pages").format(count=self.page_count)
        if chosen > drawn:
            text = _("The first {drawn} of {chosen} that are chosen").format(drawn=drawn, chosen=chosen)
        self._pages_label.setText(text)

    def clear(self) -> None:
        self.document.close()
        self._pages_label.clear()

    @staticmethod
    def count_pages(pdf: bytes) -> int:
        """How many pages a PDF has that is not the one shown."""
        buffer = QBuffer()
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(buffer)
        count = document.pageCount()
        document.close()
        return count
