"""收包合并: packages in, conflicts, quarantine, history with undo, and the receipts that go back."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.jobs import Jobs
from desktop.gui.merging.conflicts_panel import ConflictsPanel
from desktop.gui.merging.merge_panel import MergePanel
from desktop.gui.merging.merge_words import PACKAGE_STATE_TONES, package_state_text
from desktop.gui.merging.quarantine_panel import QuarantinePanel
from desktop.gui.merging.receipts_panel import ReceiptsPanel
from desktop.gui.page import Page
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.window_fit import PageTabs
from desktop.i18n import _
from desktop.services.packages.conflict_view import ConflictView, conflict_views
from desktop.services.packages.merge_view import (
    PackageLine,
    QuarantineLine,
    package_history,
    quarantine_lines,
)
from desktop.services.packages.receipt_lines import ReceiptLine, receipt_lines
from desktop.services.packages.sender_clocks import odd_clocks
from desktop.services.packages.undo_import import UndoneImport, redo_import, undo_import
from desktop.services.packages.write_receipts import write_receipts
from desktop.services.packages.write_volumes import ExportedPackage
from desktop.services.records.package_words import kind_text

_TABS = ("merge", "conflicts", "quarantine", "history", "receipts")


class MergePage(Page):
    icon_name = "git-merge"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Packages in"))
        self.merge_panel = MergePanel(jobs, self.texts, self.note)
        self.conflicts_panel = ConflictsPanel(jobs, self.texts, self.note)
        self.quarantine_panel = QuarantinePanel(jobs, self.texts, self.note)
        self.receipts_panel = ReceiptsPanel(self.texts)
        self.quarantine = self.quarantine_panel.lines
        self.history: RowsModel[PackageLine] = RowsModel(_history_columns(), self)
        self.history_view = RowsView(self.history)
        self.receipts_panel.write_wanted.connect(self._ask_folder)
        self.undo_button = text_button(self.texts, lambda: _("Undo the import …"), "undo-2")
        self.redo_button = text_button(self.texts, lambda: _("Let it count again"))
        self.undo_button.clicked.connect(self._ask_reason)
        self.redo_button.clicked.connect(self.redo)
        self.history_view.row_chosen.connect(self._allow)
        self.tabs = PageTabs()
        self.tabs.currentChanged.connect(lambda _tab: self.note.leave())
        self._lay_out()

    def reload(self) -> None:
        self.merge_panel.say_again()
        self.jobs.read(conflict_views, self._show_conflicts, self.show_error, name="conflicts")
        self.jobs.read(quarantine_lines, self._show_quarantine, self.show_error, name="quarantine")
        self.jobs.read(package_history, self._show_history, self.show_error, name="history")
        self.jobs.read(receipt_lines, self._show_receipt_lines, self.show_error, name="receipts")
        self.jobs.read(odd_clocks, self.receipts_panel.show_clocks, self.show_error, name="clocks")

    def open_item(self, item: object) -> None:
        """The name of a tab."""
        self.tabs.setCurrentIndex(_TABS.index(str(item)))
        if item == "quarantine":
            self.quarantine_panel.show_waiting()

    def write_receipts_to(self, folder: Path) -> None:
        self.jobs.write(partial(write_receipts, folder=folder), self._show_receipts, self.show_error)

    def undo(self, reason: str) -> None:
        work = partial(undo_import, import_id=self.history_view.chosen_row().id, reason=reason)
        self.jobs.write(work, self._show_undone, self.show_error)

    def redo(self) -> None:
        work = partial(redo_import, import_id=self.history_view.chosen_row().id)
        self.jobs.write(work, self._show_redone, self.show_error)

    def _show_conflicts(self, conflicts: tuple[ConflictView, ...]) -> None:
        self.conflicts_panel.show_conflicts(conflicts)
        self.tabs.setTabText(1, _("Conflicts ({count})").format(count=len(conflicts)))

    def _show_quarantine(self, lines: tuple[QuarantineLine, ...]) -> None:
        waiting = sum(1 for line in lines if line.is_waiting)
        self.quarantine_panel.show_lines(lines)
        self.tabs.setTabText(2, _("Quarantine ({count})").format(count=waiting))

    def _show_receipt_lines(self, lines: tuple[ReceiptLine, ...]) -> None:
        self.receipts_panel.show_lines(lines)
        self.tabs.setTabText(4, _("Receipts due ({count})").format(count=self.receipts_panel.due))

    def _show_history(self, lines: tuple[PackageLine, ...]) -> None:
        chosen = self.history_view.chosen_row()
        self.history.show_rows(lines)
        ids = [line.id for line in lines]
        if chosen and chosen.id in ids:
            self.history_view.selectRow(ids.index(chosen.id))
        self._allow(self.history_view.chosen_row())
        self.tabs.setTabText(0, _("Merge"))
        self.tabs.setTabText(3, _("History"))

    def _allow(self, line: PackageLine | None) -> None:
        came_in = line is not None and line.direction == "in"
        self.undo_button.setEnabled(came_in and line is not None and line.state == "applied")
        self.redo_button.setEnabled(came_in and line is not None and line.state == "set_aside")

    def _ask_reason(self) -> None:
        line = self.history_view.chosen_row()
        dialog = ReasonDialog(
            _("Undo the import"),
            _("What {file} first brought stops counting. Nothing is deleted, and it can count again.").format(
                file=line.file[:120]
            ),
            lambda: _("Undo"),
            self,
        )
        dialog.reason_given.connect(self.undo)
        dialog.open()

    def _ask_folder(self) -> None:
        folder = choose_folder(self, _("Where should the receipts be written?"))
        if folder is not None:
            self.write_receipts_to(folder)

    def _show_receipts(self, written: list[ExportedPackage]) -> None:
        names = _(", ").join(package.path.name for package in written)
        self.note.show_done(
            _("{count} receipts written and read back.").format(count=len(written)),
            _("Carry them to the inspectors: {names}").format(names=names),
        )

    def _show_undone(self, undone: UndoneImport) -> None:
        later = _("{count} later entries were made on top of them; look whether they still hold.")
        self.note.show_done(
            _("The import is undone: {count} entries no longer count.").format(count=undone.entries),
            later.format(count=undone.later) if undone.later else "",
        )

    def _show_redone(self, redone: UndoneImport) -> None:
        self.note.show_done(_("The import counts again: {count} entries.").format(count=redone.entries))

    def _lay_out(self) -> None:
        self.texts.say(self.history_view.setAccessibleName, lambda: _("History"))
        self.texts.say(self.tabs.setAccessibleName, self.title)
        history = Card()
        history.content.setContentsMargins(1, 1, 1, 12)
        history.content.addWidget(self.history_view, 1)
        row = QWidget()
        buttons = QHBoxLayout(row)
        buttons.setContentsMargins(16, 0, 16, 0)
        buttons.addStretch(1)
        history.content.addWidget(row)
        for button in (self.undo_button, self.redo_button):
            buttons.addWidget(button)
        panels = (self.merge_panel, self.conflicts_panel, self.quarantine_panel, history, self.receipts_panel)
        for panel in panels:
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 12, 0, 0)
            column.addWidget(panel)
            self.tabs.addTab(holder, "")
        self.body.addWidget(self.tabs, 1)


def _history_columns() -> tuple[Column[PackageLine], ...]:
    return (
        Column(lambda: _("Time"), lambda row: minute_text(row.at), 140),
        Column(lambda: _("Way"), lambda row: _("came in") if row.direction == "in" else _("went out"), 84),
        Column(lambda: _("Kind"), lambda row: kind_text(row.kind), 124),
        Column(lambda: _("With"), lambda row: row.partner, 190),
        Column(lambda: _("No."), lambda row: str(row.seq), 56, is_number=True),
        Column(lambda: _("File"), lambda row: row.file),
        Column(
            lambda: _("Status"),
            lambda row: package_state_text(row.state),
            196,
            chip=lambda row: PACKAGE_STATE_TONES.get(row.state, "muted"),
        ),
    )
