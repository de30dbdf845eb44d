"""打印: a form for one record, seen as it will be on paper, saved as PDF."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QCheckBox, QComboBox, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, split
from desktop.gui.widgets.file_dialogs import choose_target
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.search_bar import SearchBar
from desktop.i18n import _
from desktop.services.preview_form import form_choices, preview_form
from desktop.services.print_form import print_form
from desktop.services.printable_records import PrintablePage, PrintableRecord, find_printable


class PrintPage(Page):
    icon_name = "printer"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Print"))
        self._pdf = QBuffer(self)
        self._document = QPdfDocument(self)
        self._wanted = ""
        self.preview = QPdfView(self)
        self.preview.setDocument(self._document)
        self.preview.setPageMode(QPdfView.PageMode.MultiPage)
        self.preview.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.form_field = QComboBox()
        self.texts.say(self._say_forms, lambda: [f"{form.code} {form.title}" for form in form_choices()])
        self.blank_field = QCheckBox()
        self.texts.say(self.blank_field.setText, lambda: _("Blank, to be filled in by hand"))
        self.search = SearchBar(self.texts, lambda: _("Unit, site, mission or file"))
        self.records: RowsModel[PrintableRecord] = RowsModel(_columns(), self)
        self.records_view = RowsView(self.records)
        self.save_button = text_button(self.texts, lambda: _("Save as PDF …"), "save", is_primary=True)
        self.save_button.setEnabled(False)
        self.action_row.addWidget(self.save_button)
        self._connect()
        self._lay_out()

    def reload(self) -> None:
        self.records.say_again()
        form = form_choices()[self.form_field.currentIndex()]
        self.blank_field.setVisible(form.code == "F01")
        work = partial(find_printable, kind=form.record_kind, text=self.search.text)
        self.jobs.read(work, self._show_records, self.show_error, name="printable")

    def open_item(self, item: object) -> None:
        """The id of a visit: its form."""
        self._wanted = str(item)
        self.form_field.setCurrentIndex(0)
        self.search.search_field.clear()
        self.reload()

    def save_pdf(self, target: Path) -> None:
        record = self.records_view.chosen_row()
        work = partial(
            print_form, code=self._code(), ids=[record.id], target=target, is_blank=self._is_blank()
        )
        self.jobs.write(work, lambda _report: self._show_saved(target), self.show_error)

    def _connect(self) -> None:
        self.form_field.activated.connect(lambda _number: self.reload())
        self.search.changed.connect(self.reload)
        self.blank_field.toggled.connect(lambda _on: self._draw())
        self.records_view.row_chosen.connect(lambda _row: self._draw())
        self.records.more_wanted.connect(self._read_more)
        self.save_button.clicked.connect(self._ask_target)

    def _code(self) -> str:
        return form_choices()[self.form_field.currentIndex()].code

    def _is_blank(self) -> bool:
        return self._code() == "F01" and self.blank_field.isChecked()

    def _say_forms(self, names: list[str]) -> None:
        for number, name in enumerate(names):
            if number < self.form_field.count():
                self.form_field.setItemText(number, name)
            else:
                self.form_field.addItem(name)

    def _show_records(self, page: PrintablePage) -> None:
        chosen = self.records_view.chosen_row()
        wanted = self._wanted or (chosen.id if chosen else "")
        if wanted and wanted not in [row.id for row in page.rows]:
            wanted = ""
        self._wanted = ""
        self.records.show_rows(page.rows, page.total)
        self._sides.setCurrentIndex(0 if page.rows else 1)
        self.save_button.setEnabled(bool(page.rows))
        numbers = [number for number, row in enumerate(page.rows) if row.id == wanted]
        if page.rows:
            self.records_view.selectRow(numbers[0] if numbers else 0)

    def _read_more(self, offset: int) -> None:
        form = form_choices()[self.form_field.currentIndex()]
        work = partial(find_printable, kind=form.record_kind, text=self.search.text, offset=offset)
        self.jobs.read(
            work, lambda page: self.records.append_rows(page.rows), self.show_error, name="printable"
        )

    def _draw(self) -> None:
        record = self.records_view.chosen_row()
        if record is not None:
            work = partial(preview_form, code=self._code(), ids=[record.id], is_blank=self._is_blank())
            self.jobs.read(work, self._show_pdf, self._show_undrawn, name="preview")

    def _show_pdf(self, pdf: bytes) -> None:
        self.note.hide()
        self._document.close()
        self._pdf.close()
        self._pdf.setData(QByteArray(pdf))
        self._pdf.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._pdf)
        self._sheets_label.setText(_("{count} pages").format(count=self._document.pageCount()))
        self.save_button.setEnabled(True)

    def _show_undrawn(self, error: UserError) -> None:
        self._document.close()
        self._sheets_label.clear()
        self.save_button.setEnabled(False)
        self.show_error(error)

    def _ask_target(self) -> None:
        record = self.records_view.chosen_row()
        if record is not None:
            target = choose_target(
                self, _("Save as PDF …"), f"{self._code()}-{record.id[-8:]}.pdf", "PDF (*.pdf)"
            )
            if target is not None:
                self.save_pdf(target)

    def _show_saved(self, target: Path) -> None:
        self.note.show_done(
            _("The PDF has been saved: {path}").format(path=target),
            _("It is readable by anybody: delete it when it has been printed."),
        )

    def _lay_out(self) -> None:
        self.texts.say(self.form_field.setAccessibleName, lambda: _("Form"))
        self.texts.say(self.records_view.setAccessibleName, lambda: _("What to print"))
        self.texts.say(self.preview.setAccessibleName, lambda: _("Preview"))
        left = Card()
        left.content.addWidget(self.form_field)
        left.content.addWidget(self.blank_field)
        left.content.addWidget(self.search)
        left.content.addWidget(self.records_view, 1)
        right = Card()
        self._sheets_label = plain_label("", "muted")
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._sheets_label)
        column.addWidget(self.preview, 1)
        self._sides = QStackedWidget()
        self._sides.addWidget(shown)
        self._sides.addWidget(
            EmptyState(
                self.texts,
                "printer",
                lambda: _("There is nothing to print yet"),
                lambda: _(
                    "Visits can be printed when they are planned, packages when they were written or merged."
                ),
            )
        )
        right.content.addWidget(self._sides)
        self.body.addWidget(split(left, right, (430, 680)), 1)


def _columns() -> tuple[Column[PrintableRecord], ...]:
    return (
        Column(lambda: _("Day"), lambda row: row.day, 104),
        Column(lambda: _("What"), lambda row: row.name),
    )
