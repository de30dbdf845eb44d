"""单位: the units in official order, with their groups and who stands above them."""

from functools import partial

from desktop.gui.jobs import Jobs
from desktop.gui.setup.order_buttons import OrderButtons
from desktop.gui.setup.record_panel import PanelWords
from desktop.gui.setup.records_section import RecordsSection, SectionWords, text_of
from desktop.gui.setup.sheet_words import column_choices, head, title
from desktop.gui.widgets.rows_model import Column
from desktop.i18n import _
from desktop.services.master_data.find_master_data import MasterLine
from desktop.services.master_data.order_units import move_unit

_WORDS = SectionWords(
    title=title("units"),
    search_hint=lambda: _("Name, group or credit code"),
    choice_name=head("units", "kind"),
    choices=column_choices("units", "kind", lambda: _("Any kind")),
    panel=PanelWords(
        new=lambda: _("New unit"),
        nothing=lambda: _("No unit is chosen"),
        next_step=lambda: _("Choose one in the list, or make a new one."),
        about_deleting=lambda: _("It leaves its group and every list; the log keeps what it was."),
        icon_name="building-2",
    ),
    none_yet=lambda: _("There is no unit here yet"),
)


class UnitsSection(RecordsSection):
    """Alt+Up and Alt+Down change the official order, as long as nothing hides a part of it."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "units", _WORDS, _columns())

    def build(self) -> None:
        super().build()
        self.order = OrderButtons(self, self.texts, self.tools, self.move_by)
        self.up_button, self.down_button = self.order.up_button, self.order.down_button

    def move_by(self, places: int) -> None:
        """Let the chosen unit change places with the one above (-1) or below it (1)."""
        line = self.view.chosen_row()
        if line is not None and not self._is_searching:
            work = partial(move_unit, unit_id=line.id, places=places)
            self.jobs.write(work, None, self.show_error)

    def mark_possible(self) -> None:
        number = self.view.currentIndex().row()
        can_move = not self._is_searching and number >= 0
        self.order.allow(up=can_move and number > 0, down=can_move and number < self.total - 1)


def _columns() -> tuple[Column[MasterLine], ...]:
    return (
        Column(head("units", "sort_no"), text_of("sort_no"), 98, is_number=True),
        Column(head("units", "name"), text_of("name"), least_px=190),
        Column(head("units", "kind"), text_of("kind"), 92, chip=lambda _line: "muted"),
        Column(head("units", "group"), text_of("group"), 110, gives_way=True),
        Column(head("units", "parent"), text_of("parent"), 110, gives_way=True),
    )
