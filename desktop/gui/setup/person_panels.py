"""What is shown beside the list of pass phrases: a person, a new one, or the change of one's own."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.errors import UserError
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.field_form import FieldForm, secret_field
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.scrolled import Scrolled
from desktop.i18n import _
from desktop.services.setup.list_persons import UnlockingPerson


class PersonPanel(Card):
    """One person, and what can be done with their pass phrase."""

    change_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.name_label = CutLabel("", "heading")
        self.since_label = plain_label("", "muted", wraps=True)
        self.change_button = text_button(texts, lambda: _("Change my pass phrase …"), "key-round")
        self.remove_button = text_button(texts, lambda: _("Take the pass phrase away …"), "ban")
        self.change_button.clicked.connect(self.change_wanted)
        self.remove_button.clicked.connect(self.removal_wanted)
        lost_heading = plain_label("", "heading")
        lost_label = plain_label("", wraps=True)
        texts.say(lost_heading.setText, lambda: _("If a pass phrase is forgotten"))
        texts.say(lost_label.setText, _when_lost)
        buttons = QHBoxLayout()
        buttons.addWidget(self.change_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        self.content.addWidget(self.name_label)
        self.content.addWidget(self.since_label)
        self.content.addLayout(buttons)
        self.content.addSpacing(14)
        lost = QVBoxLayout()
        lost.setContentsMargins(0, 0, 0, 0)
        lost.addWidget(lost_heading)
        lost.addWidget(lost_label)
        lost.addStretch(1)
        self.content.addWidget(Scrolled(lost), 1)

    def show_person(self, person: UnlockingPerson) -> None:
        self.name_label.setText(person.name)
        since = minute_text(person.since)
        facts = [_("Login {login}").format(login=person.login)]
        if since:
            facts.append(_("since {time}").format(time=since))
        if person.is_me:
            facts.append(_("unlocked the workspace just now"))
        self.since_label.setText(" · ".join(facts))
        self.change_button.setVisible(person.is_me)
        self.remove_button.setVisible(not person.is_me)


class SecretsPanel(Card):
    """A form with pass phrases. What was typed is cleared whenever the form is left."""

    submitted = Signal()
    cancelled = Signal()

    def __init__(self, texts: Texts, heading: Callable[[], str], done: Callable[[], str]) -> None:
        super().__init__()
        self.note = NoteBar(texts)
        self.form = FieldForm(texts)
        heading_label = plain_label("", "heading")
        texts.say(heading_label.setText, heading)
        self.cancel_button = text_button(texts, lambda: _("Cancel"))
        self.done_button = text_button(texts, done, is_primary=True)
        self.cancel_button.clicked.connect(self.cancelled)
        self.done_button.clicked.connect(self.submit)
        self.new_field = secret_field()
        self.repeat_field = secret_field()
        self.repeat_field.returnPressed.connect(self.submit)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.done_button)
        self.content.addWidget(heading_label)
        self.content.addLayout(self.form)
        self.content.addWidget(self.note)
        self.content.addStretch(1)
        self.content.addLayout(buttons)

    def submit(self) -> None:
        """Check what can be checked here and pass it on; while it is worked on there is no second order."""
        if not self.done_button.isEnabled():
            return
        self.note.hide()
        if self.new_field.text() != self.repeat_field.text():
            self.show_error(
                UserError(_("The two pass phrases differ."), _("Type the same one in both fields."))
            )
        else:
            self.done_button.setEnabled(False)
            self.submitted.emit()

    def show_error(self, error: UserError) -> None:
        self.done_button.setEnabled(True)
        self.note.show_problem(error)

    def clear(self) -> None:
        for field in self.findChildren(QLineEdit):
            field.clear()
        self.note.hide()
        self.done_button.setEnabled(True)


class AddPersonPanel(SecretsPanel):
    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, lambda: _("Give somebody a pass phrase"), lambda: _("Add"))
        self.name_field = QLineEdit()
        about = plain_label("", "muted", wraps=True)
        texts.say(about.setText, _about_adding)
        self.form.addRow(about)
        self.form.add_field(lambda: _("Name of the person"), self.name_field)
        self.form.add_field(lambda: _("Pass phrase of the person"), self.new_field)
        self.form.add_field(lambda: _("Once more"), self.repeat_field)


class ChangePassphrasePanel(SecretsPanel):
    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, lambda: _("Change my pass phrase"), lambda: _("Change it"))
        self.old_field = secret_field()
        about = plain_label("", "muted", wraps=True)
        texts.say(
            about.setText,
            lambda: _("Backups that were made before still open with the pass phrase of that time."),
        )
        self.form.addRow(about)
        self.form.add_field(lambda: _("Pass phrase until now"), self.old_field)
        self.form.add_field(lambda: _("New pass phrase"), self.new_field)
        self.form.add_field(lambda: _("Once more"), self.repeat_field)


def _about_adding() -> str:
    return _(
        "The person types the pass phrase here, unseen by others. From then on everybody unlocks with their own, and"
        " the log says who did what."
    )


def _when_lost() -> str:
    return _(
        "Somebody else who can unlock the workspace takes the forgotten pass phrase away and gives a new one."
        " If nobody can unlock it any more: choose “Forgotten the pass phrase?” where it is unlocked,"
        " enter the key from the recovery sheet of the office and set a new pass phrase. The sheet lies in the safe;"
        " write down on it that it was opened."
    )
