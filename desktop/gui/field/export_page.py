"""导出: what the office has not confirmed, to whom and where it goes, and where every visit stands on its way."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desktop.errors import UserError
from desktop.gui.evidence.facts_view import short_size
from desktop.gui.field.handover_words import HANDOVER_TONES, handover_text
from desktop.gui.field.medium_field import MediumField
from desktop.gui.jobs import Job, Jobs
from desktop.gui.merging.merge_words import PACKAGE_STATE_TONES, package_state_text
from desktop.gui.page import Page
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, split
from desktop.gui.widgets.file_dialogs import choose_folder, choose_target
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.packages.export_package import export_results
from desktop.services.packages.merge_view import PackageLine
from desktop.services.packages.show_handover import Handover, HandoverState, VisitOnItsWay, show_handover
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
        self.progress = ProgressRow(self.texts)
        self.visits: RowsModel[VisitOnItsWay] = RowsModel(_visit_columns(), self)
        self.visits_view = RowsView(self.visits)
        self.packages: RowsModel[PackageLine] = RowsModel(_package_columns(), self)
        self.packages_view = RowsView(self.packages)
        self.slip_button = text_button(self.texts, lambda: _("Save the slip …"), "printer")
        self.slip_button.setEnabled(False)
        self.what_label = plain_label("", "heading", wraps=True)
        self.how_much_label = plain_label("", wraps=True)
        self.office_label = plain_label("", "heading", wraps=True)
        self.fingerprint_label = plain_label("", "muted", wraps=True)
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
        self.slip_button.setEnabled(bool(ids))
        self.medium_field.expect(handover.package_bytes)
        self._tell(handover)
        self._allow()

    def export_to(self, folder: Path) -> None:
        """Write a package with all that is new; it counts as exported only when it has been read back."""

        def work(workspace: Workspace, report_progress: ReportProgress) -> ExportedPackage:
            return export_results(workspace, folder, report_progress=report_progress)

        if self._job is not None:
            return
        self.note.hide()
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
        self.note.show_done(
            _("Exported and read back without a fault: {name} ({size})").format(
                name=package.path.name, size=short_size(package.size)
            ),
            _("Save the slip, print it, and hand it over with the medium. SHA-256 {hash}").format(
                hash=package.sha256
            ),
        )

    def _show_failed(self, error: UserError) -> None:
        self._end()
        self.medium_field.look()
        self.show_error(error)

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

    def _export(self) -> None:
        medium = self.medium_field.chosen
        folder = medium.folder if medium else choose_folder(self, _("Where should the package be written?"))
        if folder is not None:
            self.export_to(folder)

    def _ask_slip(self) -> None:
        line = self.packages_view.chosen_row()
        if line is not None:
            proposal = f"{SLIP}-{line.file.removesuffix('.mcp')}.pdf"
            target = choose_target(self, _("Save the slip …"), proposal, "PDF (*.pdf)")
            if target is not None:
                self.save_slip(line.id, target)

    def _allow(self) -> None:
        self.export_button.setEnabled(self._job is None and not self.medium_field.problem)
        self.medium_field.setEnabled(self._job is None)

    def _tell(self, handover: Handover) -> None:
        stored = handover.count(HandoverState.STORED)
        waiting = handover.count(HandoverState.EXPORTED)
        if stored:
            text = _("{count} visits are stored on this computer only").format(count=stored)
        elif waiting:
            text = _("Everything is exported; the office has not confirmed {count} visits").format(
                count=waiting
            )
        else:
            text = _("The office has confirmed everything") if handover.visits else _("Nothing to export yet")
        self.what_label.setText(text)
        self.how_much_label.setText(
            _(
                "{answers} answers changed · {evidence} pieces of evidence ({bytes}) · package up to {size}"
            ).format(
                answers=handover.answers,
                evidence=handover.evidence,
                bytes=short_size(handover.evidence_bytes),
                size=short_size(handover.package_bytes),
            )
        )
        self.office_label.setText(_("To {office}").format(office=handover.office or "—"))
        self.fingerprint_label.setText(_("Fingerprint {digits}").format(digits=handover.fingerprint))

    def _connect(self) -> None:
        self.export_button.clicked.connect(self._export)
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
        self.body.addWidget(self.progress)
        self.body.addWidget(split(self._visits_card(), self._packages_card(), (560, 560)), 1)

    def _what_card(self) -> Card:
        card = Card()
        promise_label = plain_label("", "muted", wraps=True)
        self.texts.say(
            promise_label.setText,
            lambda: _(
                "Every package repeats what the office has not confirmed, so a lost one leaves no gap. Nothing may be"
                " cleared from this computer before the office has confirmed it."
            ),
        )
        for label in (self.what_label, self.how_much_label, promise_label):
            card.content.addWidget(label)
        card.content.addStretch(1)
        return card

    def _where_card(self) -> Card:
        card = Card()
        card.content.addWidget(self.office_label)
        card.content.addWidget(self.fingerprint_label)
        card.content.addWidget(self.medium_field)
        card.content.addStretch(1)
        return card

    def _visits_card(self) -> Card:
        card = Card()
        card.content.setContentsMargins(1, 1, 1, 1)
        self._visit_sides = QStackedWidget()
        self._visit_sides.addWidget(self.visits_view)
        self._visit_sides.addWidget(
            EmptyState(
                self.texts,
                "clipboard-check",
                lambda: _("No visit has been recorded on this computer"),
                lambda: _(
                    "What is recorded on the page “Visit on site” stands here with its way to the office."
                ),
            )
        )
        card.content.addWidget(self._visit_sides)
        return card

    def _packages_card(self) -> Card:
        card = Card()
        card.content.setContentsMargins(1, 1, 1, 10)
        self._package_sides = QStackedWidget()
        self._package_sides.addWidget(self.packages_view)
        self._package_sides.addWidget(
            EmptyState(
                self.texts,
                "upload",
                lambda: _("Nothing has been exported yet"),
                lambda: _(
                    "Put a stick in and press “Export results …”; what was typed is exported as it is saved."
                ),
            )
        )
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addStretch(1)
        row.addWidget(self.slip_button)
        card.content.addWidget(self._package_sides, 1)
        card.content.addLayout(row)
        return card


def _visit_columns() -> tuple[Column[VisitOnItsWay], ...]:
    return (
        Column(lambda: _("Unit"), lambda row: row.unit or _("sealed")),
        Column(lambda: _("Day"), lambda row: row.day, 100),
        Column(
            lambda: _("Evidence"), lambda row: str(row.evidence or "—"), 84, is_number=True, gives_way=True
        ),
        Column(
            lambda: _("Status"),
            lambda row: handover_text(row.state),
            168,
            chip=lambda row: HANDOVER_TONES[row.state],
        ),
    )


def _package_columns() -> tuple[Column[PackageLine], ...]:
    return (
        Column(lambda: _("Time"), lambda row: minute_text(row.at), 138),
        Column(lambda: _("No."), lambda row: str(row.seq), 52, is_number=True, gives_way=True),
        Column(lambda: _("File"), lambda row: row.file),
        Column(
            lambda: _("Status"),
            lambda row: package_state_text(row.state),
            168,
            chip=lambda row: PACKAGE_STATE_TONES.get(row.state, "muted"),
        ),
    )
