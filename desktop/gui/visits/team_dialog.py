"""Adding or replacing somebody of the team on the road: who leads, who comes along, and why it changed."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.lengths import LONGEST_NAME, LONGEST_TEXT
from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.check_list import CheckLine, CheckList
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.visits.change_team import (
    ChangedTeam,
    TeamChange,
    TeamChoices,
    change_team,
)
from desktop.services.visits.visit_team import Team


class TeamDialog(FittingDialog):
    """``changed`` carries a ChangedTeam; what is refused is said in the dialog."""

    changed = Signal(object)

    def __init__(self, jobs: Jobs, choices: TeamChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._choices = choices
        self._members = list(choices.now.members)
        texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Change the team"))
        resize_on_screen(self, 600, 600)
        self.note = NoteBar()
        self.leader_field = ChoiceField()
        self.leader_field.setEditable(True)
        self.leader_field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.leader_field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.members = CheckList(texts, lambda: _("Search people"), None)
        self.new_field = QLineEdit()
        self.new_field.setMaxLength(LONGEST_NAME)
        self.new_field.setPlaceholderText(_("name, as it is to be printed"))
        self.add_button = text_button(texts, lambda: _("Add to the team"), "plus")
        self.whole_box = QCheckBox(_("for all visits of this mission that are not finished"))
        self.reason_field = QLineEdit()
        self.reason_field.setMaxLength(LONGEST_TEXT)
        self.reason_field.setPlaceholderText(_("for example: fell ill; the office sees it"))
        self.done_button = text_button(texts, lambda: _("Change the team"), is_primary=True)
        cancel_button = text_button(texts, lambda: _("Cancel"))
        for button in (self.add_button, self.done_button, cancel_button):
            button.setAutoDefault(False)
        self.members.toggled.connect(self._tick)
        self.add_button.clicked.connect(self._add)
        self.new_field.returnPressed.connect(self._add)
        self.new_field.textChanged.connect(lambda text: self.add_button.setEnabled(bool(text.strip())))
        self.reason_field.returnPressed.connect(self._change)
        self.done_button.clicked.connect(self._change)
        cancel_button.clicked.connect(self.reject)
        self._lay_out(texts, cancel_button)
        self._show_people()
        self.leader_field.setFocus()

    def change(self) -> TeamChange:
        """What stands in the dialog; a name that was typed and not added counts too."""
        typed = self.new_field.text().strip()
        members = (*self._members, *([typed] if typed else []))
        is_whole = bool(self._choices.mission_id) and (
            self.whole_box.isChecked() or not self._choices.visit_id
        )
        return TeamChange(
            Team(self.leader_field.currentText(), members),
            self.reason_field.text(),
            self._choices.mission_id if is_whole else "",
            "" if is_whole else self._choices.visit_id,
        )

    def _show_people(self) -> None:
        now, planned = self._choices.now, self._choices.planned
        names = tuple(dict.fromkeys((*now.names, *planned.names, *self._choices.people)))
        self.leader_field.addItems(list(names))
        self.leader_field.setEditText(now.leader)
        self._show_lines(names)

    def _show_lines(self, names: tuple[str, ...]) -> None:
        planned = set(self._choices.planned.names)
        known = set(self._choices.people)
        lines = []
        for name in names:
            detail = _("in the plan") if name in planned else "" if name in known else _("not on the list")
            lines.append(CheckLine(name, name, detail))
        self._names = names
        self.members.show_lines(lines)
        self.members.model.check(set(self._members))

    def _tick(self, name: str, is_member: bool) -> None:
        self._members = [*(each for each in self._members if each != name), *([name] if is_member else [])]

    def _add(self) -> None:
        name = " ".join(self.new_field.text().split())
        if not name:
            return
        self.new_field.clear()
        self.members.search_field.clear()
        self._tick(name, is_member=True)
        self._show_lines(tuple(dict.fromkeys((name, *self._names))))

    def _change(self) -> None:
        self.done_button.setEnabled(False)
        self._jobs.write(partial(change_team, change=self.change()), self._show_changed, self._show_refused)

    def _show_changed(self, changed: ChangedTeam) -> None:
        self.changed.emit(changed)
        self.accept()

    def _show_refused(self, error: UserError) -> None:
        self.done_button.setEnabled(True)
        self.note.show_problem(error)
        if not self.reason_field.text().strip():
            self.reason_field.setFocus()

    def _lay_out(self, texts: Texts, cancel_button: QPushButton) -> None:
        has_choice = bool(self._choices.visit_id and self._choices.mission_id)
        self.whole_box.setVisible(has_choice)
        self.add_button.setEnabled(False)
        new_row = QHBoxLayout()
        new_row.setSpacing(8)
        new_row.addWidget(self.new_field, 1)
        new_row.addWidget(self.add_button)
        self.new_field.setAccessibleName(_("Not on the list"))
        form = FieldForm(texts)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.add_field(lambda: _("Team leader"), self.leader_field)
        form.add_field(lambda: _("Team members"), self.members)
        form.addRow(_("Not on the list"), new_row)
        form.add_field(lambda: _("Reason"), self.reason_field)
        form.addRow("", self.whole_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        hint = _("The plan of the mission stays as the office made it. Who really goes stands in the visit.")
        column.addWidget(plain_label(hint, "muted", wraps=True))
        column.addWidget(self.note)
        column.addLayout(form, 1)
        column.addLayout(button_row(cancel_button, self.done_button))
