"""The form of the start page that restores a backup, by pass phrase or with the recovery sheet alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from desktop.errors import UserError
from desktop.gui.start.start_forms import StartForm
from desktop.gui.widgets.field_form import PathField, empty_error, secret_field
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _


@dataclass(frozen=True)
class RestoreOrder:
    """What was filled in. With a ``recovery_text`` the pass phrase is a new one."""

    backup: Path
    folder: Path
    login: str
    passphrase: str = field(repr=False)
    recovery_text: str = field(repr=False, default="")


class RestoreForm(StartForm):
    """``submitted`` carries a RestoreOrder; ``backup_named`` a folder whose logins are wanted."""

    submitted = Signal(object)
    backup_named = Signal(object)
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(lambda: _("Restore a backup"), lambda: _("Restore"), _about)
        self.backup_field = PathField(self.texts, self._ask_backup, lambda: _("Browse …"))
        self.folder_field = PathField(self.texts, self._ask_folder, lambda: _("Browse …"))
        self.login_field = ChoiceField()
        self.sheet_box = QCheckBox()
        self.texts.say(self.sheet_box.setText, lambda: _("No pass phrase is known; use the recovery sheet"))
        self.key_field = secret_field()
        self.show_box = QCheckBox()
        self.texts.say(self.show_box.setText, lambda: _("Show the key while it is typed"))
        self.passphrase_field = secret_field()
        self.new_field = secret_field()
        self.repeat_field = secret_field()
        self.progress = ProgressRow(self.texts)
        self.form.add_field(lambda: _("Folder or file of the backup"), self.backup_field)
        self.form.add_field(lambda: _("New folder"), self.folder_field)
        self.form.add_field(lambda: _("Login"), self.login_field)
        self.form.addRow(self.sheet_box)
        self.form.add_field(lambda: _("Pass phrase"), self.passphrase_field)
        self.form.add_field(lambda: _("Recovery key"), self.key_field)
        self.form.addRow("", self.show_box)
        self.form.add_field(lambda: _("New pass phrase"), self.new_field)
        self.form.add_field(lambda: _("Once more"), self.repeat_field)
        self.progress_row.addWidget(self.progress)
        self._connect()
        self.show_logins(())
        self._choose_way(uses_sheet=False)

    def clear(self) -> None:
        for edit in (self.backup_field.edit, self.folder_field.edit):
            edit.clear()
        self.clear_secrets()
        self.show_logins(())
        self.note.hide()
        self.set_busy(False)
        self.backup_field.setFocus()

    def clear_secrets(self) -> None:
        for edit in (self.key_field, self.passphrase_field, self.new_field, self.repeat_field):
            edit.clear()
        self.sheet_box.setChecked(False)
        self.show_box.setChecked(False)

    def show_logins(self, logins: Sequence[str]) -> None:
        """With one person alone there is nothing to choose."""
        self.login_field.clear()
        self.login_field.addItems(logins)
        self.form.setRowVisible(self.login_field, len(logins) > 1)

    def set_busy(self, is_busy: bool) -> None:
        super().set_busy(is_busy)
        if is_busy:
            self.progress.begin()
        else:
            self.progress.end()

    def submit(self) -> None:
        if not self.done_button.isEnabled():
            return
        self.note.hide()
        backup, folder = self.backup_field.path(), self.folder_field.path()
        uses_sheet = self.sheet_box.isChecked()
        passphrase = (self.new_field if uses_sheet else self.passphrase_field).text()
        key = self.key_field.text() if uses_sheet else ""
        secrets = (self.key_field, self.new_field) if uses_sheet else (self.passphrase_field,)
        empty = empty_error((self.backup_field.edit, self.folder_field.edit, *secrets))
        if empty is not None:
            self.note.show_problem(empty)
        elif uses_sheet and passphrase != self.repeat_field.text():
            self.note.show_problem(
                UserError(_("The two pass phrases differ."), _("Type the same one in both fields."))
            )
        elif backup is not None and folder is not None:
            self.submitted.emit(RestoreOrder(backup, folder, self.login_field.currentText(), passphrase, key))

    def _choose_way(self, *, uses_sheet: bool) -> None:
        self.form.setRowVisible(self.passphrase_field, not uses_sheet)
        for field_ in (self.key_field, self.show_box, self.new_field, self.repeat_field):
            self.form.setRowVisible(field_, uses_sheet)

    def _show_key(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.key_field.setEchoMode(mode)

    def _name_backup(self, text: str) -> None:
        if text.strip():
            self.backup_named.emit(Path(text.strip()))

    def _ask_backup(self) -> Path | None:
        return choose_folder(self, _("Where does the backup lie?"))

    def _ask_folder(self) -> Path | None:
        chosen = choose_folder(self, _("Where should the workspace lie?"))
        return None if chosen is None else chosen / _("mingcha-workspace")

    def _connect(self) -> None:
        self.sheet_box.toggled.connect(lambda is_on: self._choose_way(uses_sheet=is_on))
        self.show_box.toggled.connect(self._show_key)
        self.backup_field.edit.textChanged.connect(self._name_backup)
        self.progress.stop_wanted.connect(self.stop_wanted)
        for edit in (self.passphrase_field, self.repeat_field):
            edit.returnPressed.connect(self.submit)


def _about() -> str:
    return _(
        "The backup is only read. What is restored lies in a new folder and goes on from the day of the backup; merge"
        " the packages that came later once more."
    )
