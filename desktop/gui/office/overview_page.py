"""总览: the figures of a year, what waits for somebody, the months in a chart, and the places of the units."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.widgets.bar_chart import Bar, BarChart
from desktop.gui.widgets.cards import Card, FigureCard
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.missions.keep_form import NEW
from desktop.services.scoring.overview import FirstStep, Overview, RankedLine, Waiting, read_overview

_LEADS_TO: Mapping[Waiting, tuple[str, str]] = {
    Waiting.CONFLICTS: ("merge", "conflicts"),
    Waiting.QUARANTINE: ("merge", "quarantine"),
    Waiting.HELD: ("merge", "history"),
    Waiting.VETOES: ("results", "recorded"),
    Waiting.FOUND_SITES: ("setup", "sites"),
    Waiting.OPEN_VISITS: ("results", "planned"),
}
"""The page where it is seen to, and what to show there."""

_BEGINS_AT: Mapping[FirstStep, tuple[str, str]] = {
    FirstStep.UNITS: ("setup", "units"),
    FirstStep.PEOPLE: ("setup", "people"),
    FirstStep.SITES: ("setup", "sites"),
    FirstStep.LAPTOPS: ("setup", "nodes"),
    FirstStep.MISSION: ("missions", NEW),
}

_URGENT = (Waiting.CONFLICTS, Waiting.QUARANTINE, Waiting.VETOES)


class OverviewPage(Page):
    icon_name = "layout-dashboard"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Overview"))
        self._year: int | None = None
        self.year_field = ChoiceField()
        self.year_field.setMinimumWidth(128)
        self.texts.say(self.year_field.setAccessibleName, lambda: _("Year"))
        self.year_field.activated.connect(self._choose_year)
        self.action_row.addWidget(self.year_field)
        self.figures = {name: FigureCard() for name in ("missions", "visits", "score", "waiting")}
        self.chart = BarChart(("primary", "warn"))
        self.ranking = RowsModel(_ranking_columns(), self)
        self.ranking_view = RowsView(self.ranking)
        self._waiting_rows = QVBoxLayout()
        self._waiting_rows.setSpacing(6)
        self._lay_out()

    def reload(self) -> None:
        self.ranking.say_again()
        work = partial(read_overview, year=self._year)
        self.jobs.read(work, self.show_overview, self.show_error, name="overview")

    def show_overview(self, overview: Overview) -> None:
        self._show_years(overview)
        self._show_figures(overview)
        bars = [Bar(month_name(each.month), (each.open, each.covert)) for each in overview.months]
        self.chart.show_bars(bars, (_("Open visits"), _("Covert visits")))
        self.ranking.show_rows(overview.ranking)
        self._show_waiting(overview)

    def _show_figures(self, overview: Overview) -> None:
        self.figures["missions"].show_figure(
            f"{overview.missions:,}", _("{count} of them covert").format(count=overview.covert_missions)
        )
        self.figures["visits"].show_figure(
            f"{overview.visits:,}", _("{count} still to be made").format(count=overview.planned)
        )
        score = "—" if overview.mean_score is None else str(overview.mean_score)
        self.figures["score"].show_figure(score, _("of 100 points"))
        count = sum(count for _kind, count in overview.waiting)
        kinds = len(overview.waiting)
        remark = _("in {kinds} matters").format(kinds=kinds) if kinds else _("nothing waits")
        self.figures["waiting"].show_figure(f"{count:,}", remark)

    def _show_years(self, overview: Overview) -> None:
        self.year_field.clear()
        for year in overview.years:
            self.year_field.addItem(_("Year {year}").format(year=year), year)
        self.year_field.setCurrentIndex(overview.years.index(overview.year))

    def _show_waiting(self, overview: Overview) -> None:
        while (row := self._waiting_rows.takeAt(0)) is not None:
            widget = row.widget()
            if widget is not None:
                widget.deleteLater()
        for kind, count in overview.waiting:
            self._waiting_rows.addWidget(self._waiting_row(kind, count))
        if overview.first_steps:
            about = _("A new office begins with these; each can be done again at any time.")
            self._waiting_rows.addWidget(plain_label(about, "muted", wraps=True))
        for step in overview.first_steps:
            self._waiting_rows.addWidget(
                self._row(_step_text(step), "arrow-up-right", "muted", _BEGINS_AT[step])
            )
        if not overview.waiting and not overview.first_steps:
            self._waiting_rows.addWidget(plain_label(_("Nothing waits for you."), "muted"))

    def _waiting_row(self, kind: Waiting, count: int) -> QWidget:
        if kind not in _LEADS_TO:
            return plain_label(_waiting_text(kind).format(count=count), wraps=True)
        name, token = ("triangle-alert", "warn") if kind in _URGENT else ("circle-alert", "muted")
        return self._row(_waiting_text(kind).format(count=count), name, token, _LEADS_TO[kind])

    def _row(self, text: str, icon_name: str, token: str, place: tuple[str, str]) -> QPushButton:
        button = QPushButton(" " + text)
        button.setStyleSheet("text-align: left;")
        button.setIcon(icon(icon_name, token))
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(lambda: self.page_wanted.emit(*place))
        return button

    def _choose_year(self, number: int) -> None:
        self._year = self.year_field.itemData(number)
        self.reload()

    def _lay_out(self) -> None:
        names = {
            "missions": lambda: _("Missions"),
            "visits": lambda: _("Visits made"),
            "score": lambda: _("Mean score"),
            "waiting": lambda: _("Waiting for you"),
        }
        figures = QHBoxLayout()
        figures.setSpacing(14)
        for key, card in self.figures.items():
            self.texts.say(card.name_label.setText, names[key])
            figures.addWidget(card)
        self.body.addLayout(figures)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(14)
        right.setSpacing(14)
        left.addWidget(self._titled(lambda: _("Visits by month"), self.chart), 4)
        ranking = self._titled(lambda: _("Places of the units (trial run)"), self.ranking_view)
        ranking.content.setContentsMargins(18, 14, 18, 8)
        left.addWidget(ranking, 5)
        waiting = Card()
        heading_label = plain_label("", "heading")
        self.texts.say(heading_label.setText, lambda: _("What waits for you"))
        waiting.content.addWidget(heading_label)
        waiting.content.addLayout(self._waiting_rows)
        waiting.content.addStretch(1)
        right.addWidget(waiting, 1)
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addLayout(left, 7)
        columns.addLayout(right, 4)
        self.body.addLayout(columns, 1)

    def _titled(self, title: Callable[[], str], widget: QWidget) -> Card:
        card = Card()
        heading_label = plain_label("", "heading")
        self.texts.say(heading_label.setText, title)
        self.texts.say(widget.setAccessibleName, title)
        heading_label.setContentsMargins(0, 0, 0, 0)
        card.content.addWidget(heading_label)
        card.content.addWidget(widget, 1)
        return card


def _ranking_columns() -> tuple[Column[RankedLine], ...]:
    return (
        Column(lambda: _("Group"), lambda row: row.group, 120),
        Column(lambda: _("Rank"), lambda row: "—" if row.rank is None else str(row.rank), 64, is_number=True),
        Column(lambda: _("Unit"), lambda row: row.unit),
        Column(lambda: _("Score"), lambda row: str(row.score), 84, is_number=True),
    )


def month_name(month: int) -> str:
    names = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    return names.split()[month - 1]


def _waiting_text(kind: Waiting) -> str:
    return {
        Waiting.CONFLICTS: _("Conflicts to be settled: {count}"),
        Waiting.QUARANTINE: _("Packages in quarantine: {count}"),
        Waiting.VETOES: _("Visits with a veto to be approved: {count}"),
        Waiting.HELD: _("Entries held back: {count}"),
        Waiting.MISSING_EVIDENCE: _("Evidence that has not come yet: {count}"),
        Waiting.FOUND_SITES: _("Sites found on the road, to be looked at: {count}"),
        Waiting.OPEN_VISITS: _("Visits not recorded yet: {count}"),
    }[kind]


def _step_text(step: FirstStep) -> str:
    return {
        FirstStep.UNITS: _("Enter the units, or take them from Excel"),
        FirstStep.PEOPLE: _("Enter people and their posts"),
        FirstStep.SITES: _("Enter the sites that are visited"),
        FirstStep.LAPTOPS: _("Enroll the laptops of the inspectors"),
        FirstStep.MISSION: _("Plan the first mission"),
    }[step]
