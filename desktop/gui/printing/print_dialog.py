"""Asks for printer, copies and pages."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.fitting import FittingDialog
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.quiet_wheel import ChoiceField, NumberField
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.printing.send_to_printer import MOST_COPIES, PrintOrder, page_numbers


class PrintDialog(FittingDialog):
    """``ordered`` carries a PrintOrder. Pages are chosen only where their number is known beforehand."""

    ordered = Signal(object)

    def __init__(
        self, printers: Sequence[str], page_count: int, is_counted: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        texts = Texts()
        self._page_count = page_count
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Print"))
        self.setMinimumWidth(460)
        self.note = NoteBar()
        self.printer_field = ChoiceField()
        self.printer_field.addItems(list(printers))
        self.copies_field = NumberField()
        self.copies_field.setRange(1, MOST_COPIES)
        self.pages_field = QLineEdit()
        self.pages_field.setPlaceholderText(_("all; or such as 1-3,5"))
        form = FieldForm(texts)
        form.add_field(lambda: _("Printer"), self.printer_field)
        form.add_field(lambda: _("Copies"), self.copies_field)
        form.add_field(lambda: _("Pages"), self.pages_field)
        self.pages_field.setEnabled(is_counted)
        self.print_button = text_button(texts, lambda: _("Print"), "printer", is_primary=True)
        self.print_button.setDefault(True)
        cancel_button = text_button(texts, lambda: _("Cancel"))
        self.print_button.clicked.connect(self._order)
        cancel_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        heading = _("Pages: {count}").format(count=page_count) if is_counted else _("All that are chosen")
        column.addWidget(plain_label(heading, "heading"))
        column.addLayout(form)
        column.addWidget(self.note)
        column.addStretch(1)
        column.addLayout(button_row(cancel_button, self.print_button))

    def _order(self) -> None:
        pages = self.pages_field.text().strip()
        try:
            page_numbers(pages, self._page_count)
        except UserError as error:
            self.note.show_problem(error)
            self.pages_field.setFocus()
            return
        self.ordered.emit(PrintOrder(self.printer_field.currentText(), self.copies_field.value(), pages))
        self.accept()
