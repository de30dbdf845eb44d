"""The forms of the start page: unlock a workspace, make an office, make a field node."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.field_form import FieldForm, PathField, empty_error, secret_field
from desktop.gui.widgets.file_dialogs import choose_file, choose_folder, choose_target
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.scrolled import Scrolled
from desktop.i18n import _
from desktop.services.workspace.look_at_workspace import LockedWorkspace, WorkspaceInUseError


@dataclass(frozen=True)
class NewWorkspace:
    """What was filled in for a new workspace. ``file``: the sheet to write (office) or the card to read (field).

    ``is_portable``: it may lie on a removable disk.
    """

    folder: Path
    name: str
    person: str
    file: Path
    passphrase: str = field(repr=False)
    is_portable: bool = False


class StartForm(QWidget):
    """A heading, fields, a note and two buttons. Working, it takes no second order.

    ``progress_row``: for what a form shows meanwhile.
    """

    back_wanted = Signal()

    def __init__(self, heading: Callable[[], str], done: Callable[[], str], about: Callable[[], str]) -> None:
        super().__init__()
        self.texts = Texts()
        self.note = NoteBar(self.texts)
        self.form = FieldForm(self.texts)
        heading_label = plain_label("", "heading")
        about_label = plain_label("", "muted", wraps=True)
        self.texts.say(heading_label.setText, heading)
        self.texts.say(about_label.setText, about)
        self.back_button = text_button(self.texts, lambda: _("Back"))
        self.done_button = text_button(self.texts, done, is_primary=True)
        self.back_button.clicked.connect(self.back_wanted)
        self.done_button.clicked.connect(self.submit)
        self.progress_row = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(heading_label)
        column.addWidget(about_label)
        self.form.setContentsMargins(0, 0, 4, 0)
        # On a low window the fields are scrolled; what is said about them and the buttons stay in sight.
        column.addWidget(Scrolled(self.form), 1)
        column.addLayout(self.progress_row)
        column.addWidget(self.note)
        column.addLayout(button_row(self.back_button, self.done_button))

    def submit(self) -> None:
        """Check what was filled in and hand it over."""

    def set_busy(self, is_busy: bool) -> None:
        self.done_button.setEnabled(not is_busy)
        self.back_button.setEnabled(not is_busy)

    def show_error(self, error: UserError) -> None:
        self.set_busy(False)
        self.note.show_problem(error)


class UnlockForm(StartForm):
    """``submitted``: folder, login and pass phrase. ``forgotten`` carries the folder.

    ``reading_wanted``: as ``submitted``, where somebody else has the workspace open.
    """

    submitted = Signal(object, str, str)
    reading_wanted = Signal(object, str, str)
    forgotten = Signal(object)

    def __init__(self) -> None:
        super().__init__(
            lambda: _("Unlock the workspace"),
            lambda: _("Unlock"),
            lambda: _("Everything in it is encrypted; the pass phrase is known to you alone."),
        )
        self._folder = Path()
        self.folder_label = CutLabel()
        self.folder_label.setMinimumHeight(32)
        self.login_field = ChoiceField()
        self.passphrase_field = secret_field()
        self.passphrase_field.returnPressed.connect(self.submit)
        self.form.add_field(lambda: _("Workspace"), self.folder_label)
        self.form.add_field(lambda: _("Login"), self.login_field)
        self.form.add_field(lambda: _("Pass phrase"), self.passphrase_field)
        self.forgotten_button = text_button(self.texts, lambda: _("Forgotten the pass phrase?"))
        self.forgotten_button.setProperty("look", "quiet")
        self.forgotten_button.clicked.connect(lambda: self.forgotten.emit(self._folder))
        self.form.addRow("", self.forgotten_button)
        self.reading_button = text_button(self.texts, lambda: _("Open for reading only"))
        self.reading_button.clicked.connect(lambda: self._hand_over(self.reading_wanted))
        self.form.addRow("", self.reading_button)

    def show_locked(self, locked: LockedWorkspace) -> None:
        self._folder = locked.folder
        self.folder_label.setText(str(locked.folder))
        self.login_field.clear()
        self.login_field.addItems(locked.logins)
        # With one person alone there is nothing to choose.
        self.form.setRowVisible(self.login_field, len(locked.logins) > 1)
        self.passphrase_field.clear()
        self.note.hide()
        self.form.setRowVisible(self.reading_button, False)
        self.set_busy(False)
        self.passphrase_field.setFocus()

    def submit(self) -> None:
        self._hand_over(self.submitted)

    def show_error(self, error: UserError) -> None:
        super().show_error(error)
        is_in_use = isinstance(error, WorkspaceInUseError)
        self.form.setRowVisible(self.reading_button, is_in_use)
        if is_in_use:
            self.reading_button.setFocus()
        else:
            self.passphrase_field.selectAll()
            self.passphrase_field.setFocus()

    def _hand_over(self, signal: SignalInstance) -> None:
        if self.done_button.isEnabled():
            self.note.hide()
            signal.emit(self._folder, self.login_field.currentText(), self.passphrase_field.text())


class NewWorkspaceForm(StartForm):
    """``submitted`` carries a NewWorkspace. The office writes its recovery sheet, a field node reads a card.

    ``folder_named``: a folder stands in its field, as a Path; ``offer_portable`` answers. ``is_carried``: the program
    runs from a stick, and so will the workspace.
    """

    submitted = Signal(object)
    folder_named = Signal(object)

    def __init__(self, *, is_office: bool, is_carried: bool = False) -> None:
        super().__init__(
            (lambda: _("New office")) if is_office else (lambda: _("Join as a field node")),
            (lambda: _("Make the office")) if is_office else (lambda: _("Make the field node")),
            _about_office if is_office else _about_field,
        )
        self.name_field = QLineEdit()
        self.person_field = QLineEdit()
        self.folder_field = PathField(self.texts, self._ask_folder, lambda: _("Browse …"))
        self.passphrase_field = secret_field()
        self.repeat_field = secret_field()
        choose = self._ask_sheet if is_office else self._ask_card
        self.file_field = PathField(self.texts, choose, lambda: _("Browse …"))
        self.form.add_field(
            (lambda: _("Name of the office")) if is_office else (lambda: _("Name of this computer")),
            self.name_field,
        )
        self.form.add_field(lambda: _("Your name"), self.person_field)
        self._is_carried = is_carried
        self.portable_field = QCheckBox()
        self.texts.say(self.portable_field.setText, lambda: _("This workspace may lie on a removable disk"))
        self.form.add_field(lambda: _("New folder"), self.folder_field)
        self.form.addRow("", self.portable_field)
        self.offer_portable(is_removable=False)
        self.folder_field.edit.textChanged.connect(self._name_folder)
        self.form.add_field(
            (lambda: _("Recovery sheet")) if is_office else (lambda: _("Card of the office")), self.file_field
        )
        self.form.add_field(lambda: _("Pass phrase"), self.passphrase_field)
        self.form.add_field(lambda: _("Once more"), self.repeat_field)
        self.texts.say(
            self.passphrase_field.setPlaceholderText,
            lambda: _("At least 8 characters, for example a short sentence"),
        )
        self._fields = (self.name_field, self.person_field, self.folder_field.edit, self.file_field.edit)

    def clear(self) -> None:
        for field_ in (self.name_field, self.person_field, self.folder_field.edit, self.file_field.edit):
            field_.clear()
        self.clear_secrets()
        self.note.hide()
        self.set_busy(False)
        self.name_field.setFocus()

    def clear_secrets(self) -> None:
        self.passphrase_field.clear()
        self.repeat_field.clear()

    def offer_portable(self, *, is_removable: bool) -> None:
        """Ask whether it is meant to be carried, where the folder lies on a stick or the program itself does."""
        self.form.setRowVisible(self.portable_field, is_removable or self._is_carried)
        self.portable_field.setChecked(self._is_carried)

    def submit(self) -> None:
        self.note.hide()
        folder, file = self.folder_field.path(), self.file_field.path()
        name, person = self.name_field.text().strip(), self.person_field.text().strip()
        empty = empty_error(self._fields)
        if empty is not None:
            self.note.show_problem(empty)
        elif self.passphrase_field.text() != self.repeat_field.text():
            self.repeat_field.setFocus()
            self.note.show_problem(
                UserError(_("The two pass phrases differ."), _("Type the same one in both fields."))
            )
        elif folder is not None and file is not None:
            is_portable = self.portable_field.isChecked()
            self.submitted.emit(
                NewWorkspace(folder, name, person, file, self.passphrase_field.text(), is_portable)
            )

    def _name_folder(self) -> None:
        folder = self.folder_field.path()
        if folder is not None:
            self.folder_named.emit(folder)

    def _ask_folder(self) -> Path | None:
        chosen = choose_folder(self, _("Where should the workspace lie?"))
        return None if chosen is None else chosen / _("mingcha-workspace")

    def _ask_sheet(self) -> Path | None:
        return choose_target(self, _("Recovery sheet"), _("Recovery sheet") + ".pdf", "PDF (*.pdf)")

    def _ask_card(self) -> Path | None:
        return choose_file(self, _("Card of the office"))


def _about_office() -> str:
    return _(
        "The workspace of a supervision office. The recovery sheet opens everything if the pass phrase is forgotten:"
        " print it, delete the file, keep the paper in a safe."
    )


def _about_field() -> str:
    return _(
        "The workspace of an inspector's laptop. It takes the card of its office; the office then enrolls the card of"
        " this computer."
    )
