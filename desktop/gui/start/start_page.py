"""The first page: recent workspaces, and the ways to come to a workspace."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.start.demo_process import DemoProcess
from desktop.gui.start.new_workspaces import founded_words, look_at_place, made_field_node, made_office
from desktop.gui.start.passphrase_reset import PassphraseReset
from desktop.gui.start.restore_form import RestoreForm
from desktop.gui.start.restoring import Restoring, next_step
from desktop.gui.start.start_forms import NewWorkspace, NewWorkspaceForm, StartForm, UnlockForm
from desktop.gui.start.start_tiles import RecentRow, Way, way_tile
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.labels import plain_label
from desktop.gui.window_fit import PageStack
from desktop.i18n import _
from desktop.services.workspace.look_at_workspace import LockedWorkspace, OpenedWorkspace, look_at_workspace
from desktop.services.workspace.open_workspace import open_workspace
from desktop.settings import RecentWorkspace

DEMO_PASSPHRASE = "demo-passphrase"  # noqa: S105  opens nothing but the demo, and its summary says so


class StartPage(Page):
    """``workspace_opened`` carries an OpenedWorkspace, ``forget_wanted`` a folder of the recent ones.

    ``entered``: what has happened to the workspace that was opened just now, and what to do next.
    """

    workspace_opened = Signal(object)
    entered = Signal(str, str)
    forget_wanted = Signal(str)

    def __init__(self, jobs: Jobs, *, is_carried: bool = False) -> None:
        super().__init__(jobs, lambda: _("Welcome to Mingcha"))
        self._recent: Sequence[RecentWorkspace] = ()
        self.demo = DemoProcess(self)
        self.unlock_form = UnlockForm()
        self.office_form = NewWorkspaceForm(is_office=True, is_carried=is_carried)
        self.field_form = NewWorkspaceForm(is_office=False, is_carried=is_carried)
        self.restoring = Restoring(jobs, self._enter_restored, self)
        self.restore_form = self.restoring.form
        self.reset = PassphraseReset(jobs, self._enter_reset, self)
        self._recent_rows = QVBoxLayout()
        self._recent_rows.setSpacing(8)
        self.panels = PageStack()
        self._choices = self._choices_panel()
        self._demo_panel = self._progress_panel()
        for panel in (self._choices, *self._forms(), self._demo_panel):
            self.panels.addWidget(panel)
        right = Card()
        right.content.addWidget(self.panels)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addWidget(self._recent_card(), 4)
        columns.addWidget(right, 6)
        self.body.addLayout(columns, 1)
        warning_label = plain_label("", "warning")
        self.texts.say(
            warning_label.setText, lambda: _("Storing or processing state secrets is strictly forbidden.")
        )
        self.body.addWidget(warning_label, 0, Qt.AlignmentFlag.AlignHCenter)
        self._connect()

    def show_recent(self, recent: Sequence[RecentWorkspace]) -> None:
        self._recent = recent
        while (place := self._recent_rows.takeAt(0)) is not None:
            widget = place.widget()
            if widget is not None:
                widget.deleteLater()
        for each in recent:
            row = RecentRow(each)
            row.open_wanted.connect(self.ask_passphrase)
            row.forget_wanted.connect(self.forget_wanted)
            self._recent_rows.addWidget(row)
        self._none_label.setVisible(not recent)

    def say_again(self) -> None:
        for form in self._forms():
            form.texts.say_again()
        super().say_again()
        self.show_recent(self._recent)

    def leave(self) -> None:
        self.demo.stop()

    def show_choices(self) -> None:
        self.panels.setCurrentWidget(self._choices)

    def ask_passphrase(self, folder: Path, known: str = "") -> None:
        """Look at the folder and ask for the pass phrase, or try one that is known; a folder that is none says so."""
        self.jobs.aside(
            partial(look_at_workspace, folder), partial(self._show_locked, known=known), self.show_error
        )

    def open_with(self, folder: Path, login: str, passphrase: str, *, read_only: bool = False) -> None:
        self.unlock_form.set_busy(True)
        work = partial(open_workspace, folder, passphrase, login, read_only=read_only)
        self.jobs.open(work, self._enter, self.unlock_form.show_error)

    def make_office(self, new: NewWorkspace) -> None:
        self.office_form.set_busy(True)
        self.jobs.open(
            partial(made_office, new), partial(self._enter_founded, new), self.office_form.show_error
        )

    def make_field_node(self, new: NewWorkspace) -> None:
        self.field_form.set_busy(True)
        self.jobs.open(partial(made_field_node, new), self._enter, self.field_form.show_error)

    def build_demo(self, folder: Path) -> None:
        self.note.hide()
        self.panels.setCurrentWidget(self._demo_panel)
        self.demo.start(folder)

    def stop_demo(self) -> None:
        self.demo.stop()
        self.note.hide()
        self.show_choices()

    def _connect(self) -> None:
        for form in self._forms():
            form.back_wanted.connect(self.show_choices)
        for form in (self.office_form, self.field_form):
            form.folder_named.connect(partial(look_at_place, self.jobs, form))
        self.unlock_form.submitted.connect(self.open_with)
        self.office_form.submitted.connect(self.make_office)
        self.field_form.submitted.connect(self.make_field_node)
        self.unlock_form.reading_wanted.connect(partial(self.open_with, read_only=True))
        self.unlock_form.forgotten.connect(self._show_forgotten)
        self.demo.said.connect(self._demo_label.setText)
        self.demo.finished.connect(self._open_demo)
        self.demo.failed.connect(self._show_demo_failed)

    def _forms(self) -> tuple[StartForm, ...]:
        return (self.unlock_form, self.office_form, self.field_form, self.restore_form, self.reset.form)

    def _enter(self, opened: OpenedWorkspace) -> None:
        self.note.hide()
        self.office_form.clear_secrets()
        self.field_form.clear_secrets()
        self.restore_form.clear_secrets()
        self.reset.form.clear_secrets()
        self.unlock_form.passphrase_field.clear()
        for form in self._forms():
            form.set_busy(False)
        self.show_choices()
        self.workspace_opened.emit(opened)
        if opened.is_read_only:
            self.entered.emit(
                _("The workspace is open for reading only: everything can be seen, nothing can be changed."),
                _("Somebody else has it open. When they have closed it, leave it here and open it again."),
            )

    def _enter_founded(self, new: NewWorkspace, opened: OpenedWorkspace) -> None:
        self._enter(opened)
        self.entered.emit(*founded_words(new))

    def _enter_restored(self, opened: OpenedWorkspace) -> None:
        self._enter(opened)
        self.entered.emit(
            _("The workspace is restored as it was on the day of the backup."), next_step(opened)
        )

    def _enter_reset(self, opened: OpenedWorkspace) -> None:
        self._enter(opened)
        self.entered.emit(
            _("The new pass phrase of {name} is set.").format(name=opened.person),
            _("Put the recovery sheet back into the safe, and destroy any file with the key."),
        )

    def _show_locked(self, locked: LockedWorkspace, known: str = "") -> None:
        self.note.hide()
        self.panels.setCurrentWidget(self.unlock_form)
        self.unlock_form.show_locked(locked)
        if known:
            self.unlock_form.passphrase_field.setText(known)
            self.unlock_form.submit()

    def _show_forgotten(self, folder: Path) -> None:
        self.panels.setCurrentWidget(self.reset.form)
        self.reset.form.begin(folder)

    def _open_demo(self, office: Path) -> None:
        self.panels.setCurrentWidget(self.unlock_form)
        self.unlock_form.show_locked(LockedWorkspace(office, "office", ("1",)))
        self.open_with(office, "1", DEMO_PASSPHRASE)

    def _show_demo_failed(self, error: UserError) -> None:
        if self.panels.currentWidget() is self._demo_panel:
            self.show_choices()
            self.note.show_problem(error)

    def _recent_card(self) -> Card:
        card = Card()
        heading_label = plain_label("", "heading")
        self._none_label = plain_label("", "muted", wraps=True)
        self.texts.say(heading_label.setText, lambda: _("Recent workspaces"))
        self.texts.say(
            self._none_label.setText,
            lambda: _("None yet. Make an office, join one as a field node, or look at the demo first."),
        )
        self.open_button = text_button(self.texts, lambda: _("Open another workspace …"), "folder-open")
        self.open_button.clicked.connect(self._ask_workspace)
        card.content.addWidget(heading_label)
        card.content.addWidget(self._none_label)
        card.content.addLayout(self._recent_rows)
        card.content.addStretch(1)
        card.content.addWidget(self.open_button)
        return card

    def _choices_panel(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        heading_label = plain_label("", "heading")
        self.texts.say(heading_label.setText, lambda: _("How would you like to begin?"))
        column.addWidget(heading_label)
        for way in self._ways():
            column.addWidget(way_tile(self.texts, way))
        column.addStretch(1)
        return panel

    def _ways(self) -> tuple[Way, ...]:
        return (
            Way(
                lambda: _("New office"),
                lambda: _("For the office that plans, merges and scores"),
                "building-2",
                partial(self._show_form, self.office_form),
            ),
            Way(
                lambda: _("Join as a field node"),
                lambda: _("For an inspector's laptop, with the card of the office"),
                "laptop",
                partial(self._show_form, self.field_form),
            ),
            Way(
                lambda: _("Restore a backup"),
                lambda: _("For a lost or broken computer"),
                "archive-restore",
                partial(self._show_form, self.restore_form),
            ),
            Way(
                lambda: _("Open the demo"),
                lambda: _("A fictitious city with a year of data; half a minute"),
                "play",
                self._ask_demo_folder,
            ),
        )

    def _progress_panel(self) -> QWidget:
        panel = QWidget()
        heading_label = plain_label("", "heading")
        self.texts.say(heading_label.setText, lambda: _("Building the fictitious city …"))
        self._demo_label = plain_label("", "muted", wraps=True)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self.stop_button = text_button(self.texts, lambda: _("Stop"))
        self.stop_button.clicked.connect(self.stop_demo)
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(heading_label)
        column.addWidget(bar)
        column.addWidget(self._demo_label)
        column.addStretch(1)
        column.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignRight)
        return panel

    def _show_form(self, form: NewWorkspaceForm | RestoreForm) -> None:
        self.note.hide()
        form.clear()
        self.panels.setCurrentWidget(form)

    def _ask_workspace(self) -> None:
        folder = choose_folder(self, _("Open a workspace"))
        if folder is not None:
            self.ask_passphrase(folder)

    def _ask_demo_folder(self) -> None:
        folder = choose_folder(self, _("Where should the demo lie?"))
        if folder is not None:
            self.build_demo(folder / _("mingcha-demo"))
