"""What a visit nobody planned needs: unit and site by name, known or new, the checklist, open or covert."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy

from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _
from desktop.services.missions.begin_unplanned_visit import Choice, UnplannedChoices, UnplannedVisit

_MODES = ("明查", "暗访")


class UnplannedFields:
    """Four fields that a form lays out."""

    def __init__(self, choices: UnplannedChoices) -> None:
        self._choices = choices
        self.unit_field = _typed_or_chosen(choices.units)
        self.site_field = _typed_or_chosen(choices.sites)
        self.checklist_field, self.mode_field = ChoiceField(), ChoiceField()
        for checklist in choices.checklists:
            self.checklist_field.addItem(checklist.name, checklist.id)
        self.checklist_field.setCurrentIndex(-1)
        self.mode_field.addItems([_("Open"), _("Covert")])
        self.unit_field.currentTextChanged.connect(self._offer_sites)

    @property
    def fields(self) -> tuple[QComboBox, ...]:
        return (self.unit_field, self.site_field, self.checklist_field, self.mode_field)

    def chosen(self) -> UnplannedVisit:
        return UnplannedVisit(
            self.unit_field.currentText(),
            self.site_field.currentText(),
            str(self.checklist_field.currentData() or ""),
            _MODES[self.mode_field.currentIndex()],
        )

    def add_to(self, form: FieldForm) -> None:
        for field in self.fields:
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form.add_field(lambda: _("Unit"), self.unit_field)
        form.add_field(lambda: _("Site"), self.site_field)
        form.add_field(lambda: _("Checklist of the visit"), self.checklist_field)
        form.add_field(lambda: _("Open or covert"), self.mode_field)

    def _offer_sites(self, unit: str) -> None:
        """The sites of the unit; all of them while it is not known."""
        typed = self.site_field.currentText()
        ids = {each.id for each in self._choices.units if each.name == unit}
        self.site_field.clear()
        self.site_field.addItems(
            [each.name for each in self._choices.sites if not ids or each.unit_id in ids]
        )
        self.site_field.setEditText(typed)


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
