"""督查任务: the missions of the office, searched and filtered, and the visits of the one that is chosen."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.visits.visit_words import STATE_TONES, minute_text, score_text, state_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, split
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.search_bar import MODE_CHOICES, SearchBar
from desktop.i18n import _
from desktop.services.find_visits import (
    MissionLine,
    MissionPage,
    VisitLine,
    VisitPage,
    find_missions,
    find_visits,
)

_STATUS_TONES = {"已下达": "primary", "拟定": "muted", "已完成": "ok"}


class MissionsPage(Page):
    icon_name = "clipboard-list"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Missions"))
        self.search = SearchBar(self.texts, lambda: _("Number or title"))
        self.mode_field = self.search.add_choice(lambda: _("Mode"), MODE_CHOICES)
        self.status_field = self.search.add_choice(
            lambda: _("Status"),
            (
                ("", lambda: _("Any status")),
                ("拟定", lambda: _("being planned")),
                ("已下达", lambda: _("issued")),
            ),
        )
        self.search.changed.connect(self.reload)
        self.missions: RowsModel[MissionLine] = RowsModel(_mission_columns(), self)
        self.missions_view = RowsView(self.missions)
        self.visits: RowsModel[VisitLine] = RowsModel(_visit_columns(), self)
        self.visits_view = RowsView(self.visits)
        self.missions.more_wanted.connect(self._read_more)
        self.missions_view.row_chosen.connect(self.show_mission)
        self.visits_view.row_opened.connect(lambda visit: self.page_wanted.emit("results", visit.id))
        self._empty = EmptyState(
            self.texts,
            "clipboard-list",
            lambda: _("No mission is found"),
            lambda: _("Missions are planned with “mingcha mission”; with other words more may be found."),
        )
        self._lay_out()

    def reload(self) -> None:
        self.missions.say_again()
        self.visits.say_again()
        self.jobs.read(self._query(0), self.show_missions, self.show_error, name="missions")

    def show_missions(self, page: MissionPage) -> None:
        chosen = self.missions_view.chosen_row()
        self.missions.show_rows(page.rows, page.total)
        self._lists.setCurrentIndex(0 if page.rows else 1)
        numbers = [number for number, row in enumerate(page.rows) if chosen and row.id == chosen.id]
        if page.rows:
            self.missions_view.selectRow(numbers[0] if numbers else 0)

    def show_mission(self, mission: MissionLine) -> None:
        """What is known of one mission, beside the list."""
        self._title_label.setText(mission.title)
        days = f"{mission.starts_on} — {mission.ends_on}" if mission.ends_on else mission.starts_on
        facts = [mission.number, mission.mode, mission.period, days]
        if mission.is_sealed:
            depart = minute_text(mission.depart_at)
            facts.append(_("sealed until {time}").format(time=depart) if depart else _("sealed"))
        self._facts_label.setText(" · ".join(fact for fact in facts if fact))
        work = partial(find_visits, mission=mission.id)
        self.jobs.read(work, self._show_visits, self.show_error, name="visits of a mission")

    def _show_visits(self, page: VisitPage) -> None:
        self.visits.show_rows(page.rows)
        self.results_button.setEnabled(bool(page.rows))

    def _open_visits(self) -> None:
        visit = self.visits_view.chosen_row() or (self.visits.row(0) if self.visits.rowCount() else None)
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

    def _lay_out(self) -> None:
        self.texts.say(self.missions_view.setAccessibleName, lambda: _("Missions"))
        self.texts.say(self.visits_view.setAccessibleName, lambda: _("Visits of the mission"))
        self.body.addWidget(self.search)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.missions_view)
        self._lists.addWidget(self._empty)
        left = Card()
        left.content.setContentsMargins(1, 1, 1, 1)
        left.content.addWidget(self._lists)
        self._title_label = plain_label("", "heading", wraps=True)
        self._facts_label = plain_label("", "muted", wraps=True)
        self.results_button = text_button(self.texts, lambda: _("Show the results"), "clipboard-check")
        self.results_button.clicked.connect(self._open_visits)
        right = Card()
        right.content.addWidget(self._title_label)
        right.content.addWidget(self._facts_label)
        right.content.addWidget(self.visits_view, 1)
        right.content.addWidget(self.results_button, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(split(left, right, (620, 480)), 1)


def _mission_columns() -> tuple[Column[MissionLine], ...]:
    return (
        Column(lambda: _("Title"), lambda row: row.title),
        Column(lambda: _("Mode"), lambda row: row.mode, 92),
        Column(lambda: _("Begins on"), lambda row: row.starts_on, 108),
        Column(lambda: _("Recorded"), lambda row: f"{row.recorded} / {row.visits}", 84, is_number=True),
        Column(
            lambda: _("Status"),
            lambda row: _("sealed") if row.is_sealed else row.status,
            88,
            chip=lambda row: "warn" if row.is_sealed else _STATUS_TONES.get(row.status, "muted"),
        ),
    )


def _visit_columns() -> tuple[Column[VisitLine], ...]:
    return (
        Column(lambda: _("Unit"), lambda row: row.unit or _("sealed")),
        Column(lambda: _("Site"), lambda row: row.site, 150),
        Column(lambda: _("Score"), lambda row: score_text(row.score), 66, is_number=True),
        Column(
            lambda: _("Status"),
            lambda row: state_text(row.state),
            84,
            chip=lambda row: STATE_TONES[row.state],
        ),
    )
