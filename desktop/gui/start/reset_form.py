"""The form of the start page for a forgotten pass phrase: the recovery sheet sets a new one in place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit

from desktop.errors import UserError
from desktop.gui.start.start_forms import StartForm
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.field_form import empty_error, secret_field
from desktop.gui.widgets.file_dialogs import choose_file
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _


@dataclass(frozen=True)
class ResetOrder:
    """What was filled in: whose slot gets which pass phrase, by which recovery key."""

    folder: Path
    login: str
    recovery_text: str = field(repr=False)
    passphrase: str = field(repr=False)


class ResetForm(StartForm):
    """``submitted`` carries a ResetOrder; ``key_typed`` folder and key whenever one is complete and in order;
    ``file_chosen`` a file that may hold it."""

    submitted = Signal(object)
    key_typed = Signal(object, str)
    file_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(
            lambda: _("The pass phrase is forgotten"), lambda: _("Set the new pass phrase"), _about
        )
        self._folder = Path()
        self._has_owners = False
        self.folder_label = CutLabel()
        self.folder_label.setMinimumHeight(32)
        self.key_field = secret_field()
        self.file_button = text_button(self.texts, lambda: _("From a file …"))
        self.show_box = QCheckBox()
        self.texts.say(self.show_box.setText, lambda: _("Show the key while it is typed"))
        self.check_label = plain_label("", "muted", wraps=True)
        self.person_field = ChoiceField()
        self.new_field, self.repeat_field = secret_field(), secret_field()
        key_row = QHBoxLayout()
        key_row.setSpacing(8)
        key_row.addWidget(self.key_field, 1)
        key_row.addWidget(self.file_button)
        key_label = plain_label()
        key_label.setBuddy(self.key_field)
        self.texts.say(key_label.setText, lambda: _("Recovery key"))
        self.texts.say(self.key_field.setAccessibleName, lambda: _("Recovery key"))
        self.form.add_field(lambda: _("Workspace"), self.folder_label)
        self.form.addRow(key_label, key_row)
        self.form.addRow("", self.show_box)
        self.form.addRow("", self.check_label)
        self.form.add_field(lambda: _("Who gets the new pass phrase"), self.person_field)
        self.form.add_field(lambda: _("New pass phrase"), self.new_field)
        self.form.add_field(lambda: _("Once more"), self.repeat_field)
        self._connect()

    def begin(self, folder: Path) -> None:
        """Ask about the workspace in this folder."""
        self._folder = folder
        self.folder_label.setText(str(folder))
        self.clear_secrets()
        self.note.hide()
        self.set_busy(False)
        self.key_field.setFocus()

    def clear_secrets(self) -> None:
        for edit in (self.key_field, self.new_field, self.repeat_field):
            edit.clear()
        self.show_box.setChecked(False)
        self.show_owners(())

    def show_owners(self, owners: Sequence[tuple[str, str]]) -> None:
        """(login, name) of everybody who can unlock the workspace; none before the key has opened it."""
        self._has_owners = bool(owners)
        self.person_field.clear()
        for login, name in owners:
            self.person_field.addItem(name if name == login else f"{name}（{login}）", login)
        for row in (self.person_field, self.new_field, self.repeat_field):
            self.form.setRowVisible(row, self._has_owners)
        self.done_button.setEnabled(self._has_owners)
        if owners:
            (self.person_field if len(owners) > 1 else self.new_field).setFocus()

    def set_busy(self, is_busy: bool) -> None:
        super().set_busy(is_busy)
        self.done_button.setEnabled(not is_busy and self._has_owners)

    def submit(self) -> None:
        if not self.done_button.isEnabled():
            return
        self.note.hide()
        empty = empty_error((self.new_field,))
        if empty is not None:
            self.note.show_problem(empty)
        elif self.new_field.text() != self.repeat_field.text():
            self.note.show_problem(
                UserError(_("The two pass phrases differ."), _("Type the same one in both fields."))
            )
        else:
            order = ResetOrder(
                self._folder,
                str(self.person_field.currentData()),
                self.key_field.text(),
                self.new_field.text(),
            )
            self.submitted.emit(order)

    def _look_at_key(self, text: str) -> None:
        # Loads what reads keys: once in the life of a workspace.
        from desktop.keys.recovery import KEY_LETTERS, look_at_typed

        typed = look_at_typed(text)
        self.note.hide()
        self.show_owners(())
        if typed.is_right:
            self.check_label.setText(_("The key is complete and contains no typing mistake."))
            self.key_typed.emit(self._folder, text)
        elif typed.is_complete:
            self.check_label.setText(
                _("There is a typing mistake: compare it with the sheet group by group.")
            )
        elif text:
            count = f"{typed.letters} / {KEY_LETTERS}"
            self.check_label.setText(_("Typed so far: {count} letters and digits").format(count=count))
        else:
            self.check_label.setText("")

    def _show_key(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.key_field.setEchoMode(mode)

    def _ask_file(self) -> None:
        path = choose_file(self, _("Recovery key"))
        if path is not None:
            self.file_chosen.emit(path)

    def _connect(self) -> None:
        self.show_box.toggled.connect(self._show_key)
        self.key_field.textChanged.connect(self._look_at_key)
        self.file_button.clicked.connect(self._ask_file)
        for edit in (self.new_field, self.repeat_field):
            edit.returnPressed.connect(self.submit)


def _about() -> str:
    return _(
        "If somebody else can unlock this workspace, go back and let them choose their login; under Setup they give"
        " you a new pass phrase. Otherwise type the recovery key from the sheet in the office's safe. Nothing of the"
        " work is lost; the office sees in the log that it was used."
    )
