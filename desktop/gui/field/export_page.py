"""导出: what the office has not confirmed, to whom and where it goes, and where every visit stands on its way."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from desktop.errors import UserError
from desktop.gui.evidence.facts_view import short_size
from desktop.gui.field.export_tables import (
    package_columns,
    packages_or_nothing,
    visit_columns,
    visits_or_nothing,
)
from desktop.gui.field.handover_words import (
    clearable_text,
    clearing_text,
    exported_texts,
    how_much_text,
    standing_text,
    unfinished_text,
)
from desktop.gui.field.medium_field import MediumField
from desktop.gui.field.volume_size_field import VolumeSizeField
from desktop.gui.jobs import Job, Jobs
from desktop.gui.page import Page
from desktop.gui.widgets.ask_bar import AskBar
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, Split
from desktop.gui.widgets.file_dialogs import choose_folder, choose_target
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.gui.widgets.rows_model import RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.packages.continue_export import continue_export, repair_volume
from desktop.services.packages.export_package import export_results
from desktop.services.packages.merge_view import PackageLine
from desktop.services.packages.prune_evidence import Pruning, prune_evidence
from desktop.services.packages.show_handover import Handover, VisitOnItsWay, show_handover
from desktop.services.packages.write_volumes import ExportedPackage
from desktop.services.printing.print_form import print_form
from desktop.services.workspace.workspace import ReportProgress, Workspace

SLIP = "F13"


class ExportPage(Page):
    icon_name = "upload"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Export"))
        self._job: Job | None = None
        self._handover: Handover | None = None
        self.export_button = text_button(self.texts, lambda: _("Export results …"), "upload", is_primary=True)
        self.action_row.addWidget(self.export_button)
        self.medium_field = MediumField(jobs, self.texts)
        self.size_field = VolumeSizeField(self.texts)
        self.unfinished_bar = AskBar(self.texts, lambda: _("Continue"), "upload", can_dismiss=False)
        self.clear_bar = AskBar(self.texts, lambda: _("Clear them"), "trash-2")
        self.repair_bar = AskBar(self.texts, lambda: _("Write it again"), "rotate-cw")
        self.clear_button = text_button(self.texts, lambda: _("Clear originals …"), "trash-2")
        self.progress = ProgressRow(self.texts)
        self.visits: RowsModel[VisitOnItsWay] = RowsModel(visit_columns(), self)
        self.visits_view = RowsView(self.visits)
        self.packages: RowsModel[PackageLine] = RowsModel(package_columns(), self)
        self.packages_view = RowsView(self.packages)
        self.slip_button = text_button(self.texts, lambda: _("Save the slip …"), "printer")
        self.repair_button = text_button(self.texts, lambda: _("Write a file again …"), "rotate-cw")
        self._bars = (self.unfinished_bar, self.clear_bar, self.repair_bar)
        self.what_label, self.office_label = (plain_label("", "heading", wraps=True) for _each in range(2))
        self.how_much_label = plain_label("", wraps=True)
        self.clearable_label, self.promise_label, self.fingerprint_label = (
            plain_label("", "muted", wraps=True) for _each in range(3)
        )
        self._connect()
        self._lay_out()

    def reload(self) -> None:
        self.visits.say_again()
        self.packages.say_again()
        self.jobs.read(show_handover, self.show_handover, self.show_error, name="handover")

    def show_handover(self, handover: Handover) -> None:
        self._handover = handover
        chosen = self.packages_view.chosen_row()
        self.visits.show_rows(handover.visits)
        self._visit_sides.setCurrentIndex(0 if handover.visits else 1)
        self.packages.show_rows(handover.exports)
        self._package_sides.setCurrentIndex(0 if handover.exports else 1)
        ids = [line.id for line in handover.exports]
        if ids:
            self.packages_view.selectRow(ids.index(chosen.id) if chosen and chosen.id in ids else 0)
        self._tell(handover)
        self._allow()

    def export_to(self, folder: Path) -> None:
        """Write a package with all that is new; it counts as exported only when it has been read back."""
        self._write(partial(export_results, folder=folder, volume_bytes=self.size_field.size_bytes))

    def continue_to(self, folder: Path) -> None:
        self._write(partial(continue_export, folder=folder))

    def repair_to(self, name: str, folder: Path) -> None:
        """Write one file of an earlier package again."""
        self._write(partial(repair_volume, name=name, folder=folder))

    def clear_originals(self) -> None:
        """Remove the originals that the office has confirmed and backed up."""
        self.clear_bar.hide()
        self.jobs.write(prune_evidence, self._show_cleared, self.show_error)

    def _write(self, write: Callable[..., ExportedPackage]) -> None:
        def work(workspace: Workspace, report_progress: ReportProgress) -> ExportedPackage:
            return write(workspace, report_progress=report_progress)

        if self._job is not None:
            return
        self.note.hide()
        # What may be asked is asked again when this has ended; a low window has no room for both.
        for bar in self._bars:
            bar.hide()
        self.progress.begin()
        self._job = self.jobs.write_long(
            work, self.progress.show_progress, self._show_exported, self._show_failed
        )
        self._allow()

    def save_slip(self, package_id: str, target: Path) -> None:
        work = partial(print_form, code=SLIP, ids=[package_id], target=target)
        self.jobs.write(work, lambda _report: self._show_slip(target), self.show_error)

    def _show_exported(self, package: ExportedPackage) -> None:
        self._end()
        self.packages_view.setCurrentIndex(self.packages.index(-1, -1))
        self.note.show_done(*exported_texts(package))

    def _show_cleared(self, pruning: Pruning) -> None:
        self.note.show_done(
            _("{count} originals have been cleared ({size}).").format(
                count=len(pruning.may_go), size=short_size(pruning.size)
            ),
            _("Hashes and records are still here; the originals lie at the office."),
        )

    def _show_failed(self, error: UserError) -> None:
        self._end()
        self.medium_field.look()
        self.show_error(error)
        self.mark_stale()

    def _show_slip(self, target: Path) -> None:
        self.note.show_done(
            _("The slip has been saved: {path}").format(path=target),
            _("Print it in two copies. It is readable by anybody: keep it off the stick."),
        )

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self._allow()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _to_medium(self, write: Callable[[Path], None]) -> None:
        medium = self.medium_field.chosen
        folder = medium.folder if medium else choose_folder(self, _("Where should the package be written?"))
        if folder is not None:
            write(folder)

    def _ask_repair(self) -> None:
        line = self.packages_view.chosen_row()
        if line is not None:
            self.clear_bar.hide()
            self.repair_bar.ask(
                _("A file was lost or damaged? It is written again alone, with the same contents."),
                line.files,
            )

    def _ask_clear(self) -> None:
        if self._handover is not None:
            self.repair_bar.hide()
            self.clear_bar.ask(clearing_text(self._handover))

    def _ask_slip(self) -> None:
        line = self.packages_view.chosen_row()
        if line is not None:
            proposal = f"{SLIP}-{line.file.removesuffix('.mcp')}.pdf"
            target = choose_target(self, _("Save the slip …"), proposal, "PDF (*.pdf)")
            if target is not None:
                self.save_slip(line.id, target)

    def _allow(self) -> None:
        is_idle = self._job is None
        can_write = is_idle and not self.medium_field.problem
        for button in (self.export_button, self.unfinished_bar.yes_button, self.repair_bar.yes_button):
            button.setEnabled(can_write)
        has_packages = self.packages.rowCount() > 0
        self.slip_button.setEnabled(has_packages)
        self.repair_button.setEnabled(has_packages and is_idle)
        self.clear_button.setEnabled(is_idle and self._handover is not None and self._handover.clearable > 0)
        self.medium_field.setEnabled(is_idle)
        self.size_field.setEnabled(is_idle)

    def _tell(self, handover: Handover) -> None:
        self.what_label.setText(standing_text(handover))
        self.clearable_label.setText(clearable_text(handover))
        can_clear = handover.clearable > 0
        self.promise_label.setVisible(not can_clear and handover.unfinished is None)
        for widget in (self.clearable_label, self.clear_button):
            widget.setVisible(can_clear)
        if handover.unfinished is None:
            self.unfinished_bar.hide()
        else:
            self.unfinished_bar.ask(unfinished_text(handover.unfinished))
        self._tell_size()
        self.office_label.setText(_("To {office}").format(office=handover.office or "—"))
        self.fingerprint_label.setText(_("Fingerprint {digits}").format(digits=handover.fingerprint))

    def _tell_size(self) -> None:
        if self._handover is not None:
            size = self.size_field.size_bytes
            self.how_much_label.setText(how_much_text(self._handover, size))
            self.medium_field.expect(self._handover.package_bytes, size)
            self._allow()

    def _connect(self) -> None:
        self.export_button.clicked.connect(lambda: self._to_medium(self.export_to))
        self.unfinished_bar.accepted.connect(lambda _choice: self._to_medium(self.continue_to))
        self.repair_bar.accepted.connect(lambda name: self._to_medium(partial(self.repair_to, name)))
        self.clear_bar.accepted.connect(lambda _choice: self.clear_originals())
        self.repair_button.clicked.connect(self._ask_repair)
        self.clear_button.clicked.connect(self._ask_clear)
        self.size_field.changed.connect(self._tell_size)
        self.progress.stop_wanted.connect(self._stop)
        self.medium_field.chosen_changed.connect(self._allow)
        self.slip_button.clicked.connect(self._ask_slip)
        self.packages_view.row_opened.connect(lambda _line: self._ask_slip())

    def _lay_out(self) -> None:
        self.texts.say(self.visits_view.setAccessibleName, lambda: _("Visits on their way to the office"))
        self.texts.say(self.packages_view.setAccessibleName, lambda: _("Exported packages"))
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self._what_card(), 1)
        top.addWidget(self._where_card(), 1)
        self.body.addLayout(top)
        for bar in self._bars:
            self.body.addWidget(bar)
        self.body.addWidget(self.progress)
        self.body.addWidget(Split(self._visits_card(), self._packages_card(), (560, 560)), 1)

    def _what_card(self) -> Card:
        card = Card()
        self.texts.say(
            self.promise_label.setText,
            lambda: _(
                "Every package repeats what the office has not confirmed, so a lost one leaves no gap. Nothing may be"
                " cleared from this computer before the office has confirmed it."
            ),
        )
        for label in (self.what_label, self.how_much_label, self.promise_label):
            card.content.addWidget(label)
        card.content.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.clearable_label, 1)
        row.addWidget(self.clear_button)
        card.content.addLayout(row)
        return card

    def _where_card(self) -> Card:
        card = Card()
        for part in (self.office_label, self.fingerprint_label, self.medium_field, self.size_field):
            card.content.addWidget(part)
        card.content.addStretch(1)
        return card

    def _visits_card(self) -> Card:
        card = Card()
        card.content.setContentsMargins(1, 1, 1, 1)
        self._visit_sides = visits_or_nothing(self.texts, self.visits_view)
        card.content.addWidget(self._visit_sides)
        return card

    def _packages_card(self) -> Card:
        card = Card()
        card.content.setContentsMargins(1, 1, 1, 10)
        self._package_sides = packages_or_nothing(self.texts, self.packages_view)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addStretch(1)
        row.addWidget(self.repair_button)
        row.addWidget(self.slip_button)
        card.content.addWidget(self._package_sides, 1)
        card.content.addLayout(row)
        return card
