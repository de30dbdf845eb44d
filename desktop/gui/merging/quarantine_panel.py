"""The quarantine: files that could not be used, the whole reason of the one in front, and another try."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.merging.merge_words import quarantine_state_text
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import EmptyState, table_card
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.packages.merge_view import MergeView, QuarantineLine, merge_for_view


class QuarantinePanel(QStackedWidget):
    """Nothing here is ever deleted; what may be used after all is merged by “try again”."""

    def __init__(self, jobs: Jobs, texts: Texts, note: NoteBar) -> None:
        super().__init__()
        self._jobs = jobs
        self._note = note
        self.lines: RowsModel[QuarantineLine] = RowsModel(_columns(), self)
        self.lines_view = RowsView(self.lines)
        self.retry_button = text_button(texts, lambda: _("Try again"), "rotate-cw")
        self._reason_label = plain_label("", wraps=True)
        texts.say(self.lines_view.setAccessibleName, lambda: _("Quarantine"))
        self.lines_view.row_chosen.connect(self._show_reason)
        self.retry_button.clicked.connect(self.retry)
        self.addWidget(table_card(self.lines_view, self._reason_label, self.retry_button))
        self.addWidget(
            EmptyState(
                texts,
                "circle-check",
                lambda: _("The quarantine is empty"),
                lambda: _(
                    "A package that cannot be used is kept here with its reason. Nothing is ever deleted."
                ),
            )
        )

    def show_lines(self, lines: tuple[QuarantineLine, ...]) -> None:
        self.lines.show_rows(lines)
        self.setCurrentIndex(0 if lines else 1)
        self.retry_button.setEnabled(any(line.state != "applied" for line in lines))
        if lines:
            self.lines_view.selectRow(0)

    def retry(self) -> None:
        """Merge whatever is not refused any more: a node was enrolled, the program updated, space freed."""
        self.retry_button.setEnabled(False)
        self._jobs.write(partial(merge_for_view, files=()), self._show_retried, self._show_error)

    def _show_reason(self, line: QuarantineLine) -> None:
        self._reason_label.setText(f"{line.problem} {line.advice}")

    def _show_retried(self, view: MergeView) -> None:
        self.retry_button.setEnabled(True)
        if view.files:
            self._note.show_done(
                _("{count} packages of the quarantine have been merged.").format(count=len(view.files))
            )
        else:
            self._note.show_warning(
                _("None of them can be used yet."), _("Do what stands beside the reason, then try again.")
            )

    def _show_error(self, error: UserError) -> None:
        self.retry_button.setEnabled(True)
        self._note.show_problem(error)


def _columns() -> tuple[Column[QuarantineLine], ...]:
    return (
        Column(lambda: _("File"), lambda row: row.file, 250),
        Column(lambda: _("Sender"), lambda row: row.sender or "—", 130),
        Column(lambda: _("Why, and what to do"), lambda row: f"{row.problem} {row.advice}"),
        Column(lambda: _("Came on"), lambda row: minute_text(row.at), 140, gives_way=True),
        Column(
            lambda: _("Status"),
            lambda row: quarantine_state_text(row.state),
            100,
            chip=lambda row: "ok" if row.state == "applied" else "warn",
        ),
    )
