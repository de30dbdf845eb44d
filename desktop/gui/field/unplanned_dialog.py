"""A visit nobody planned: unit and site by name, known or found on the road, and the checklist."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.field.unplanned_fields import UnplannedFields
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.missions.begin_unplanned_visit import (
    UnplannedChoices,
    begin_unplanned_visit,
)


class UnplannedDialog(FittingDialog):
    """``begun`` carries the id of the visit that was made; what cannot be made is said in the dialog."""

    begun = Signal(str)

    def __init__(self, jobs: Jobs, choices: UnplannedChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Visit nobody planned"))
        resize_on_screen(self, 560, 340)
        self.note = NoteBar()
        self.fields = UnplannedFields(choices)
        self.unit_field, self.site_field = self.fields.unit_field, self.fields.site_field
        self.checklist_field, self.mode_field = self.fields.checklist_field, self.fields.mode_field
        self.begin_button = text_button(texts, lambda: _("Begin"), is_primary=True)
        self.begin_button.setDefault(True)
        cancel_button = text_button(texts, lambda: _("Cancel"))
        self.begin_button.clicked.connect(self._begin)
        cancel_button.clicked.connect(self.reject)
        self._lay_out(texts, cancel_button)
        self.unit_field.setFocus()

    def _begin(self) -> None:
        self.begin_button.setEnabled(False)
        work = partial(begin_unplanned_visit, new=self.fields.chosen())
        self._jobs.write(work, self._show_begun, self._show_refused)

    def _show_begun(self, visit_id: str) -> None:
        self.begun.emit(visit_id)
        self.accept()

    def _show_refused(self, error: UserError) -> None:
        self.begin_button.setEnabled(True)
        self.note.show_problem(error)

    def _lay_out(self, texts: Texts, cancel_button: QPushButton) -> None:
        form = FieldForm(texts)
        self.fields.add_to(form)
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
