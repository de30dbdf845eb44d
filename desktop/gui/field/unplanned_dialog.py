"""A visit nobody planned: unit and site by name, known or found on the road, and the checklist."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _
from desktop.services.missions.begin_unplanned_visit import (
    Choice,
    UnplannedChoices,
    UnplannedVisit,
    begin_unplanned_visit,
)

_MODES = ("明查", "暗访")


class UnplannedDialog(QDialog):
    """``begun`` carries the id of the visit that was made; what cannot be made is said in the dialog."""

    begun = Signal(str)

    def __init__(self, jobs: Jobs, choices: UnplannedChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._choices = choices
        texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Visit nobody planned"))
        self.resize(560, 340)
        self.note = NoteBar()
        self.unit_field = _typed_or_chosen(choices.units)
        self.site_field = _typed_or_chosen(choices.sites)
        self.checklist_field, self.mode_field = ChoiceField(), ChoiceField()
        for checklist in choices.checklists:
            self.checklist_field.addItem(checklist.name, checklist.id)
        self.checklist_field.setCurrentIndex(-1)
        self.mode_field.addItems([_("Open"), _("Covert")])
        self.begin_button = text_button(texts, lambda: _("Begin"), is_primary=True)
        self.begin_button.setDefault(True)
        cancel_button = text_button(texts, lambda: _("Cancel"))
        self.unit_field.currentTextChanged.connect(self._offer_sites)
        self.begin_button.clicked.connect(self._begin)
        cancel_button.clicked.connect(self.reject)
        self._lay_out(texts, cancel_button)
        self.unit_field.setFocus()

    def chosen(self) -> UnplannedVisit:
        return UnplannedVisit(
            self.unit_field.currentText(),
            self.site_field.currentText(),
            str(self.checklist_field.currentData() or ""),
            _MODES[self.mode_field.currentIndex()],
        )

    def _offer_sites(self, unit: str) -> None:
        """The sites of the unit; all of them while it is not known."""
        typed = self.site_field.currentText()
        ids = {each.id for each in self._choices.units if each.name == unit}
        self.site_field.clear()
        self.site_field.addItems(
            [each.name for each in self._choices.sites if not ids or each.unit_id in ids]
        )
        self.site_field.setEditText(typed)

    def _begin(self) -> None:
        self.begin_button.setEnabled(False)
        work = partial(begin_unplanned_visit, new=self.chosen())
        self._jobs.write(work, self._show_begun, self._show_refused)

    def _show_begun(self, visit_id: str) -> None:
        self.begun.emit(visit_id)
        self.accept()

    def _show_refused(self, error: UserError) -> None:
        self.begin_button.setEnabled(True)
        self.note.show_problem(error)

    def _lay_out(self, texts: Texts, cancel_button: QPushButton) -> None:
        form = FieldForm(texts)
        for field in (self.unit_field, self.site_field, self.checklist_field, self.mode_field):
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form.add_field(lambda: _("Unit"), self.unit_field)
        form.add_field(lambda: _("Site"), self.site_field)
        form.add_field(lambda: _("Checklist of the visit"), self.checklist_field)
        form.add_field(lambda: _("Open or covert"), self.mode_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        hint = _(
            "Type the beginning of a name to find it. A unit or site that is not on the list is typed in full."
        )
        column.addWidget(plain_label(hint, "muted", wraps=True))
        column.addWidget(self.note)
        column.addLayout(form)
        column.addStretch(1)
        column.addLayout(button_row(cancel_button, self.begin_button))


def _typed_or_chosen(choices: tuple[Choice, ...]) -> QComboBox:
    field = ChoiceField()
    field.setEditable(True)
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field.addItems([each.name for each in choices])
    completer = QCompleter(field.model(), field)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    field.setCompleter(completer)
    field.setCurrentIndex(-1)
    field.setEditText("")
    return field
