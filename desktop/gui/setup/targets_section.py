"""责任目标: what each unit answers for in a year."""

from desktop.gui.jobs import Jobs
from desktop.gui.setup.record_panel import PanelWords
from desktop.gui.setup.records_section import RecordsSection, SectionWords, text_of
from desktop.gui.setup.sheet_words import column_choices, head, title
from desktop.gui.widgets.rows_model import Column
from desktop.i18n import _
from desktop.services.master_data.find_master_data import MasterLine

_WORDS = SectionWords(
    title=title("targets"),
    search_hint=lambda: _("Target, code, unit, category or year"),
    choice_name=head("targets", "kind"),
    choices=column_choices("targets", "kind", lambda: _("Any kind")),
    panel=PanelWords(
        new=lambda: _("New target"),
        nothing=lambda: _("No target is chosen"),
        next_step=lambda: _("Choose one in the list, or make a new one."),
        about_deleting=lambda: _("It counts in no score any more; the log keeps what it was."),
        icon_name="target",
    ),
    none_yet=lambda: _("There is no target here yet"),
)


class TargetsSection(RecordsSection):
    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "targets", _WORDS, _columns())


def _columns() -> tuple[Column[MasterLine], ...]:
    return (
        Column(head("targets", "year"), text_of("year"), 62, is_number=True),
        Column(head("targets", "unit"), text_of("unit"), 112),
        Column(head("targets", "name"), text_of("name"), least_px=170),
        Column(head("targets", "category"), text_of("category"), 108, gives_way=True),
        Column(head("targets", "target_value"), _value, 104, is_number=True),
        Column(head("targets", "weight"), text_of("weight"), 66, is_number=True, gives_way=True),
    )


def _value(line: MasterLine) -> str:
    """The value that counts: the adjusted one where there is one."""
    value = line.texts.get("adjusted_value") or line.texts.get("target_value", "")
    return f"{value} {line.texts.get('measure_unit', '')}".strip() if value else ""
