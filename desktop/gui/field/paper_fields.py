"""Which visit a paper record is of, and who made it: chosen where it is known, else typed as it stands on paper."""

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QSizePolicy

from desktop.gui.field.unplanned_fields import UnplannedFields
from desktop.gui.texts import Texts
from desktop.gui.visits.head_panel import names_in
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _
from desktop.services.missions.begin_unplanned_visit import UnplannedVisit
from desktop.services.missions.paper_choices import PaperChoices
from desktop.services.visits.visit_team import Team

_NAME_CHARACTERS = 20


class PaperFields:
    """The first rows of a form. A laptop asks for the visit alone: it knows its mission and its team."""

    def __init__(self, texts: Texts, choices: PaperChoices, form: FieldForm) -> None:
        self._choices = choices
        self._teams = {mission.id: mission.team for mission in choices.missions}
        self.mission_field, self.visit_field = ChoiceField(), ChoiceField()
        self.unplanned = UnplannedFields(choices.unplanned)
        self.leader_field, self.team_field = QLineEdit(), QLineEdit()
        texts.say(self.team_field.setPlaceholderText, lambda: _("names, separated by commas"))
        for field in (self.mission_field, self.visit_field):
            # However long the names are, the dialog keeps its width.
            field.ask_for(_NAME_CHARACTERS)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.mission_field.addItem(_("Any mission, or none"), "")
        for mission in choices.missions:
            self.mission_field.addItem(mission.title, mission.id)
        self._form = form
        self._add_rows(form)
        self.mission_field.currentIndexChanged.connect(lambda _row: self._offer_visits())
        self.visit_field.currentIndexChanged.connect(lambda _row: self._show_visit())
        self._offer_visits()

    def choose_visit(self, visit_id: str) -> None:
        """Begin with this visit, where it is one that can be entered."""
        mission = next((each.mission_id for each in self._choices.visits if each.id == visit_id), "")
        self.mission_field.setCurrentIndex(max(0, self.mission_field.findData(mission)))
        self.visit_field.setCurrentIndex(max(0, self.visit_field.findData(visit_id)))

    def visit(self) -> str | UnplannedVisit:
        visit_id = str(self.visit_field.currentData() or "")
        return visit_id or replace(self.unplanned.chosen(), mission_id=str(self.mission_field.currentData()))

    def leader(self) -> str:
        return self.leader_field.text().strip()

    def team(self) -> tuple[str, ...]:
        return names_in(self.team_field.text())

    def typed(self) -> tuple[str, ...]:
        """What somebody typed or chose besides the visit; names that the mission settles nobody did."""
        names = ("" if field.isReadOnly() else field.text() for field in (self.leader_field, self.team_field))
        return (*(field.currentText() for field in self.unplanned.fields), *names)

    def _add_rows(self, form: FieldForm) -> None:
        form.add_field(lambda: _("Mission"), self.mission_field)
        form.add_field(lambda: _("Visit"), self.visit_field)
        self.unplanned.add_to(form)
        form.add_field(lambda: _("Team leader, as on paper"), self.leader_field)
        form.add_field(lambda: _("Members, as on paper"), self.team_field)
        for field in (self.mission_field, self.leader_field, self.team_field):
            form.setRowVisible(field, self._choices.is_at_office)

    def _offer_visits(self) -> None:
        """The visits of the chosen mission; all of them while none is chosen."""
        mission = self.mission_field.currentData()
        self.visit_field.clear()
        for visit in self._choices.visits:
            if mission in ("", visit.mission_id):
                self.visit_field.addItem(visit.name, visit.id)
        self.visit_field.addItem(_("A visit nobody planned"), "")
        self.visit_field.setCurrentIndex(0)

    def _show_visit(self) -> None:
        """What a visit nobody planned needs besides; and who was to go on the mission of this one."""
        visit_id = self.visit_field.currentData()
        for field in self.unplanned.fields:
            self._form.setRowVisible(field, not visit_id)
        mission = next((each.mission_id for each in self._choices.visits if each.id == visit_id), "")
        self._show_team(self._teams.get(mission or str(self.mission_field.currentData()), Team()))

    def _show_team(self, team: Team) -> None:
        """Names that the mission settles are changed with a reason, among the particulars of the visit."""
        hint = _("changed with a reason: “Change the team …” among the particulars of the visit")
        for field, names in ((self.leader_field, team.leader), (self.team_field, _(", ").join(team.members))):
            if names or field.isReadOnly():
                field.setText(names)
            field.setReadOnly(bool(names))
            field.setToolTip(hint if names else "")
