"""The pages as they will be on paper."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _


class Preview(QWidget):
    """Holds the PDF in memory: nothing of it is written to the disk.

    Of many records a part is drawn at a time; ``turned`` says that the part before (-1) or behind (1) is wanted.
    """

    turned = Signal(int)

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
        self.back_button = text_button(texts, lambda: _("Earlier ones"), "chevron-left")
        self.on_button = text_button(texts, lambda: _("Further ones"), "chevron-right")
        self.back_button.clicked.connect(lambda: self.turned.emit(-1))
        self.on_button.clicked.connect(lambda: self.turned.emit(1))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._pages_label, 1)
        row.addWidget(self.back_button)
        row.addWidget(self.on_button)
        self._show_buttons(has_before=False, has_more=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.view, 1)

    @property
    def page_count(self) -> int:
        return self.document.pageCount()

    def show_pdf(self, pdf: bytes, chosen: int, first: int, drawn: int) -> None:
        """``chosen`` records are to be printed; the PDF has ``drawn`` of them from number ``first`` on, from 0."""
        self.document.close()
        self._pdf.close()
        self._pdf.setData(QByteArray(pdf))
        self._pdf.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._pdf)
        text = _("Pages: {count}").format(count=self.page_count)
        if chosen > drawn:
            text = _("Number {first} to {last} of the {chosen} that are chosen").format(
                first=first + 1, last=first + drawn, chosen=chosen
            )
        self._pages_label.setText(text)
        self._show_buttons(has_before=first > 0, has_more=first + drawn < chosen)

    def clear(self) -> None:
        self.document.close()
        self._pages_label.clear()
        self._show_buttons(has_before=False, has_more=False)

    def _show_buttons(self, *, has_before: bool, has_more: bool) -> None:
        for button, is_possible in ((self.back_button, has_before), (self.on_button, has_more)):
            button.setVisible(has_before or has_more)
            button.setEnabled(is_possible)

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
