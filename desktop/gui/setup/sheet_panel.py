"""A spreadsheet on its way in: choose or drop it, see what it changes and what is wrong, then take the right rows."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop.documents.read_sheet import CellError
from desktop.errors import UserError
from desktop.gui.jobs import Job, Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.drop_zone import DropZone
from desktop.gui.widgets.file_dialogs import choose_file
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _, language
from desktop.services.master_data.import_rows import Outcome
from desktop.services.master_data.import_sheet import ImportedSheet, import_sheet
from desktop.services.master_data.preview_sheet import CellChange, PreviewLine, SheetPreview, preview_sheet
from desktop.services.workspace.workspace import ReportProgress, Workspace

_DETAIL_PX = 96


class SheetPanel(QWidget):
    """``done`` carries a sentence, ``failed`` a UserError; ``left``: the list is wanted again."""

    done = Signal(str)
    failed = Signal(object)
    left = Signal()

    def __init__(self, jobs: Jobs, texts: Texts, kind: str, title: Callable[[], str]) -> None:
        super().__init__()
        self.preview: SheetPreview | None = None
        self._jobs = jobs
        self._kind = kind
        self._title = title
        self._job: Job | None = None
        self.choose_button = text_button(texts, lambda: _("Choose a spreadsheet …"), "folder-open")
        self.drop_zone = DropZone(
            texts,
            lambda: _(
                "Drop an Excel file (.xlsx) here. Its columns are those of “To Excel”, which also gives the empty "
                "sheet to fill in. Nothing is changed before you say so."
            ),
            self.choose_button,
        )
        self.progress = ProgressRow(texts)
        self.summary_label = plain_label("", "heading", wraps=True)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.lines: RowsModel[PreviewLine] = RowsModel(_line_columns(), self)
        self.errors: RowsModel[CellError] = RowsModel(_error_columns(), self)
        self.lines_view, self.errors_view = RowsView(self.lines), RowsView(self.errors)
        self.detail_field = QPlainTextEdit()
        self.import_button = text_button(texts, self._import_text, "check-check", is_primary=True)
        self.cancel_button = text_button(texts, lambda: _("Back to the list"))
        texts.say(lambda _text: self._say_counts(), lambda: "")
        self._lay_out(texts)
        self._connect()
        self._show_preview(None)

    def begin(self, path: Path | None = None) -> None:
        """Start over; ``path``: a file that was chosen already."""
        self._show_preview(None)
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Read a file and show what it would change."""
        self._show_preview(None)
        self.progress.begin()
        work = partial(preview_sheet, kind=self._kind, path=path)
        self._job = self._jobs.read(work, self._show_preview, self._show_failure, name="sheet")

    def take(self) -> None:
        """Import every row that is right."""
        if self.preview is None or not self.preview.lines:
            return
        work = partial(_import, kind=self._kind, content=self.preview.content)
        self.progress.begin()
        self.import_button.setEnabled(False)
        self._job = self._jobs.write_long(
            work, self.progress.show_progress, self._show_imported, self._show_failure
        )

    def leave(self) -> None:
        """Stop what runs and go back to the list."""
        self._stop()
        self._show_preview(None)
        self.left.emit()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.progress.end()
        self.import_button.setEnabled(self.preview is not None and bool(self.preview.lines))

    def _show_preview(self, preview: SheetPreview | None) -> None:
        self.progress.end()
        self.preview = preview
        self.lines.show_rows(preview.lines if preview else ())
        self.errors.show_rows(preview.errors if preview else ())
        self.detail_field.clear()
        self._shown.setVisible(preview is not None)
        self.import_button.setVisible(preview is not None)
        self.import_button.setEnabled(preview is not None and bool(preview.lines))
        self._say_counts()
        if preview is not None:
            self.tabs.setCurrentIndex(1 if preview.errors else 0)
            self._show_tab(self.tabs.currentIndex())
            (self.import_button if preview.lines else self.choose_button).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def _show_failure(self, error: UserError) -> None:
        self._stop()
        self.failed.emit(error)

    def _show_imported(self, imported: ImportedSheet) -> None:
        self._show_preview(None)
        text = _("{created} new, {changed} changed, {unchanged} unchanged.").format(
            created=imported.created, changed=imported.changed, unchanged=imported.unchanged
        )
        if imported.errors:
            text = f"{text} {_left_out(len({_line_of(error) for error in imported.errors}))}"
        self.done.emit(text)

    def _say_counts(self) -> None:
        preview = self.preview
        self.lines.say_again()
        self.errors.say_again()
        self.import_button.setText(f" {self._import_text()}")
        if preview is None:
            return
        new, changed = preview.count(Outcome.NEW), preview.count(Outcome.CHANGED)
        self.summary_label.setText(
            _(
                "{file}: {new} new, {changed} changed, {unchanged} unchanged; nothing has been written yet."
            ).format(file=preview.file_name, new=new, changed=changed, unchanged=preview.unchanged)
        )
        self.tabs.setTabText(0, _("What changes ({count})").format(count=len(preview.lines)))
        self.tabs.setTabText(1, _("Errors ({count})").format(count=len(preview.errors)))

    def _import_text(self) -> str:
        preview = getattr(self, "preview", None)
        count = len(preview.lines) if preview else 0
        if preview and preview.errors:
            return _("Import the {count} right rows").format(count=count)
        return _("Import {count} rows").format(count=count) if count else _("Nothing new in it")

    def _show_tab(self, number: int) -> None:
        self._tables.setCurrentIndex(number)
        view = self.lines_view if number == 0 else self.errors_view
        self.detail_field.clear()
        view.clearSelection()
        view.choose_first()
        row = view.chosen_row()
        if row is not None:
            self._show_detail(row)

    def _show_detail(self, row: PreviewLine | CellError) -> None:
        self.detail_field.setPlainText(
            _error_text(row) if isinstance(row, CellError) else _changes_text(row, "\n")
        )

    def _ask_file(self) -> None:
        path = choose_file(self, _("Choose a spreadsheet …"), "Excel (*.xlsx)")
        if path is not None:
            self.look_at(path)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._ask_file)
        self.drop_zone.files_dropped.connect(lambda paths: self.look_at(paths[0]))
        self.progress.stop_wanted.connect(self._stop)
        self.tabs.currentChanged.connect(self._show_tab)
        self.lines_view.row_chosen.connect(self._show_detail)
        self.errors_view.row_chosen.connect(self._show_detail)
        self.import_button.clicked.connect(self.take)
        self.cancel_button.clicked.connect(self.leave)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.leave)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self, texts: Texts) -> None:
        heading = plain_label("", "heading")
        texts.say(heading.setText, lambda: _("{what} from Excel").format(what=self._title()))
        texts.say(self.lines_view.setAccessibleName, lambda: _("What changes"))
        texts.say(self.errors_view.setAccessibleName, lambda: _("Errors of the sheet"))
        texts.say(self.detail_field.setAccessibleName, lambda: _("The chosen row"))
        for _each in range(2):
            self.tabs.addTab("")
        self._tables = QStackedWidget()
        self._tables.addWidget(self.lines_view)
        self._tables.addWidget(self.errors_view)
        self.detail_field.setReadOnly(True)
        self.detail_field.setTabChangesFocus(True)
        self.detail_field.setFixedHeight(_DETAIL_PX)
        self._shown = Card()
        for widget in (self.summary_label, self.tabs):
            self._shown.content.addWidget(widget)
        self._shown.content.addWidget(self._tables, 1)
        self._shown.content.addWidget(self.detail_field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        buttons.addWidget(self.import_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(heading)
        column.addWidget(self.drop_zone)
        column.addWidget(self.progress)
        column.addWidget(self._shown, 1)
        column.addStretch(0)
        column.addLayout(buttons)


def _import(
    workspace: Workspace, report_progress: ReportProgress, *, kind: str, content: bytes
) -> ImportedSheet:
    return import_sheet(workspace, kind, content, skips_errors=True, report_progress=report_progress)


def _line_columns() -> tuple[Column[PreviewLine], ...]:
    return (
        Column(lambda: _("Row"), lambda line: str(line.number), 64, is_number=True),
        Column(
            lambda: _("Change"),
            lambda line: _("new") if line.outcome is Outcome.NEW else _("changed"),
            84,
            chip=lambda line: "ok" if line.outcome is Outcome.NEW else "primary",
        ),
        Column(lambda: _("What it is about"), lambda line: line.name, 240),
        Column(lambda: _("What the row says"), lambda line: _changes_text(line, _("; "))),
    )


def _error_columns() -> tuple[Column[CellError], ...]:
    return (
        Column(lambda: _("Cell"), lambda error: error.cell, 130),
        Column(lambda: _("What is wrong"), lambda error: error.problem),
        Column(lambda: _("What to do"), lambda error: error.fix),
    )


def _changes_text(line: PreviewLine, between: str) -> str:
    texts = [line.remark] if line.remark else []
    return between.join((*texts, *(_change_text(line.outcome, change) for change in line.changes)))


def _change_text(outcome: Outcome, change: CellChange) -> str:
    """“Short name: 澄湖区 → 澄湖”; of a new record only what it gets."""
    if outcome is Outcome.NEW:
        return _("{head}: {text}").format(head=change.column.header(language()), text=change.after)
    nothing = _("(empty)")
    return _("{head}: {before} → {after}").format(
        head=change.column.header(language()),
        before=change.before or nothing,
        after=change.after or nothing,
    )


def _error_text(error: CellError) -> str:
    return "\n".join((error.cell, error.problem, error.fix))


def _left_out(count: int) -> str:
    return _("{count} rows with errors were left out.").format(count=count)


def _line_of(error: CellError) -> str:
    return "".join(char for char in error.cell.rpartition("!")[2] if char.isdigit())
