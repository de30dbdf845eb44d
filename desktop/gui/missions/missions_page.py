"""督查任务: the missions of the office, and the editor in which one is made, sealed and issued."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.mission_status import MissionStatus
from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.missions.draw_deeds import DrawDeeds
from desktop.gui.missions.mission_columns import mission_columns
from desktop.gui.missions.mission_deeds import MissionDeeds
from desktop.gui.missions.mission_editor import MissionEditor
from desktop.gui.missions.mission_panel import MissionPanel
from desktop.gui.page import Page
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, Split
from desktop.gui.widgets.rows_model import RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.search_bar import MODE_CHOICES, SearchBar
from desktop.gui.window_fit import PageStack
from desktop.i18n import _
from desktop.services.missions.edit_mission import OpenedMission, open_mission
from desktop.services.missions.keep_form import NEW, drop_form, keep_form
from desktop.services.missions.mission_choices import MissionChoices, mission_choices
from desktop.services.missions.plan_mission import PlannedMission
from desktop.services.missions.save_mission import EMPTY_FORM, save_and_issue, save_and_seal, save_mission
from desktop.services.visits.find_visits import (
    MissionLine,
    MissionPage,
    VisitPage,
    find_missions,
    find_visits,
)


class MissionsPage(Page):
    icon_name = "clipboard-list"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Missions"))
        self._wanted, self._opens_next = "", ""
        self._is_keeping = False
        self.new_button = text_button(self.texts, lambda: _("New mission"), "plus", is_primary=True)
        self.back_button = text_button(self.texts, lambda: _("Back to the list"), "arrow-left")
        self.save_button = text_button(self.texts, lambda: _("Save as draft"), "save")
        self.issue_button = text_button(self.texts, lambda: _("Issue"), "send", is_primary=True)
        for button in (self.back_button, self.save_button, self.issue_button, self.new_button):
            self.action_row.addWidget(button)
        self.search = SearchBar(self.texts, lambda: _("Number or title"))
        self.mode_field = self.search.add_choice(lambda: _("Mode"), MODE_CHOICES)
        self.status_field = self.search.add_choice(
            lambda: _("Status"),
            (
                ("", lambda: _("Any status")),
                (MissionStatus.PLANNED, lambda: _("being planned")),
                (MissionStatus.ISSUED, lambda: _("issued")),
                (MissionStatus.WITHDRAWN, lambda: _("withdrawn")),
            ),
        )
        self.missions: RowsModel[MissionLine] = RowsModel(mission_columns(), self)
        self.missions_view = RowsView(self.missions)
        self.panel = MissionPanel(self.texts)
        self.visits, self.results_button = self.panel.visits, self.panel.results_button
        self.deeds = MissionDeeds(jobs, self.panel, self.note, self.show_error)
        self.editor = MissionEditor(self.texts)
        self.draws = DrawDeeds(jobs, self.editor, self.panel, self.show_error)
        self._sides, self._lists = PageStack(), QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_side(0)

    def reload(self) -> None:
        self.missions.say_again()
        self.panel.visits.say_again()
        self.jobs.read(self._query(0), self.show_missions, self.show_error, name="missions")
        self.jobs.read(mission_choices, self._show_choices, self.show_error, name="mission choices")

    def open_item(self, item: object) -> None:
        """NEW for a new mission, else the id of one to be shown in the list."""
        if item == NEW:
            self.edit(NEW)
        else:
            self._wanted = str(item)
            self.show_list()
            self.reload()

    def leave(self) -> None:
        if self.editor.stop_waiting():
            self._keep()

    def say_again(self) -> None:
        super().say_again()
        self.editor.say_again()
        self.panel.show_mission(self.panel.mission)
        self.panel.draw_line.say_again()

    def show_missions(self, page: MissionPage) -> None:
        chosen = self.missions_view.chosen_row()
        wanted = self._wanted or (chosen.id if chosen else "")
        self._wanted = ""
        self.missions.show_rows(page.rows, page.total)
        self._lists.setCurrentIndex(0 if page.rows else 1)
        numbers = [number for number, row in enumerate(page.rows) if row.id == wanted]
        if page.rows:
            self.missions_view.selectRow(numbers[0] if numbers else 0)
        else:
            self.panel.show_mission(None)

    def show_mission(self, mission: MissionLine) -> None:
        """What is known of one mission, beside the list."""
        self.panel.show_mission(mission)
        self.draws.read()
        work = partial(find_visits, mission=mission.id)
        self.jobs.read(work, self._show_visits, self.show_error, name="visits of a mission")

    def show_list(self) -> None:
        """Back from the editor; what was typed there is kept."""
        self.leave()
        self._show_side(0)
        self.missions_view.setFocus()

    def edit(self, mission_id: str) -> None:
        """Open a mission that has not gone out, or NEW, as it was left last."""
        self.note.hide()
        self._opens_next = mission_id if self._is_keeping else ""
        if self._is_keeping:
            return
        work = partial(open_mission, mission=mission_id)
        self.jobs.read(work, self._show_editor, self.show_error, name="opened mission")

    def save(self) -> None:
        if self.editor.may_save():
            self.editor.stop_waiting()
            work = partial(save_mission, mission_id=self.editor.mission_id, form=self.editor.form())
            self.jobs.write(work, self._show_saved, self.show_error)

    def seal(self) -> None:
        if self.editor.may_seal():
            self._send(save_and_seal, self._show_sealed)

    def issue(self) -> None:
        if self.editor.may_issue():
            self._send(save_and_issue, self._show_issued)

    def _send(self, service: Callable[..., str], done: Callable[[str], object]) -> None:
        self.editor.stop_waiting()
        passphrase = self.editor.secrecy.passphrase_field.text()
        form, mission_id = self.editor.form(), self.editor.mission_id
        work = partial(service, mission_id=mission_id, form=form, passphrase=passphrase)
        self.jobs.write(work, done, self.show_error)

    def _keep(self) -> None:
        self._is_keeping = True
        work = partial(keep_form, mission_id=self.editor.mission_id, form=self.editor.form())
        self.jobs.write(work, self._show_kept, self._show_not_kept)

    def _start_afresh(self) -> None:
        self.editor.stop_waiting()
        self.jobs.write(partial(drop_form, mission_id=NEW), lambda _none: self.edit(NEW), self.show_error)

    def _show_editor(self, opened: OpenedMission) -> None:
        self.editor.show_form(opened.mission_id, opened.form, opened.choices)
        self._show_side(1)
        if opened.was_kept:
            self.note.show_warning(
                lambda: _("This is the mission you were planning; it has not been saved yet.")
            )
        self.editor.begin_at_top()

    def _show_choices(self, choices: MissionChoices) -> None:
        self.panel.show_nodes(choices.nodes)

    def _show_kept(self, _mission_id: str) -> None:
        self.editor.summary.show_kept(is_kept=True)
        self._end_keeping()

    def _show_not_kept(self, error: UserError) -> None:
        self.editor.summary.show_kept(is_kept=False)
        self.show_error(error)
        self._end_keeping()

    def _end_keeping(self) -> None:
        """What was to be opened meanwhile is read only now: it may be what has just been kept."""
        self._is_keeping = False
        if self._opens_next:
            self.edit(self._opens_next)

    def _show_saved(self, saved: PlannedMission) -> None:
        self.editor.mission_id = saved.id
        self.editor.fresh_button.hide()
        self._wanted = saved.id
        self.note.show_done(_("The mission is saved as a draft; nothing has left this computer."))

    def _show_sealed(self, mission_id: str) -> None:
        self._finish(mission_id)
        self.note.show_done(
            _("The mission is sealed. Only the leader's pass phrase opens it."),
            _("Choose beside the list which computer it is given to."),
        )

    def _show_issued(self, mission_id: str) -> None:
        self._finish(mission_id)
        self.note.show_done(
            _("The mission is issued."), _("Write the packages for the laptops beside the list.")
        )

    def _finish(self, mission_id: str) -> None:
        self.editor.show_form(NEW, EMPTY_FORM, self.editor.choices)
        self._wanted = mission_id
        self._show_side(0)
        self.reload()
        self.missions_view.setFocus()

    def _show_visits(self, page: VisitPage) -> None:
        self.visits.show_rows(page.rows)
        self.results_button.setEnabled(bool(page.rows))

    def _open_visits(self) -> None:
        visit = self.panel.visits_view.chosen_row() or (
            self.visits.row(0) if self.visits.rowCount() else None
        )
        if visit is not None:
            self.page_wanted.emit("results", visit.id)

    def _query(self, offset: int) -> "partial[MissionPage]":
        return partial(
            find_missions,
            text=self.search.text,
            mode=self.mode_field.currentData(),
            status=self.status_field.currentData(),
            offset=offset,
        )

    def _read_more(self, offset: int) -> None:
        self.jobs.read(
            self._query(offset),
            lambda page: self.missions.append_rows(page.rows),
            self.show_error,
            name="missions",
        )

    def _show_side(self, number: int) -> None:
        self._sides.setCurrentIndex(number)
        self.new_button.setVisible(number == 0)
        for button in (self.back_button, self.save_button, self.issue_button):
            button.setVisible(number == 1)

    def _connect(self) -> None:
        self.search.changed.connect(self.reload)
        self.missions.more_wanted.connect(self._read_more)
        self.missions_view.row_chosen.connect(self.show_mission)
        self.missions_view.turned.connect(self.note.leave)
        self.missions_view.row_opened.connect(self._open_mission)
        self.panel.visits_view.row_opened.connect(lambda visit: self.page_wanted.emit("results", visit.id))
        self.new_button.clicked.connect(lambda: self.edit(NEW))
        self.draws.print_wanted.connect(lambda mission: self.page_wanted.emit("print", ("F14", mission)))
        self.back_button.clicked.connect(self.show_list)
        self.save_button.clicked.connect(self.save)
        self.issue_button.clicked.connect(self.issue)
        self.editor.seal_wanted.connect(self.seal)
        # What was refused before is answered by trying again.
        for tried in (self.editor.draw_bar.wanted, self.save_button.clicked, self.issue_button.clicked):
            tried.connect(self.note.hide)
        self.editor.edited.connect(self._keep)
        self.editor.fresh_wanted.connect(self._start_afresh)
        self.results_button.clicked.connect(self._open_visits)
        self.panel.edit_button.clicked.connect(lambda: self.edit(self.missions_view.chosen_row().id))

    def _open_mission(self, mission: MissionLine) -> None:
        """Enter on a row: into the editor while it can be changed, else to its results."""
        if mission.status == MissionStatus.PLANNED and not mission.is_sealed:
            self.edit(mission.id)
        else:
            self._open_visits()

    def _lay_out(self) -> None:
        self.texts.say(self.missions_view.setAccessibleName, lambda: _("Missions"))
        self._empty = EmptyState(
            self.texts,
            "clipboard-list",
            lambda: _("No mission is found"),
            lambda: _("Press “New mission” to plan one; with other words more may be found."),
        )
        self._lists.addWidget(self.missions_view)
        self._lists.addWidget(self._empty)
        left = Card()
        left.content.setContentsMargins(1, 1, 1, 1)
        left.content.addWidget(self._lists)
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.search)
        column.addWidget(Split(left, self.panel, (600, 500)), 1)
        self._sides.addWidget(listing)
        self._sides.addWidget(self.editor)
        self.body.addWidget(self._sides, 1)
