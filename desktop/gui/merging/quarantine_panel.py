"""The quarantine: files that could not be used, the whole reason of the one in front, and another try."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.names import display_name
from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.merging.merge_words import quarantine_state_text
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.cards import EmptyState, table_card
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.search_bar import Choice, SearchBar
from desktop.gui.window_fit import PageStack
from desktop.i18n import _
from desktop.services.packages.dismiss_file import FileInQuarantine, dismiss_file, take_up_file
from desktop.services.packages.merge_view import MergeView, QuarantineLine, merge_for_view


class QuarantinePanel(PageStack):
    """Nothing here is ever deleted; what may be used after all is merged by “try again”."""

    def __init__(self, jobs: Jobs, texts: Texts, note: NoteBar) -> None:
        super().__init__()
        self._jobs = jobs
        self._note = note
        self._all: tuple[QuarantineLine, ...] = ()
        self.lines: RowsModel[QuarantineLine] = RowsModel(_columns(), self)
        self.lines_view = RowsView(self.lines)
        self.filter_bar = SearchBar(texts, lambda: _("Name of the file, sender or reason"))
        self.state_field = self.filter_bar.add_choice(lambda: _("Status"), _STATES)
        self.retry_button = text_button(texts, lambda: _("Try again"), "rotate-cw")
        self.dismiss_button = text_button(texts, lambda: _("Dismiss …"), "archive")
        self.take_up_button = text_button(texts, lambda: _("Take up again"), "undo-2")
        self._reason_label = plain_label("", wraps=True)
        texts.say(self.lines_view.setAccessibleName, lambda: _("Quarantine"))
        self.filter_bar.changed.connect(self._show_filtered)
        self.lines_view.row_chosen.connect(self._show_reason)
        self.retry_button.clicked.connect(self.retry)
        self.dismiss_button.clicked.connect(self._ask_reason)
        self.take_up_button.clicked.connect(self.take_up)
        self._lay_out(texts)

    def show_lines(self, lines: tuple[QuarantineLine, ...]) -> None:
        self._all = lines
        self.setCurrentIndex(0 if lines else 1)
        self.retry_button.setEnabled(any(line.state != "applied" for line in lines))
        self._show_filtered()

    def show_waiting(self) -> None:
        """What is to be looked at, whatever was searched before."""
        self.filter_bar.search_field.clear()
        self.state_field.setCurrentIndex(0)
        self._show_filtered()

    def dismiss(self, reason: str) -> None:
        work = partial(dismiss_file, file_id=self.lines_view.chosen_row().id, reason=reason)
        self._jobs.write(work, self._show_dismissed, self._note.show_problem)

    def take_up(self) -> None:
        work = partial(take_up_file, file_id=self.lines_view.chosen_row().id)
        self._jobs.write(work, self._show_taken_up, self._note.show_problem)

    def retry(self) -> None:
        """Merge whatever is not refused any more: a node was enrolled, the program updated, space freed."""
        self.retry_button.setEnabled(False)
        self._jobs.write(partial(merge_for_view, files=()), self._show_retried, self._show_error)

    def _show_filtered(self) -> None:
        state, words = self.state_field.currentData(), self.filter_bar.text.casefold().split()
        before = self.lines_view.chosen_row()
        shown = [line for line in self._all if _is_in(line, state) and _has_words(line, words)]
        self.lines.show_rows(shown)
        if shown:
            ids = [line.id for line in shown]
            self.lines_view.selectRow(ids.index(before.id) if before and before.id in ids else 0)
        else:
            self._show_reason(None)
            self._reason_label.setText(_("There is no such file; the choice above shows the others."))

    def _show_reason(self, line: QuarantineLine | None) -> None:
        self.dismiss_button.setVisible(line is None or line.state != "dismissed")
        self.dismiss_button.setEnabled(line is not None and line.state in ("waiting", "ready"))
        self.take_up_button.setVisible(line is not None and line.state == "dismissed")
        self._reason_label.setText(_whole_reason(line) if line else "")

    def _ask_reason(self) -> None:
        line = self.lines_view.chosen_row()
        dialog = ReasonDialog(
            _("Dismiss the file"),
            _(
                "{file} waits for nobody any more and lies under “dismissed”. The file is kept, and if its reason"
                " goes away it is merged all the same."
            ).format(file=display_name(line.file, 120)),
            lambda: _("Dismiss"),
            self,
        )
        dialog.reason_given.connect(self.dismiss)
        dialog.open()

    def _show_dismissed(self, file: FileInQuarantine) -> None:
        self._note.show_done(
            _("{file} is dismissed; it stays in the quarantine and can be taken up again.").format(
                file=display_name(file.name, 60)
            )
        )

    def _show_taken_up(self, file: FileInQuarantine) -> None:
        self._note.show_done(
            _("{file} waits in the quarantine again.").format(file=display_name(file.name, 60))
        )

    def _show_retried(self, view: MergeView) -> None:
        self.retry_button.setEnabled(True)
        if view.files:
            self._note.show_done(
                _("{count} packages of the quarantine have been merged.").format(count=len(view.files))
            )
        else:
            self._note.show_warning(
                lambda: _("None of them can be used yet."),
                lambda: _("Do what stands beside the reason, then try again."),
            )

    def _show_error(self, error: UserError) -> None:
        self.retry_button.setEnabled(True)
        self._note.show_problem(error)

    def _lay_out(self, texts: Texts) -> None:
        buttons = QWidget()
        row = button_row(self.dismiss_button, self.take_up_button, self.retry_button)
        row.setContentsMargins(0, 0, 0, 0)
        buttons.setLayout(row)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter_bar)
        column.addWidget(table_card(self.lines_view, self._reason_label, buttons), 1)
        self.addWidget(page)
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


_STATES: tuple[Choice, ...] = (
    ("open", lambda: _("To be looked at")),
    ("dismissed", lambda: _("Dismissed")),
    ("applied", lambda: _("Released")),
    ("", lambda: _("All of them")),
)


_TONES = {"applied": "ok", "dismissed": "muted"}


def _is_in(line: QuarantineLine, state: str) -> bool:
    return line.is_waiting if state == "open" else state in ("", line.state)


def _has_words(line: QuarantineLine, words: Sequence[str]) -> bool:
    text = f"{line.file} {line.sender} {line.problem} {line.dismissed_because}".casefold()
    return all(word in text for word in words)


def _whole_reason(line: QuarantineLine) -> str:
    refused = f"{line.problem} {line.advice}"
    if line.state != "dismissed":
        return refused
    dismissed = _("Dismissed by {person} on {time}: {why}").format(
        person=line.dismissed_by, time=minute_text(line.dismissed_at), why=line.dismissed_because
    )
    return f"{refused}\n{dismissed}"


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
            chip=lambda row: _TONES.get(row.state, "warn"),
        ),
    )
