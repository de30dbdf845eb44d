"""点位: the places that are inspected."""

from desktop.gui.jobs import Jobs
from desktop.gui.setup.found_site_bar import FoundSiteBar
from desktop.gui.setup.record_panel import PanelWords
from desktop.gui.setup.records_section import RecordsSection, SectionWords, text_of
from desktop.gui.setup.sheet_words import column_choices, head, title
from desktop.gui.widgets.rows_model import Column
from desktop.i18n import _
from desktop.services.master_data.find_master_data import MasterLine

_WORDS = SectionWords(
    title=title("sites"),
    search_hint=lambda: _("Site, unit or address"),
    choice_name=head("sites", "kind"),
    choices=column_choices("sites", "kind", lambda: _("Any kind")),
    panel=PanelWords(
        new=lambda: _("New site"),
        nothing=lambda: _("No site is chosen"),
        next_step=lambda: _("Choose one in the list, or make a new one."),
        about_deleting=lambda: _("No visit names it; the log keeps what it was."),
        icon_name="map-pin",
    ),
    none_yet=lambda: _("There is no site here yet"),
)


class SitesSection(RecordsSection):
    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "sites", _WORDS, _columns())

    def build(self) -> None:
        super().build()
        self.found_bar = FoundSiteBar(self.jobs, self.texts)
        self.found_bar.failed.connect(self.show_error)
        self.found_bar.taken_up.connect(
            lambda: self.done.emit(_("The site is in the list of the office now."))
        )
        self.browse.insertWidget(1, self.found_bar)

    def mark_possible(self) -> None:
        line = self.view.chosen_row()
        if line is not None:
            self.found_bar.ask_about(line.id)
        else:
            self.found_bar.show_found(None)


def _columns() -> tuple[Column[MasterLine], ...]:
    return (
        Column(head("sites", "unit"), text_of("unit"), 150),
        Column(head("sites", "name"), text_of("name"), least_px=150),
        Column(head("sites", "kind"), text_of("kind"), 84, chip=lambda _line: "muted"),
        Column(head("sites", "address"), text_of("address"), 200, gives_way=True),
    )
