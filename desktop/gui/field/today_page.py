"""今日任务: the missions on this laptop, mission packages in, sealed missions opened at departure."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.field.ask_paper import ask_paper
from desktop.gui.field.today_tables import mission_columns, plan_facts, visit_columns
from desktop.gui.field.unplanned_dialog import UnplannedDialog
from desktop.gui.jobs import Jobs
from desktop.gui.merging.merge_panel import MergePanel
from desktop.gui.page import Page
from desktop.gui.visits.team_dialog import TeamDialog
from desktop.gui.visits.visit_words import minute_text, mode_text, team_text
from desktop.gui.widgets.buttons import ShrinkingButton, button_row, text_button
from desktop.gui.widgets.cards import Card, EmptyState, Split
from desktop.gui.widgets.file_dialogs import choose_target
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.passphrase_dialog import PassphraseDialog
from desktop.gui.widgets.rows_model import RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.window_fit import PageStack, PageTabs
from desktop.i18n import _
from desktop.services.missions.begin_unplanned_visit import UnplannedChoices, unplanned_choices
from desktop.services.missions.seal_mission import unseal_mission
from desktop.services.setup.read_card_file import write_card_file
from desktop.services.visits.change_team import ChangedTeam, TeamChoices, team_choices
from desktop.services.visits.field_missions import FieldMission, FieldVisit, field_missions
from desktop.services.visits.find_visits import VisitState
from desktop.services.workspace.workspace import Workspace


class TodayPage(Page):
    icon_name = "clipboard-list"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Missions of today"))
        self.merge_panel = MergePanel(jobs, self.texts, self.note)
        self.missions: RowsModel[FieldMission] = RowsModel(mission_columns(), self)
        self.missions_view = RowsView(self.missions)
        self.visits: RowsModel[FieldVisit] = RowsModel(visit_columns(), self)
        self.visits_view = RowsView(self.visits)
        self.card_button = ShrinkingButton(self.texts, lambda: _("Save the card of this computer …"), "save")
        self.unseal_button = text_button(self.texts, lambda: _("Open the sealed mission …"), "lock")
        self.begin_button = text_button(self.texts, self._begin_text, "clipboard-check", is_primary=True)
        self.unplanned_button = text_button(
            self.texts, lambda: _("Visit nobody planned …"), "clipboard-check"
        )
        self.team_button = ShrinkingButton(self.texts, lambda: _("Change the team …"), "users")
        self.paper_button = ShrinkingButton(self.texts, lambda: _("Enter a paper record …"), "pencil")
        self.blanks_button = ShrinkingButton(self.texts, lambda: _("Blank forms …"), "printer")
        self.action_row.addWidget(self.card_button)
        self.action_row.addWidget(self.paper_button)
        self.action_row.addWidget(self.unplanned_button)
        self.setAcceptDrops(True)
        self.tabs = PageTabs()
        self._title_label = plain_label("", "heading", wraps=True)
        self._facts_label = plain_label("", "muted", wraps=True)
        self._sides = PageStack()
        self._connect()
        self._lay_out()

    def reload(self) -> None:
        self.merge_panel.say_again()
        self.tabs.setTabText(0, _("Missions"))
        self.tabs.setTabText(1, _("Take packages in"))
        self.jobs.read(field_missions, self.show_missions, self.show_error, name="field missions")

    def show_missions(self, missions: tuple[FieldMission, ...]) -> None:
        chosen = self.missions_view.chosen_row()
        self.missions.show_rows(missions)
        self._sides.setCurrentIndex(0 if missions else 1)
        ids = [mission.id for mission in missions]
        if missions:
            self.missions_view.selectRow(ids.index(chosen.id) if chosen and chosen.id in ids else 0)

    def show_mission(self, mission: FieldMission) -> None:
        chosen = self.visits_view.chosen_row()
        self._title_label.setText(mission.title or _("Visits nobody planned"))
        # A list that others may see tells of a sealed mission its cover name and its time.
        facts = ["" if mission.is_locked else mode_text(mission.mode), mission.starts_on]
        if mission.is_locked:
            facts.append(_sealed_text(mission))
        else:
            facts += plan_facts(mission)
        self._facts_label.setText(" · ".join(fact for fact in facts if fact))
        self.unseal_button.setVisible(mission.is_locked)
        self.team_button.setVisible(bool(mission.id) and not (mission.is_locked or mission.is_withdrawn))
        self.blanks_button.setEnabled(bool(mission.id) and not mission.is_locked)
        self.visits.show_rows(mission.visits)
        ids = [visit.id for visit in mission.visits]
        if ids:
            self.visits_view.selectRow(ids.index(chosen.id) if chosen and chosen.id in ids else 0)

    def unseal(self, mission_id: str, passphrase: str) -> None:
        self.unseal_button.setEnabled(False)
        work = partial(_unsealed, mission_id=mission_id, passphrase=passphrase)
        self.jobs.write(work, self._show_unsealed, self._show_still_sealed)

    def save_card(self, target: Path) -> None:
        work = partial(write_card_file, path=target)
        self.jobs.read(work, lambda _none: self._show_card(target), self.show_error)

    def take_in(self, paths: list[Path]) -> None:
        """Mission packages, receipts, or the folder or stick they lie on: shown first, merged when that is wanted."""
        self.tabs.setCurrentIndex(1)
        self.merge_panel.plan(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's spelling
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's spelling
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.take_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _ask_unplanned(self) -> None:
        self.jobs.read(unplanned_choices, self._show_unplanned, self.show_error, name="unplanned")

    def _show_unplanned(self, choices: UnplannedChoices) -> None:
        dialog = UnplannedDialog(self.jobs, choices, self)
        dialog.begun.connect(partial(self.page_wanted.emit, "visit"))
        dialog.open()

    def _ask_team(self) -> None:
        mission = self.missions_view.chosen_row()
        if mission is not None:
            work = partial(team_choices, mission_id=mission.id)
            self.jobs.read(work, self._show_team_dialog, self.show_error, name="team")

    def _show_team_dialog(self, choices: TeamChoices) -> None:
        dialog = TeamDialog(self.jobs, choices, self)
        dialog.changed.connect(self._show_team)
        dialog.open()

    def _show_team(self, changed: ChangedTeam) -> None:
        self.note.show_done(
            team_text(changed), _("The office sees the change and its reason with the results.")
        )

    def _ask_paper(self) -> None:
        ask_paper(self, self._chosen_visit)

    def _chosen_visit(self) -> str:
        chosen = self.visits_view.chosen_row()
        return "" if chosen is None else chosen.id

    def _print_blanks(self) -> None:
        mission = self.missions_view.chosen_row()
        if mission is not None and mission.id:
            self.page_wanted.emit("print", ("P01", mission.id))

    def _begin(self) -> None:
        visit = self.visits_view.chosen_row()
        if visit is not None and visit.can_begin:
            self.page_wanted.emit("visit", visit.id)

    def _allow(self, visit: FieldVisit) -> None:
        self.begin_button.setEnabled(visit.can_begin)
        self.begin_button.setText(f" {self._begin_text()}")
        self.begin_button.setAccessibleName(self._begin_text())

    def _begin_text(self) -> str:
        visit = self.visits_view.chosen_row()
        match visit.state if visit is not None else VisitState.PLANNED:
            case VisitState.SIGNED:
                return _("See this visit")
            case VisitState.RECORDED | VisitState.CONFLICT:
                return _("Go on with this visit")
        return _("Record this visit")

    def _ask_passphrase(self) -> None:
        mission = self.missions_view.chosen_row()
        dialog = PassphraseDialog(
            mission.title[:120],
            _(
                "The pass phrase of the team leader opens the mission on this computer. Every attempt is noted."
            ),
            self,
        )
        dialog.given.connect(partial(self.unseal, mission.id))
        dialog.open()

    def _show_unsealed(self, missions: tuple[FieldMission, ...]) -> None:
        self.unseal_button.setEnabled(True)
        self.show_missions(missions)
        self.missions_view.setFocus()
        self.note.show_done(_("The mission is open on this computer."))

    def _show_still_sealed(self, error: UserError) -> None:
        self.unseal_button.setEnabled(True)
        # Another try is one press away; switched off, the button gave the keyboard to the sidebar.
        self.unseal_button.setFocus()
        self.show_error(error)

    def _ask_target(self) -> None:
        target = choose_target(self, _("Save the card of this computer …"), "mingcha-card.json")
        if target is not None:
            self.save_card(target)

    def _show_card(self, target: Path) -> None:
        self.note.show_done(
            _("The card has been saved: {path}").format(path=target),
            _("Take it to the office; it enrolls this computer and then sends the first mission package."),
        )

    def _connect(self) -> None:
        self.missions_view.row_chosen.connect(self.show_mission)
        self.missions_view.turned.connect(self.note.leave)
        self.visits_view.row_chosen.connect(self._allow)
        self.visits_view.row_opened.connect(lambda _visit: self._begin())
        self.begin_button.clicked.connect(self._begin)
        self.unseal_button.clicked.connect(self._ask_passphrase)
        self.card_button.clicked.connect(self._ask_target)
        self.unplanned_button.clicked.connect(self._ask_unplanned)
        self.team_button.clicked.connect(self._ask_team)
        self.paper_button.clicked.connect(self._ask_paper)
        self.blanks_button.clicked.connect(self._print_blanks)

    def _lay_out(self) -> None:
        self.texts.say(self.missions_view.setAccessibleName, lambda: _("Missions"))
        self.texts.say(self.visits_view.setAccessibleName, lambda: _("Visits of the mission"))
        left, right = Card(), Card()
        left.content.setContentsMargins(1, 1, 1, 1)
        left.content.addWidget(self.missions_view)
        right.content.addWidget(self._title_label)
        right.content.addWidget(self._facts_label)
        right.content.addWidget(self.visits_view, 1)
        right.content.addLayout(
            button_row(self.blanks_button, self.team_button, self.unseal_button, self.begin_button)
        )
        self._sides.addWidget(Split(left, right, (500, 600)))
        self._sides.addWidget(
            EmptyState(
                self.texts,
                "clipboard-list",
                lambda: _("There is no mission on this computer"),
                lambda: _(
                    "Save the card of this computer and let the office enroll it. The mission package it sends is"
                    " taken in beside."
                ),
            )
        )
        for panel in (self._sides, self.merge_panel):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 12, 0, 0)
            column.addWidget(panel)
            self.tabs.addTab(holder, "")
        self.body.addWidget(self.tabs, 1)


def _unsealed(workspace: Workspace, mission_id: str, passphrase: str) -> tuple[FieldMission, ...]:
    """The missions as they are then: nothing may look sealed once it is said that it is open."""
    unseal_mission(workspace, mission_id, passphrase)
    return field_missions(workspace)


def _sealed_text(mission: FieldMission) -> str:
    if not mission.depart_at:
        return _("sealed; it can be opened at any time")
    return _("sealed until {time}").format(time=minute_text(mission.depart_at))
