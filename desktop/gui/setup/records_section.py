"""A list of master data with the record that is chosen beside it, and its spreadsheet in and out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.gui.jobs import Jobs
from desktop.gui.setup.record_panel import PanelWords, RecordPanel
from desktop.gui.setup.section import Section
from desktop.gui.setup.sheet_panel import SheetPanel
from desktop.gui.setup.sheet_words import title
from desktop.gui.widgets.buttons import ShrinkingButton, text_button
from desktop.gui.widgets.cards import Card, EmptyState, Split
from desktop.gui.widgets.file_dialogs import choose_target
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.search_bar import Choice, SearchBar
from desktop.i18n import _
from desktop.services.master_data.export_sheet import export_sheet
from desktop.services.master_data.find_master_data import MasterLine, MasterPage, find_master_data

_WIDTHS = (660, 440)


@dataclass(frozen=True)
class SectionWords:
    """What the section of one kind of record says. ``choices`` filter the list; the first one lets all through."""

    title: Callable[[], str]
    search_hint: Callable[[], str]
    choice_name: Callable[[], str]
    choices: Sequence[Choice]
    panel: PanelWords
    none_yet: Callable[[], str]


class RecordsSection(Section):
    """Ctrl+N makes a record, Enter goes into the form, Ctrl+S saves, Delete deletes, Ctrl+F searches.

    Its widgets are made when it is first shown: four such sections would hold up the opening of a workspace.
    """

    def __init__(
        self, jobs: Jobs, kind: str, words: SectionWords, columns: Sequence[Column[MasterLine]]
    ) -> None:
        super().__init__(jobs, words.title)
        self.kind = kind
        self.total = 0
        self._words = words
        self._columns = columns
        self._wanted = ""
        self._is_built = False

    def build(self) -> None:
        """Make the widgets; called once, before anything else is."""
        texts, words, jobs = self.texts, self._words, self.jobs
        self.search = SearchBar(texts, words.search_hint)
        self.choice_field = self.search.add_choice(words.choice_name, words.choices)
        self.rows: RowsModel[MasterLine] = RowsModel(self._columns, self)
        self.view = RowsView(self.rows)
        self.panel = RecordPanel(jobs, texts, self.kind, words.panel)
        self.import_button = ShrinkingButton(texts, lambda: _("From Excel …"), "download")
        self.export_button = ShrinkingButton(texts, lambda: _("To Excel …"), "upload")
        self.new_button = text_button(texts, words.panel.new, "plus", is_primary=True)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    @cached_property
    def sheet(self) -> SheetPanel:
        """The import, made when it is first wanted."""
        panel = SheetPanel(self.jobs, self.texts, self.kind, self._words.title)
        panel.left.connect(self.show_list)
        panel.done.connect(self._show_imported)
        panel.failed.connect(self.show_error)
        self._pages.addWidget(panel)
        return panel

    def reload(self) -> None:
        if not self._is_built:
            self._is_built = True
            self.build()
        self.rows.say_again()
        # As many as are there already: the place in a long list is not lost by a change.
        query = self._query(0, max(self.rows.rowCount(), 60))
        self.jobs.read(query, self.show_lines, self.show_error, name=f"list of {self.kind}")

    def leave(self) -> None:
        if self._is_built:
            self.panel.leave()

    def has_unsaved(self) -> bool:
        return self._is_built and self.panel.is_changed

    def show_lines(self, page: MasterPage) -> None:
        """Put these lines in the place of all; the chosen record stays chosen as long as it is among them."""
        saved, self._wanted = self._wanted, ""
        wanted = saved or self._shown_id()
        self.total = page.total
        self.rows.show_rows(page.rows, page.total)
        self._lists.setCurrentIndex(0 if page.rows else 2 if self._is_searching else 1)
        numbers = [number for number, row in enumerate(page.rows) if row.id == wanted]
        if numbers:
            self.view.selectRow(numbers[0])
        elif page.rows and not saved and not self.panel.is_new and not self.panel.is_changed:
            self.view.selectRow(0)
        elif not page.rows:
            self.panel.show_nothing()
        self.mark_possible()

    def mark_possible(self) -> None:
        """Enable what can be done with the row that is chosen now."""

    def begin(self) -> None:
        self._pages.setCurrentIndex(0)
        self.panel.begin()

    def show_import(self, path: Path | None = None) -> None:
        """Put the import in the place of the list; ``path``: a file that was chosen already."""
        self.begun.emit()
        self._pages.setCurrentWidget(self.sheet)
        self.sheet.begin(path)

    def export_to(self, target: Path) -> None:
        work = partial(export_sheet, kind=self.kind, target=target)
        self.jobs.write(work, lambda count: self._show_exported(count, target), self.show_error)

    def show_list(self) -> None:
        self._pages.setCurrentIndex(0)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_searching(self) -> bool:
        return bool(self.search.text or self.choice_field.currentData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's spelling
        if self._pages.currentIndex() == 0 and _dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's spelling
        path = _dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.show_import(path)

    def _shown_id(self) -> str:
        shown = self.panel.shown
        return "" if self.panel.is_new else shown.record_id or shown.person_id

    def _connect(self) -> None:
        self.search.changed.connect(self._search)
        self.rows.more_wanted.connect(self._read_more)
        self.view.row_chosen.connect(self._choose)
        self.view.turned.connect(self.turned)
        self.view.row_opened.connect(lambda _row: self.panel.form.focus_field("name"))
        self.new_button.clicked.connect(self.begin)
        self.import_button.clicked.connect(lambda: self.show_import())
        self.export_button.clicked.connect(self._ask_target)
        self.panel.saved.connect(self._show_saved)
        self.panel.deleted.connect(self._show_deleted)
        self.panel.failed.connect(self.show_error)
        self.panel.shown_changed.connect(self._leave_row)
        self.panel.kept.connect(self._choose_shown)
        self.panel.discarded.connect(self._load_chosen)
        for keys, do in (
            (QKeySequence("Ctrl+N"), self.begin),
            (QKeySequence("Ctrl+S"), self.panel.save),
            (QKeySequence("Ctrl+F"), self.search.search_field.setFocus),
        ):
            QShortcut(keys, self, do, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(
            QKeySequence(Qt.Key.Key_Delete),
            self.view,
            self.panel.ask_to_delete,
            context=Qt.ShortcutContext.WidgetShortcut,
        )

    def _query(self, offset: int, most: int = 60) -> "partial[MasterPage]":
        return partial(
            find_master_data,
            kind=self.kind,
            text=self.search.text,
            choice=self.choice_field.currentData(),
            offset=offset,
            most=most,
        )

    def _search(self) -> None:
        self.rows.show_rows(())
        self.reload()

    def _read_more(self, offset: int) -> None:
        self.jobs.read(
            self._query(offset),
            lambda page: self.rows.append_rows(page.rows),
            self.show_error,
            name=f"list of {self.kind}",
        )

    def _choose(self, line: MasterLine) -> None:
        self.panel.load(line.id)
        self.mark_possible()

    def _choose_shown(self) -> None:
        """Back to the row of the record that is being typed."""
        for number in range(self.rows.rowCount()):
            if self.rows.row(number).id == self._shown_id():
                self.view.selectionModel().setCurrentIndex(
                    self.rows.index(number, 0),
                    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
                )

    def _leave_row(self) -> None:
        """A new record is no row of the list, so that any row can be chosen instead of it."""
        if self.panel.is_new:
            self.view.setCurrentIndex(QModelIndex())
            self.mark_possible()

    def _load_chosen(self) -> None:
        line = self.view.chosen_row()
        if line is not None:
            self.panel.load(line.id)
        else:
            self.view.choose_first()

    def _show_saved(self, record_id: str) -> None:
        self._wanted = record_id
        self.reload()
        self.done.emit(_("Saved."))

    def _show_deleted(self, name: str) -> None:
        self.reload()
        self.done.emit(_("“{name}” has been deleted; the log keeps it.").format(name=name[:60]))

    def _show_imported(self, text: str) -> None:
        self.show_list()
        self.done.emit(text)

    def _show_exported(self, count: int, target: Path) -> None:
        self.done.emit(_("{count} rows written to {path}.").format(count=count, path=target))

    def _ask_target(self) -> None:
        target = choose_target(self, _("To Excel …"), f"{title(self.kind)()}.xlsx", "Excel (*.xlsx)")
        if target is not None:
            self.export_to(target.with_suffix(".xlsx"))

    def _lay_out(self) -> None:
        self.texts.say(self.view.setAccessibleName, self._words.title)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(10)
        self.tools.addWidget(self.search, 1)
        for button in (self.import_button, self.export_button, self.new_button):
            self.tools.addWidget(button)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.view)
        self._lists.addWidget(self._empty_state())
        self._lists.addWidget(
            EmptyState(
                self.texts,
                "search",
                lambda: _("Nothing is found"),
                lambda: _("Other words, or fewer of them, may find more."),
            )
        )
        left = Card()
        left.content.setContentsMargins(1, 1, 1, 1)
        left.content.addWidget(self._lists)
        browse = QWidget()
        self.browse = column = QVBoxLayout(browse)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(self.tools)
        column.addWidget(Split(left, self.panel, _WIDTHS), 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(browse)
        self.body.addWidget(self._pages, 1)

    def _empty_state(self) -> QWidget:
        return EmptyState(
            self.texts,
            self._words.panel.icon_name,
            self._words.none_yet,
            lambda: _("Take them in from Excel, or add the first one by hand."),
        )


def _dropped(data: QMimeData) -> Path | None:
    """The spreadsheet that is dropped, or None for anything else."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() == ".xlsx"), None)


def text_of(name: str) -> Callable[[MasterLine], str]:
    """The text of a column of a line."""
    return lambda line: line.texts.get(name, "")
