"""导出: everything the office has not confirmed, written to a folder or stick, read back; and where it stands."""

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from desktop.errors import UserError
from desktop.gui.jobs import Job, Jobs
from desktop.gui.merging.merge_words import PACKAGE_STATE_TONES, package_state_text
from desktop.gui.page import Page
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.export_package import ExportedPackage, export_results
from desktop.services.merge_view import PackageLine, package_history
from desktop.services.workspace import ReportProgress, Workspace


class ExportPage(Page):
    icon_name = "upload"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Export"))
        self._job: Job | None = None
        self.export_button = text_button(self.texts, lambda: _("Export results …"), "upload", is_primary=True)
        self.action_row.addWidget(self.export_button)
        self.progress = ProgressRow(self.texts)
        self.packages: RowsModel[PackageLine] = RowsModel(_columns(), self)
        self.packages_view = RowsView(self.packages)
        self.export_button.clicked.connect(self._ask_folder)
        self.progress.stop_wanted.connect(self._stop)
        self._lay_out()

    def reload(self) -> None:
        self.packages.say_again()
        self.jobs.read(package_history, self.show_packages, self.show_error, name="exports")

    def show_packages(self, lines: tuple[PackageLine, ...]) -> None:
        sent = [line for line in lines if line.direction == "out"]
        self.packages.show_rows(sent)
        self._sides.setCurrentIndex(0 if sent else 1)

    def export_to(self, folder: Path) -> None:
        """Write a package with all that is new; it counts as exported only when it has been read back."""

        def work(workspace: Workspace, report_progress: ReportProgress) -> ExportedPackage:
            return export_results(workspace, folder, report_progress=report_progress)

        self.note.hide()
        self.export_button.setEnabled(False)
        self.progress.begin()
        self._job = self.jobs.write_long(
            work, self.progress.show_progress, self._show_exported, self._show_failed
        )

    def _show_exported(self, package: ExportedPackage) -> None:
        self._end()
        self.note.show_done(
            _("Exported and read back: {name}").format(name=package.path.name),
            _("Take it to the office; print the slip on the page “Print”. SHA-256 {hash}").format(
                hash=package.sha256
            ),
        )

    def _show_failed(self, error: UserError) -> None:
        self._end()
        self.show_error(error)

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self.export_button.setEnabled(True)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ask_folder(self) -> None:
        folder = choose_folder(self, _("Where should the package be written?"))
        if folder is not None:
            self.export_to(folder)

    def _lay_out(self) -> None:
        self.texts.say(self.packages_view.setAccessibleName, lambda: _("Exported packages"))
        about_label = plain_label("", "muted", wraps=True)
        self.texts.say(
            about_label.setText,
            lambda: _(
                "Every package repeats what the office has not confirmed, so a lost one leaves no gap. It can only be"
                " opened by the office."
            ),
        )
        card = Card()
        card.content.setContentsMargins(1, 1, 1, 1)
        card.content.addWidget(self.packages_view)
        self._sides = QStackedWidget()
        self._sides.addWidget(card)
        self._sides.addWidget(
            EmptyState(
                self.texts,
                "upload",
                lambda: _("Nothing has been exported yet"),
                lambda: _(
                    "Put a stick in and press “Export results …”; what was typed is exported as it is saved."
                ),
            )
        )
        self.body.addWidget(about_label)
        self.body.addWidget(self.progress)
        self.body.addWidget(self._sides, 1)


def _columns() -> tuple[Column[PackageLine], ...]:
    return (
        Column(lambda: _("Time"), lambda row: minute_text(row.at), 140),
        Column(lambda: _("No."), lambda row: str(row.seq), 56, is_number=True),
        Column(lambda: _("File"), lambda row: row.file),
        Column(
            lambda: _("Status"),
            lambda row: package_state_text(row.state),
            150,
            chip=lambda row: PACKAGE_STATE_TONES.get(row.state, "muted"),
        ),
    )
