"""人员与口令: who can unlock this workspace."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.gui.jobs import Jobs
from desktop.gui.setup.person_panels import AddPersonPanel, ChangePassphrasePanel, PersonPanel, SecretsPanel
from desktop.gui.setup.section import Section
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, Split
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.window_fit import PageStack
from desktop.i18n import _
from desktop.services.setup.add_person import AddedPerson, add_person
from desktop.services.setup.change_passphrase import change_passphrase
from desktop.services.setup.list_persons import UnlockingPerson, persons_who_unlock
from desktop.services.setup.remove_person import remove_person


class PassphrasesSection(Section):
    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Pass phrases"))
        self.people: RowsModel[UnlockingPerson] = RowsModel(_columns(), self)
        self.people_view = RowsView(self.people)
        self.add_button = text_button(self.texts, lambda: _("Add a person …"), "user-plus")
        self.person_panel = PersonPanel(self.texts)
        self.add_panel = AddPersonPanel(self.texts)
        self.change_panel = ChangePassphrasePanel(self.texts)
        self.panels = PageStack()
        for panel in (self.person_panel, self.add_panel, self.change_panel):
            self.panels.addWidget(panel)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        self.people.say_again()
        self.jobs.read(persons_who_unlock, self._show, self.show_error, name="persons")

    def leave(self) -> None:
        self._clear_secrets()

    def add(self) -> None:
        panel = self.add_panel
        work = partial(add_person, name=panel.name_field.text(), passphrase=panel.new_field.text())
        self.jobs.write(work, self._show_added, panel.show_error)

    def change(self) -> None:
        panel = self.change_panel
        work = partial(change_passphrase, old=panel.old_field.text(), new=panel.new_field.text())
        self.jobs.write(work, lambda _none: self._show_changed(), panel.show_error)

    def remove(self, reason: str) -> None:
        person = self.people_view.chosen_row()
        work = partial(remove_person, login=person.login, reason=reason)
        self.jobs.write(work, lambda _none: self.done.emit(_removed_text(person.name)), self.show_error)

    def close_form(self) -> None:
        self._clear_secrets()
        self.panels.setCurrentWidget(self.person_panel)
        self.people_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, people: Sequence[UnlockingPerson]) -> None:
        chosen = self.people_view.chosen_row()
        self.people.show_rows(people)
        places = [number for number, person in enumerate(people) if chosen and person.login == chosen.login]
        self.people_view.selectRow(places[0] if places else 0)
        self.person_panel.show_person(people[places[0] if places else 0])

    def _show_added(self, added: AddedPerson) -> None:
        name = self.add_panel.name_field.text().strip()
        self.close_form()
        self.done.emit(
            _("{name} can unlock the workspace with the login {login}.").format(name=name, login=added.login)
        )

    def _show_changed(self) -> None:
        self.close_form()
        self.done.emit(_("Your pass phrase is changed; use the new one from now on."))

    def _open_form(self, panel: SecretsPanel) -> None:
        self._clear_secrets()
        self.panels.setCurrentWidget(panel)
        first = self.add_panel.name_field if panel is self.add_panel else self.change_panel.old_field
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_secrets(self) -> None:
        self.add_panel.clear()
        self.change_panel.clear()

    def _ask_reason(self) -> None:
        person = self.people_view.chosen_row()
        dialog = ReasonDialog(
            _("Take a pass phrase away"),
            _(
                "{name} can no longer unlock this workspace. What they did stays under their name. Backups and copies"
                " that were made before still open with their pass phrase: keep them locked up."
            ).format(name=person.name[:60]),
            lambda: _("Take away"),
            self,
        )
        dialog.reason_given.connect(self.remove)
        dialog.open()

    def _connect(self) -> None:
        self.people_view.row_chosen.connect(self.person_panel.show_person)
        self.people_view.turned.connect(self.turned)
        self.add_button.clicked.connect(lambda: self._open_form(self.add_panel))
        self.person_panel.change_wanted.connect(lambda: self._open_form(self.change_panel))
        self.person_panel.removal_wanted.connect(self._ask_reason)
        self.add_panel.submitted.connect(self.add)
        self.change_panel.submitted.connect(self.change)
        for panel in (self.add_panel, self.change_panel):
            panel.cancelled.connect(self.close_form)

    def _lay_out(self) -> None:
        self.texts.say(self.people_view.setAccessibleName, self.title)
        left = Card()
        left.content.setContentsMargins(1, 1, 1, 12)
        left.content.addWidget(self.people_view, 1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addStretch(1)
        row.addWidget(self.add_button)
        left.content.addLayout(row)
        self.body.addWidget(Split(left, self.panels, (560, 540)), 1)


def _removed_text(name: str) -> str:
    return _("{name} can no longer unlock this workspace.").format(name=name)


def _columns() -> tuple[Column[UnlockingPerson], ...]:
    return (
        Column(lambda: _("Person"), lambda person: person.name),
        Column(lambda: _("Login"), lambda person: person.login, 80),
        Column(lambda: _("Since"), lambda person: minute_text(person.since) or "—", 150),
        Column(
            lambda: _("Status"),
            lambda person: _("you") if person.is_me else "",
            76,
            chip=lambda _person: "primary",
        ),
    )
