"""检查结果: the visits, searched and filtered, and beside them the one that is chosen in full."""

from functools import partial

from PySide6.QtWidgets import QStackedWidget

from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.gui.evidence.pair_dialog import PairDialog
from desktop.gui.field.ask_paper import ask_paper
from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.visits.visit_view import VisitView
from desktop.gui.visits.visit_words import STATE_TONES, score_text, state_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, Split
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.search_bar import MODE_CHOICES, SearchBar
from desktop.i18n import _
from desktop.services.visits.find_visits import VisitLine, VisitPage, VisitState, find_visits
from desktop.services.visits.show_visit import ShownEvidence, ShownVisit, show_visit

_BEGUN = (VisitState.RECORDED, VisitState.SIGNED, VisitState.CONFLICT)


class ResultsPage(Page):
    """``takes_paper``: visits are keyed in from here; a laptop does that from the missions of today."""

    icon_name = "check-check"

    def __init__(self, jobs: Jobs, *, takes_paper: bool = False) -> None:
        super().__init__(jobs, lambda: _("Results"))
        self._wanted = ""
        self.search = SearchBar(self.texts, lambda: _("Unit, site, checklist, mission or leader"))
        self.mode_field = self.search.add_choice(lambda: _("Mode"), MODE_CHOICES)
        states = [(state.value, partial(state_text, state)) for state in VisitState]
        self.state_field = self.search.add_choice(
            lambda: _("Status"), (("", lambda: _("Any status")), *states)
        )
        self.search.changed.connect(self.reload)
        self.visits: RowsModel[VisitLine] = RowsModel(_columns(), self)
        self.visits_view = RowsView(self.visits)
        self.visit_view = VisitView(jobs)
        self.print_button = text_button(self.texts, lambda: _("Print"), "printer")
        self.paper_button = text_button(self.texts, lambda: _("Enter a paper record …"), "pencil")
        self.open_button = text_button(self.texts, lambda: _("Open to key in"), "clipboard-list")
        self.print_button.clicked.connect(self._print)
        self.paper_button.clicked.connect(self._ask_paper)
        self.open_button.clicked.connect(self._open)
        for button in (self.open_button, self.paper_button, self.print_button):
            self.action_row.addWidget(button)
            button.setVisible(takes_paper or button is self.print_button)
        self.open_button.setEnabled(False)
        self.visits.more_wanted.connect(self._read_more)
        self.visits_view.row_chosen.connect(self._read_visit)
        self.visit_view.evidence_opened.connect(self.show_evidence)
        self.visit_view.pair_wanted.connect(self.show_pair)
        self._empty = EmptyState(
            self.texts,
            "clipboard-check",
            lambda: _("No visit is found"),
            lambda: _(
                "Visits are shown here as soon as they are planned, recorded or merged; or search for something"
                " else."
            ),
        )
        self._lay_out()

    def reload(self) -> None:
        self.visits.say_again()
        self.jobs.read(self._query(0), self.show_visits, self.show_error, name="visits")

    def open_item(self, item: object) -> None:
        """A state to filter by, or the id of a visit to show."""
        state = self.state_field.findData(item)
        self.state_field.setCurrentIndex(max(0, state))
        if state < 0:
            self._wanted = str(item)
            self.search.search_field.clear()
            self.mode_field.setCurrentIndex(0)
            self._read(self._wanted)
        self.reload()

    def show_visits(self, page: VisitPage) -> None:
        chosen = self.visits_view.chosen_row()
        wanted = self._wanted or (chosen.id if chosen else "")
        self.visits.show_rows(page.rows, page.total)
        self._lists.setCurrentIndex(0 if page.rows else 1)
        numbers = [number for number, row in enumerate(page.rows) if row.id == wanted]
        if numbers:
            self.visits_view.selectRow(numbers[0])
        elif page.rows and not self._wanted:
            self.visits_view.selectRow(0)
        self._wanted = ""
        self.visit_view.setVisible(bool(page.rows))
        self.print_button.setEnabled(bool(page.rows))
        if not page.rows:
            self.open_button.setEnabled(False)

    def show_evidence(self, evidence: ShownEvidence) -> None:
        shown = self.visit_view.shown
        EvidenceDialog(self.jobs, evidence, self, shown.evidence if shown else ()).open()

    def show_pair(self, after_id: str) -> None:
        PairDialog(self.jobs, after_id, self).open()

    def _ask_paper(self) -> None:
        ask_paper(self, self._chosen_visit)

    def _chosen_visit(self) -> str:
        chosen = self.visits_view.chosen_row()
        return "" if chosen is None else chosen.id

    def _open(self) -> None:
        chosen = self.visits_view.chosen_row()
        if chosen is not None:
            self.page_wanted.emit("visit", chosen.id)

    def _read_visit(self, visit: VisitLine) -> None:
        self.open_button.setEnabled(visit.is_held_here and visit.state in _BEGUN)
        self._read(visit.id)

    def _read(self, visit_id: str) -> None:
        self.jobs.read(partial(show_visit, visit_id=visit_id), self._show, self.show_error, name="visit")

    def _show(self, visit: ShownVisit) -> None:
        self.visit_view.show_visit(visit)

    def _print(self) -> None:
        if self.visit_view.shown is not None:
            self.page_wanted.emit("print", self.visit_view.shown.id)

    def _query(self, offset: int) -> "partial[VisitPage]":
        return partial(
            find_visits,
            text=self.search.text,
            mode=self.mode_field.currentData(),
            state=self.state_field.currentData(),
            offset=offset,
        )

    def _read_more(self, offset: int) -> None:
        self.jobs.read(
            self._query(offset),
            lambda page: self.visits.append_rows(page.rows),
            self.show_error,
            name="visits",
        )

    def _lay_out(self) -> None:
        self.texts.say(self.visits_view.setAccessibleName, lambda: _("Visits"))
        self.texts.say(self.visit_view.setAccessibleName, lambda: _("The chosen visit"))
        self.body.addWidget(self.search)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.visits_view)
        self._lists.addWidget(self._empty)
        left = Card()
        left.content.setContentsMargins(1, 1, 1, 1)
        left.content.addWidget(self._lists)
        right = Card()
        right.content.setContentsMargins(1, 1, 1, 1)
        right.content.addWidget(self.visit_view)
        self.body.addWidget(Split(left, right, (620, 500)), 1)


def _unit(row: VisitLine) -> str:
    unit = row.unit or _("sealed")
    return _("{unit} (from paper)").format(unit=unit) if row.is_from_paper else unit


def _columns() -> tuple[Column[VisitLine], ...]:
    return (
        Column(lambda: _("Day"), lambda row: row.day, 104),
        Column(lambda: _("Unit"), _unit),
        Column(lambda: _("Checklist used"), lambda row: row.checklist, 150, gives_way=True),
        Column(lambda: _("Score"), lambda row: score_text(row.score), 66, is_number=True),
        Column(
            lambda: _("Status"),
            lambda row: state_text(row.state),
            84,
            chip=lambda row: STATE_TONES[row.state],
        ),
    )
