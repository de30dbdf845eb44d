"""备份: the rolling ones inside the workspace, complete ones on another medium, and how old the last of those is."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Job, Jobs
from desktop.gui.setup.section import Section
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, Split
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.upkeep.back_up_workspace import WrittenBackup, back_up_workspace
from desktop.services.upkeep.list_backups import (
    BackupLine,
    BackupState,
    WrittenElsewhere,
    back_up_now,
    backup_state,
    check_backups,
)

_MIB = 1 << 20


class BackupsSection(Section):
    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Backups"))
        self.checked: Mapping[str, bool] = {}
        self._state: BackupState | None = None
        self._job: Job | None = None
        self.warning = NoteBar(self.texts)
        self.progress = ProgressRow(self.texts)
        self.rolling: RowsModel[BackupLine] = RowsModel(self._rolling_columns(), self)
        self.rolling_view = RowsView(self.rolling)
        self.complete: RowsModel[WrittenElsewhere] = RowsModel(_complete_columns(), self)
        self.complete_view = RowsView(self.complete)
        self.now_button = text_button(self.texts, lambda: _("Back up now"), "archive")
        self.check_button = text_button(self.texts, lambda: _("Check all"), "shield-check")
        self.folder_button = text_button(
            self.texts, lambda: _("Back up to a stick or folder …"), "save", is_primary=True
        )
        self.now_button.clicked.connect(self.back_up_here)
        self.check_button.clicked.connect(self.check)
        self.folder_button.clicked.connect(self._ask_folder)
        self.progress.stop_wanted.connect(self.stop)
        self._lay_out()

    def reload(self) -> None:
        self.jobs.read(backup_state, self._show, self.show_error, name="backups")

    def leave(self) -> None:
        self.stop()

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def back_up_here(self) -> None:
        self._begin()
        self._job = self.jobs.write(back_up_now, self._show_made, self._fail)

    def back_up_to(self, folder: Path) -> None:
        """A complete backup with the evidence; stopped, it leaves nothing behind."""
        self._begin()
        self._job = self.jobs.write_long(
            lambda workspace, report: back_up_workspace(workspace, folder, report),
            self.progress.show_progress,
            self._show_written,
            self._fail,
        )

    def check(self) -> None:
        self._begin()
        self._job = self.jobs.read_long(
            check_backups, self.progress.show_progress, self._show_checked, self._fail
        )

    def _show(self, state: BackupState) -> None:
        self._state = state
        self.rolling.show_rows(state.rolling)
        self.complete.show_rows(state.complete)
        self._rolling_sides.setCurrentIndex(0 if state.rolling else 1)
        self._complete_sides.setCurrentIndex(0 if state.complete else 1)
        self.check_button.setEnabled(bool(state.rolling) and self._job is None)
        self.warning.setVisible(state.is_overdue)
        if state.is_overdue:
            self.warning.show_warning(*_overdue_texts(state.days_without))

    def _show_made(self, name: str) -> None:
        self._end(_("The backup {name} is written and read back.").format(name=name))

    def _show_written(self, written: WrittenBackup) -> None:
        self._end(
            _(
                "Backup in {folder}: {files} files, {size} MB, read back. Keep it apart from this computer."
            ).format(folder=written.folder.name, files=written.files, size=-(-written.size // _MIB))
        )

    def _show_checked(self, results: Mapping[str, bool]) -> None:
        self.checked = results
        damaged = [name for name, is_sound in results.items() if not is_sound]
        if damaged:
            self._fail(
                UserError(
                    _("{count} backups are damaged: {names}").format(
                        count=len(damaged), names=_(", ").join(damaged)
                    ),
                    _("Make a new one, and check the disk of this computer."),
                )
            )
        else:
            self._end(_("All {count} backups are sound.").format(count=len(results)))
        self.rolling.say_again()

    def _begin(self) -> None:
        self.progress.begin()
        self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        for button in (self.now_button, self.check_button, self.folder_button):
            button.setEnabled(False)

    def _free(self) -> None:
        self._job = None
        for button in (self.now_button, self.folder_button):
            button.setEnabled(True)
        if self.progress.stop_button.hasFocus():
            self.folder_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.progress.end()
        self.check_button.setEnabled(self.rolling.rowCount() > 0)

    def _end(self, text: str) -> None:
        self._free()
        self.done.emit(text)

    def _fail(self, error: UserError) -> None:
        self._free()
        self.show_error(error)

    def _ask_folder(self) -> None:
        folder = choose_folder(self, _("Where should the backup be written?"))
        if folder is not None:
            self.back_up_to(folder)

    def _rolling_columns(self) -> tuple[Column[BackupLine], ...]:
        return (
            Column(lambda: _("Made on"), lambda row: minute_text(row.at), 140),
            Column(lambda: _("File"), lambda row: row.name),
            Column(lambda: _("Size"), lambda row: f"{row.size / _MIB:,.1f} MB", 90, is_number=True),
            Column(lambda: _("Status"), self._check_text, 120, chip=self._check_tone),
        )

    def _check_text(self, row: BackupLine) -> str:
        is_sound = self.checked.get(row.name)
        if is_sound is None:
            return _("read back")
        return _("sound") if is_sound else _("damaged")

    def _check_tone(self, row: BackupLine) -> str:
        is_sound = self.checked.get(row.name)
        return "muted" if is_sound is None else "ok" if is_sound else "bad"

    def _lay_out(self) -> None:
        self._rolling_sides, rolling = self._listed(
            self.rolling_view,
            EmptyState(
                self.texts,
                "archive",
                lambda: _("No backup in the workspace yet"),
                lambda: _("Before packages are merged one is made by itself, at most once an hour."),
            ),
            lambda: _("In this workspace"),
            lambda: _(
                "The newest ten; they help after a mistake, not after a lost computer. To restore one, give its file"
                " as the backup on the first page."
            ),
        )
        self._complete_sides, complete = self._listed(
            self.complete_view,
            EmptyState(
                self.texts,
                "save",
                lambda: _("No complete backup yet"),
                lambda: _("Take a stick that is kept in another room, and back up once a week."),
            ),
            lambda: _("On another medium"),
            lambda: _("Complete, with the evidence; all of it encrypted."),
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self.now_button)
        buttons.addWidget(self.check_button)
        buttons.addStretch(1)
        buttons.addWidget(self.folder_button)
        self.body.addWidget(self.warning)
        self.body.addLayout(buttons)
        self.body.addWidget(self.progress)
        self.body.addWidget(Split(rolling, complete, (620, 480)), 1)

    def _listed(
        self, view: RowsView, empty: EmptyState, heading: Callable[[], str], about: Callable[[], str]
    ) -> tuple[QStackedWidget, QWidget]:
        card = Card()
        card.content.setContentsMargins(1, 14, 1, 1)
        words = QVBoxLayout()
        words.setContentsMargins(17, 0, 17, 0)
        words.setSpacing(2)
        for text, look in ((heading, "heading"), (about, "muted")):
            label = plain_label("", look, wraps=True)
            self.texts.say(label.setText, text)
            words.addWidget(label)
        self.texts.say(view.setAccessibleName, heading)
        sides = QStackedWidget()
        sides.addWidget(view)
        sides.addWidget(empty)
        card.content.addLayout(words)
        card.content.addWidget(sides, 1)
        return sides, card


def _overdue_texts(days: int | None) -> tuple[str, str]:
    """(what is the matter, what to do)."""
    if days is None:
        return (
            _("No complete backup has ever been made of this workspace."),
            _("If this computer is lost or broken, everything in it is lost. Back up to a stick now."),
        )
    return (
        _("The last complete backup was made {days} days ago.").format(days=days),
        _(
            "If this computer is lost or broken, everything since then is lost with it. Back up to a stick now."
        ),
    )


def _complete_columns() -> tuple[Column[WrittenElsewhere], ...]:
    return (
        Column(lambda: _("Made on"), lambda row: minute_text(row.at), 140),
        Column(lambda: _("Folder"), lambda row: row.folder or "—"),
        Column(lambda: _("Person"), lambda row: row.by, 90),
    )
