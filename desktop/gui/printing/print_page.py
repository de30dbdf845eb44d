"""打印: forms for one or more records, seen as they will be on paper, saved as PDF or sent to a printer."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QMenu, QStackedWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.printing.preview import Preview
from desktop.gui.printing.print_dialog import PrintDialog
from desktop.gui.printing.qt_printing import print_pdf, printers
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, Split
from desktop.gui.widgets.file_dialogs import choose_target
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.search_bar import SearchBar
from desktop.i18n import _
from desktop.services.printing.preview_form import FormChoice, form_choices, preview_form
from desktop.services.printing.print_form import print_form
from desktop.services.printing.printable_records import PrintablePage, PrintableRecord, find_printable
from desktop.services.printing.send_to_printer import PrintOrder
from desktop.services.scoring.export_ranking import export_ranking, ranking_years

_PAUSE_MS = 120
_PREVIEWED_AT_ONCE = 12


class PrintPage(Page):
    icon_name = "printer"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Print"))
        self._wanted = ""
        self._first = 0
        self.preview = Preview(self.texts)
        # Choosing ten rows with the keyboard draws once.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw_anew)
        self.preview.turned.connect(self._turn)
        self.form_field = ChoiceField()
        self.texts.say(self._say_forms, lambda: [f"{form.code} {form.title}" for form in form_choices()])
        self.blank_field = QCheckBox()
        self.texts.say(self.blank_field.setText, lambda: _("Blank, to be filled in by hand"))
        self.search = SearchBar(self.texts, lambda: _("Unit, site, mission or file"))
        self.records: RowsModel[PrintableRecord] = RowsModel(_columns(), self)
        self.records_view = RowsView(self.records)
        self.records_view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.ranking_button = text_button(self.texts, lambda: _("Ranking as Excel …"), "download")
        self.ranking_button.setMenu(QMenu(self.ranking_button))
        self.ranking_button.hide()
        self.save_button = text_button(self.texts, lambda: _("Save as PDF …"), "save")
        self.print_button = text_button(self.texts, lambda: _("Print …"), "printer", is_primary=True)
        for button in (self.ranking_button, self.save_button, self.print_button):
            self.action_row.addWidget(button)
        self._allow(False)
        self._connect()
        self._lay_out()

    def reload(self) -> None:
        self.records.say_again()
        self.blank_field.setVisible(self._form().has_blank)
        self.jobs.read(self._find(), self._show_records, self.show_error, name="printable")
        self.jobs.read(ranking_years, self._show_years, self.show_error, name="years to rank")

    def open_item(self, item: object) -> None:
        """The id of a visit, for its inspection form; or the code of a form and the id of what it is printed for."""
        code, wanted = item if isinstance(item, tuple) else ("F01", item)
        self._wanted = str(wanted)
        codes = [form.code for form in form_choices()]
        self.form_field.setCurrentIndex(codes.index(code))
        self.blank_field.setChecked(False)
        self.search.search_field.clear()
        self.reload()

    def save_pdf(self, target: Path) -> None:
        work = partial(
            print_form, code=self._code(), ids=self._chosen(), target=target, is_blank=self._is_blank()
        )
        self.jobs.write(work, lambda _report: self._show_saved(target), self.show_error)

    def save_ranking(self, year: int, target: Path) -> None:
        work = partial(export_ranking, year=year, target=target)
        self.jobs.write(work, lambda count: self._show_ranking(count, target), self.show_error)

    def print_out(self, order: PrintOrder) -> None:
        """Draw everything that is chosen, note it in the log, and hand it to the printer."""
        self._allow(False)
        work = partial(preview_form, code=self._code(), ids=self._chosen(), is_blank=self._is_blank())
        self.jobs.write(work, partial(self._send, order), self._show_not_printed)

    def _send(self, order: PrintOrder, pdf: bytes) -> None:
        work = partial(print_pdf, pdf, self._code(), order, self.preview.count_pages(pdf))
        self.jobs.aside(work, lambda _none: self._show_printed(), self._show_not_printed)

    def _show_printed(self) -> None:
        self._allow(True)
        self.note.show_done(_("Sent to the printer."))

    def _show_not_printed(self, error: UserError) -> None:
        self._allow(True)
        self.show_error(error)

    def _connect(self) -> None:
        self.form_field.activated.connect(lambda _number: self.reload())
        self.search.changed.connect(self.reload)
        self.blank_field.toggled.connect(lambda _on: self.reload())
        self.records_view.selectionModel().selectionChanged.connect(lambda *_rows: self._pause.start())
        self.records.more_wanted.connect(self._read_more)
        self.save_button.clicked.connect(self._ask_target)
        self.print_button.clicked.connect(self._ask_printer)

    def _allow(self, is_ready: bool) -> None:
        self.save_button.setEnabled(is_ready)
        self.print_button.setEnabled(is_ready)

    def _find(self, offset: int = 0) -> partial[PrintablePage]:
        return partial(
            find_printable,
            code=self._code(),
            is_blank=self._is_blank(),
            text=self.search.text,
            offset=offset,
        )

    def _chosen(self) -> list[str]:
        """The ids of the rows that are chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.records_view.selectionModel().selectedRows())
        return [self.records.row(row).id for row in rows]

    def _code(self) -> str:
        return self._form().code

    def _form(self) -> FormChoice:
        return form_choices()[self.form_field.currentIndex()]

    def _is_blank(self) -> bool:
        return self._form().has_blank and self.blank_field.isChecked()

    def _say_forms(self, names: list[str]) -> None:
        for number, name in enumerate(names):
            if number < self.form_field.count():
                self.form_field.setItemText(number, name)
            else:
                self.form_field.addItem(name)

    def _show_records(self, page: PrintablePage) -> None:
        chosen = self._chosen()
        wanted = self._wanted or (chosen[0] if chosen else "")
        self._wanted = ""
        self.records.show_rows(page.rows, page.total)
        self._sides.setCurrentIndex(0 if page.rows else 1)
        self._allow(bool(page.rows))
        numbers = [number for number, row in enumerate(page.rows) if row.id == wanted]
        if page.rows:
            self.records_view.selectRow(numbers[0] if numbers else 0)

    def _read_more(self, offset: int) -> None:
        self.jobs.read(
            self._find(offset),
            lambda page: self.records.append_rows(page.rows),
            self.show_error,
            name="printable",
        )

    def _draw_anew(self) -> None:
        """Something else is chosen: its beginning is shown."""
        self._first = 0
        self._draw()

    def _turn(self, step: int) -> None:
        """The part before or behind the one shown; drawn only now that somebody wants to see it."""
        self._first = max(0, self._first + step * _PREVIEWED_AT_ONCE)
        self._draw()

    def _draw(self) -> None:
        chosen = self._chosen()
        if chosen:
            ids = chosen[self._first : self._first + _PREVIEWED_AT_ONCE]
            work = partial(preview_form, code=self._code(), ids=ids, is_blank=self._is_blank())
            show = partial(self._show_pdf, len(chosen), self._first, len(ids))
            self.jobs.read(work, show, self._show_undrawn, name="preview")

    def _show_pdf(self, chosen: int, first: int, drawn: int, pdf: bytes) -> None:
        self.preview.show_pdf(pdf, chosen, first, drawn)
        self._allow(True)

    def _show_undrawn(self, error: UserError) -> None:
        self.preview.clear()
        self._allow(False)
        self.show_error(error)

    def _ask_target(self) -> None:
        chosen = self._chosen()
        if chosen:
            name = f"{self._code()}-{chosen[0][-8:]}.pdf" if len(chosen) == 1 else f"{self._code()}.pdf"
            target = choose_target(self, _("Save as PDF …"), name, "PDF (*.pdf)")
            if target is not None:
                self.save_pdf(target)

    def _ask_printer(self) -> None:
        """Which printers there are is asked beside the window: the print system may take its time."""
        self.note.hide()
        self.jobs.aside(printers, self._show_printers, self.show_error)

    def _show_printers(self, names: tuple[str, ...]) -> None:
        dialog = PrintDialog(names, self.preview.page_count, len(self._chosen()) <= _PREVIEWED_AT_ONCE, self)
        dialog.ordered.connect(self.print_out)
        dialog.open()

    def _show_years(self, years: tuple[int, ...]) -> None:
        menu = self.ranking_button.menu()
        menu.clear()
        for year in years:
            menu.addAction(_("Year {year}").format(year=year), partial(self._ask_ranking, year))
        self.ranking_button.setVisible(bool(years))

    def _ask_ranking(self, year: int) -> None:
        target = choose_target(self, _("Ranking as Excel …"), f"{_('ranking')}-{year}.xlsx", "Excel (*.xlsx)")
        if target is not None:
            self.save_ranking(year, target)

    def _show_ranking(self, count: int, target: Path) -> None:
        self.note.show_done(
            _("The ranking of {count} units has been saved: {path}").format(count=count, path=target),
            _("It is a trial run and readable by anybody."),
        )

    def _show_saved(self, target: Path) -> None:
        self.note.show_done(
            _("The PDF has been saved: {path}").format(path=target),
            _("It is readable by anybody: delete it when it has been printed."),
        )

    def _lay_out(self) -> None:
        self.texts.say(self.form_field.setAccessibleName, lambda: _("Form"))
        self.texts.say(self.records_view.setAccessibleName, lambda: _("What to print"))
        left = Card()
        left.content.addWidget(self.form_field)
        left.content.addWidget(self.blank_field)
        left.content.addWidget(self.search)
        left.content.addWidget(self.records_view, 1)
        right = Card()
        self._sides = QStackedWidget()
        self._sides.addWidget(self.preview)
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
        self.body.addWidget(Split(left, right, (430, 680)), 1)


def _columns() -> tuple[Column[PrintableRecord], ...]:
    return (
        Column(lambda: _("Day"), lambda row: row.day, 104),
        Column(lambda: _("What"), lambda row: row.name),
    )
