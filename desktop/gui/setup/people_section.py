"""人员任职: who holds which post, by unit in official order and within it by rank."""

from functools import partial

from desktop.gui.jobs import Jobs
from desktop.gui.setup.order_buttons import OrderButtons
from desktop.gui.setup.record_panel import PanelWords
from desktop.gui.setup.records_section import RecordsSection, SectionWords, text_of
from desktop.gui.setup.sheet_words import head, word_choices
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.rows_model import Column
from desktop.i18n import _
from desktop.services.master_data.edit_master_data import FormValues
from desktop.services.master_data.find_master_data import OFFICIAL_ROLES, MasterLine
from desktop.services.master_data.order_posts import move_post

_OF_THE_PERSON = ("name", "gender", "phone")
_WORDS = SectionWords(
    title=lambda: _("People and posts"),
    search_hint=lambda: _("Name, unit or post"),
    choice_name=head("people", "role"),
    choices=word_choices(OFFICIAL_ROLES, lambda: _("Any role")),
    panel=PanelWords(
        new=lambda: _("New person"),
        nothing=lambda: _("Nobody is chosen"),
        next_step=lambda: _("Choose somebody in the list, or make a new person."),
        about_deleting=lambda: _(
            "The post is deleted, and the person with the last post. To keep the history, write the day it ended "
            "instead."
        ),
        icon_name="users",
    ),
    none_yet=lambda: _("Nobody is here yet"),
)


class PeopleSection(RecordsSection):
    """One row a post; a person without a post stands at the end.

    Alt+Up and Alt+Down change the order within a unit, as long as nothing hides a part of it.
    """

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "people", _WORDS, _columns())

    def build(self) -> None:
        super().build()
        self.order = OrderButtons(self, self.texts, self.tools, self.move_by)
        self.post_button = text_button(self.texts, lambda: _("Another post"), "plus")
        self.post_button.clicked.connect(self.begin_post)
        self.panel.extra_row.addWidget(self.post_button)
        self.panel.shown_changed.connect(self._mark_post)
        self._mark_post()

    def move_by(self, places: int) -> None:
        """Let the chosen post change places with the one above (-1) or below it (1) in its unit."""
        line = self.view.chosen_row()
        if line is not None and self._may_move(places):
            self.jobs.write(partial(move_post, post_id=line.id, places=places), None, self.show_error)

    def mark_possible(self) -> None:
        self.order.allow(up=self._may_move(-1), down=self._may_move(1))

    def _may_move(self, places: int) -> bool:
        """Whether the row above or below is another post of the same unit."""
        number = self.view.currentIndex().row()
        other = number + places
        if self._is_searching or number < 0 or not 0 <= other < self.rows.rowCount():
            return False
        unit = self.rows.row(number).texts.get("unit_id")
        return bool(unit) and unit == self.rows.row(other).texts.get("unit_id")

    def begin_post(self) -> None:
        """A second post of the person who is shown."""
        shown = self.panel.shown
        if shown.person_id:
            texts = {name: shown.texts.get(name, "") for name in _OF_THE_PERSON}
            self.panel.begin(FormValues("", shown.person_id, texts, ""))

    def _mark_post(self) -> None:
        self.post_button.setEnabled(bool(self.panel.shown.record_id))


def _columns() -> tuple[Column[MasterLine], ...]:
    return (
        Column(head("people", "unit"), text_of("unit"), 118),
        Column(head("people", "name"), text_of("name"), 92),
        Column(head("people", "title"), lambda line: line.texts.get("title") or _no_post(line)),
        Column(head("people", "role"), text_of("role"), 108, chip=lambda _line: "muted"),
        Column(head("people", "to_date"), text_of("to_date"), 104, gives_way=True),
    )


def _no_post(line: MasterLine) -> str:
    return _("no post") if line.is_post_missing else ""
