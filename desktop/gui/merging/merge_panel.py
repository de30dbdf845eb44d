"""Packages on their way in: chosen or dropped, tried without changing anything, then merged."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Job, Jobs
from desktop.gui.merging.merge_words import (
    change_text,
    change_tone,
    outcome_text,
    outcome_tone,
    refused_advice,
    refused_text,
    waiting_text,
)
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.drop_zone import DropZone, packages_among
from desktop.gui.widgets.file_dialogs import choose_files
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.packages.merge_view import FileLine, MergeView, PlannedChange, merge_for_view
from desktop.services.packages.merged_file import Outcome
from desktop.services.records.package_words import kind_text
from desktop.services.records.part_words import part_text
from desktop.services.workspace.workspace import ReportProgress, Workspace


class MergePanel(QWidget):
    """Nothing is changed before the plan was seen and “merge” was pressed. ``merged``: something came in."""

    merged = Signal()

    def __init__(self, jobs: Jobs, texts: Texts, note: NoteBar) -> None:
        super().__init__()
        self._jobs = jobs
        self._note = note
        self._files: list[Path] = []
        self._job: Job | None = None
        self.choose_button = text_button(texts, lambda: _("Choose packages …"), "folder-open")
        self.drop_zone = DropZone(
            texts, lambda: _("Drop packages here, or the folder or stick they lie on."), self.choose_button
        )
        self.progress = ProgressRow(texts)
        self.files: RowsModel[FileLine] = RowsModel(_file_columns(), self)
        self.files_view = RowsView(self.files)
        self.changes: RowsModel[PlannedChange] = RowsModel(_change_columns(), self)
        self.changes_view = RowsView(self.changes)
        self.merge_button = text_button(texts, lambda: _("Merge"), "git-merge", is_primary=True)
        self.clear_button = text_button(texts, lambda: _("Clear"))
        self._state_label = plain_label("", "muted", wraps=True)
        texts.say(self.files_view.setAccessibleName, lambda: _("Packages"))
        texts.say(self.changes_view.setAccessibleName, lambda: _("Plan for each visit"))
        self._connect()
        self._lay_out(texts)
        self.clear()

    def plan(self, paths: Sequence[Path]) -> None:
        """Prove the packages and show what they would change."""
        self._jobs.aside(partial(packages_among, list(paths)), self._try, self._note.show_problem)

    def merge(self) -> None:
        """Apply what was planned."""
        self._run(self._work(is_dry_run=False), self._show_merged)

    def clear(self) -> None:
        """Forget the files; nothing of them was changed."""
        self._files = []
        self.files.show_rows([])
        self.changes.show_rows([])
        self.merge_button.setEnabled(False)
        self.clear_button.setEnabled(False)
        self._state_label.setText(
            _("No package has been chosen. First the plan is shown; nothing changes by it.")
        )

    def say_again(self) -> None:
        self.files.say_again()
        self.changes.say_again()
        if not self._files:
            self.clear()

    def _try(self, files: list[Path]) -> None:
        if not files:
            self._note.show_problem(
                UserError(_("There is no package in it."), _("Packages are files that end in .mcp."))
            )
            return
        self._files += [file for file in files if file not in self._files]
        self._run(self._work(is_dry_run=True), self._show_plan)

    def _work(self, *, is_dry_run: bool) -> Callable[[Workspace, ReportProgress], MergeView]:
        files = tuple(self._files)

        def work(workspace: Workspace, report_progress: ReportProgress) -> MergeView:
            return merge_for_view(workspace, files, report_progress, is_dry_run=is_dry_run)

        return work

    def _run(
        self, work: Callable[[Workspace, ReportProgress], MergeView], on_success: Callable[[MergeView], None]
    ) -> None:
        self._note.hide()
        self.progress.begin()
        self.merge_button.setEnabled(False)
        self.choose_button.setEnabled(False)
        self.drop_zone.setAcceptDrops(False)
        self._job = self._jobs.write_long(work, self.progress.show_progress, on_success, self._show_error)

    def _show_plan(self, view: MergeView) -> None:
        self._show(view)
        useful = sum(1 for line in view.files if line.outcome is Outcome.WOULD_APPLY)
        refused = [line for line in view.files if line.problem]
        waiting = [line for line in view.files if line.outcome is Outcome.WAITING]
        self.merge_button.setEnabled(bool(useful or refused or waiting))
        self._state_label.setText(
            _("{useful} of {count} packages bring something. Nothing has been changed yet.").format(
                useful=useful, count=len(view.files)
            )
        )
        if refused:
            self._note.show_warning(refused_text(refused), refused_advice(refused))
        elif waiting:
            self._note.show_warning(
                partial(waiting_text, waiting[0]),
                lambda: _(
                    "Merge now to keep the files that are here; the others may come later, on other media."
                ),
            )

    def _show_merged(self, view: MergeView) -> None:
        self._show(view)
        applied = [line for line in view.files if line.outcome is Outcome.APPLIED]
        refused = [line for line in view.files if line.problem]
        waiting = [line for line in view.files if line.outcome is Outcome.WAITING]
        self._files = []
        # A button that is pressed and then switched off would hand the keyboard to the sidebar.
        self.choose_button.setFocus()
        self.merge_button.setEnabled(False)
        entries = sum(line.new_entries for line in applied)
        text = _("{count} packages merged, {entries} new entries.").format(
            count=len(applied), entries=entries
        )
        if any(line.kind == "receipt" for line in applied):
            text = _("{text} {more}").format(
                text=text, more=_("Receipts read; “Export” shows what is confirmed.")
            )
        self._state_label.setText(text)
        if refused:
            self._note.show_warning(f"{text} {refused_text(refused)}", refused_advice(refused))
        elif waiting:
            self._note.show_warning(
                partial(waiting_text, waiting[0]),
                lambda: _("What is here is kept. Bring the missing files; then the package is merged."),
            )
        else:
            self._note.show_done(text)
        self.merged.emit()

    def _show(self, view: MergeView) -> None:
        self._end()
        self.files.show_rows(view.files)
        self.changes.show_rows(view.changes)
        self.clear_button.setEnabled(True)

    def _show_error(self, error: UserError) -> None:
        self._end()
        self._note.show_problem(error)

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self.choose_button.setEnabled(True)
        self.drop_zone.setAcceptDrops(True)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ask_files(self) -> None:
        files = choose_files(self, _("Choose packages …"), f"{_('Packages')} (*.mcp)")
        if files:
            self.plan(files)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._ask_files)
        self.drop_zone.files_dropped.connect(self.plan)
        self.merge_button.clicked.connect(self.merge)
        self.clear_button.clicked.connect(self.clear)
        self.progress.stop_wanted.connect(self._stop)

    def _lay_out(self, texts: Texts) -> None:
        card = Card()
        card.content.setSpacing(8)
        files_label, changes_label = plain_label("", "heading"), plain_label("", "heading")
        texts.say(files_label.setText, lambda: _("Packages"))
        texts.say(changes_label.setText, lambda: _("Plan for each visit"))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self._state_label, 1)
        buttons.addWidget(self.clear_button)
        buttons.addWidget(self.merge_button)
        # Above the tables: on a small screen they reach below what is seen.
        card.content.addLayout(buttons)
        # Below the buttons: they must not move away under the mouse when it comes or goes.
        card.content.addWidget(self.progress)
        card.content.addWidget(files_label)
        card.content.addWidget(self.files_view, 2)
        card.content.addWidget(changes_label)
        card.content.addWidget(self.changes_view, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.drop_zone)
        column.addWidget(card, 1)


def _file_columns() -> tuple[Column[FileLine], ...]:
    return (
        Column(lambda: _("File"), lambda row: row.file),
        Column(lambda: _("Kind"), lambda row: kind_text(row.kind), 84),
        Column(lambda: _("Sender"), lambda row: row.sender or "—", 150),
        Column(lambda: _("No."), lambda row: str(row.seq or "—"), 56, is_number=True),
        Column(lambda: _("New entries"), lambda row: str(row.new_entries), 96, is_number=True),
        Column(lambda: _("Missing before"), lambda row: _(", ").join(map(str, row.gaps)) or "—", 96),
        Column(
            lambda: _("Outcome"),
            lambda row: outcome_text(row.outcome),
            120,
            chip=lambda row: outcome_tone(row.outcome),
        ),
    )


def _change_columns() -> tuple[Column[PlannedChange], ...]:
    return (
        Column(lambda: _("Visit"), lambda row: row.what or _("a visit that is new here")),
        Column(lambda: _("In conflict"), lambda row: _(", ").join(map(part_text, row.parts)) or "—", 180),
        Column(lambda: _("File"), lambda row: row.file, 220),
        Column(
            lambda: _("Change"),
            lambda row: change_text(row.change),
            120,
            chip=lambda row: change_tone(row.change),
        ),
    )
