"""抽取记录: who drew what from whom, with which seed, before which witness; and drawing it again."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.draw_record import DrawRecord, Redrawn
from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _, sentences
from desktop.services.missions.draw_lots import DrawnLot, draw_lots
from desktop.services.missions.draw_words import noted_text, outcome_text, witness_text
from desktop.services.missions.mission_draws import CheckedDraws, MissionDraw, check_draws

_TICKET_DIGITS = 16
_LOTS_PX = 150


class DrawDialog(FittingDialog):
    """``print_wanted`` carries the id of the mission."""

    print_wanted = Signal(str)

    def __init__(
        self, jobs: Jobs, mission_id: str, draws: Sequence[MissionDraw], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._mission, self._draws = jobs, mission_id, tuple(draws)
        texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Record of the draw"))
        resize_on_screen(self, 760, 600)
        self.note = NoteBar()
        self.draw_field = ChoiceField()
        self.draw_field.setAccessibleName(_("Which draw"))
        for number, draw in enumerate(self._draws, start=1):
            self.draw_field.addItem(_numbered(number, draw))
        self.facts_label = plain_label("", wraps=True)
        self.facts_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lots: RowsModel[DrawnLot] = RowsModel(_columns(), self)
        self.lots_view = RowsView(self.lots)
        self.lots_view.setAccessibleName(_("Units that could be drawn"))
        self.lots_view.setMinimumHeight(_LOTS_PX)
        self.check_button = text_button(texts, lambda: _("Check the draw"), "rotate-cw", is_primary=True)
        self.print_button = text_button(texts, lambda: _("Print …"), "printer")
        self.close_button = text_button(texts, lambda: _("Close"))
        self.check_button.setDefault(True)
        self._connect()
        self._lay_out()
        self._show(0)
        self.check_button.setFocus()

    def check(self) -> None:
        """Draw again beside the window, from what lies in the workspace now."""
        self.check_button.setEnabled(False)
        work = partial(check_draws, mission_id=self._mission)
        self._jobs.read(work, self._show_checked, self._show_unchecked, name="draws drawn again")

    def _show_checked(self, checked: CheckedDraws) -> None:
        self._allow_again()
        draw = next((each for each in checked.draws if each.draw == self._chosen()), None)
        if draw is None:
            self.note.show_warning(_("The record can no longer be read here: the mission has been sealed."))
            return
        facts = [noted_text(draw)]
        if draw.left_out:
            facts.append(_("Drawn and not visited: {count}.").format(count=len(draw.left_out)))
        if checked.by_hand:
            facts.append(_("Visits that were not drawn: {count}.").format(count=checked.by_hand))
        show = self.note.show_done if draw.outcome is Redrawn.SAME else self.note.show_warning
        show(outcome_text(draw.outcome), sentences(*facts))

    def _show_unchecked(self, error: UserError) -> None:
        self._allow_again()
        self.note.show_problem(error)

    def _allow_again(self) -> None:
        self.check_button.setEnabled(True)
        self.check_button.setFocus()

    def _chosen(self) -> MissionDraw:
        return self._draws[self.draw_field.currentIndex()]

    def _show(self, number: int) -> None:
        record = self._draws[number].record
        self.note.hide()
        self.facts_label.setText(_facts(record, self._draws[number].sha256))
        self.lots.show_rows(draw_lots(record) if record else ())

    def _print(self) -> None:
        self.accept()
        self.print_wanted.emit(self._mission)

    def _connect(self) -> None:
        self.draw_field.currentIndexChanged.connect(self._show)
        self.check_button.clicked.connect(self.check)
        self.print_button.clicked.connect(self._print)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        self.draw_field.setVisible(len(self._draws) > 1)
        for widget in (self.draw_field, self.facts_label, self.note):
            column.addWidget(widget)
        column.addWidget(self.lots_view, 1)
        column.addLayout(button_row(self.close_button, self.print_button, self.check_button))


def _numbered(number: int, draw: MissionDraw) -> str:
    time = minute_text(draw.record.at) if draw.record else ""
    return _("Draw {number}  {time}").format(number=number, time=time).strip()


def _facts(record: DrawRecord | None, sha256: str) -> str:
    if record is None:
        return outcome_text(Redrawn.UNKNOWN)
    lines = (
        _("Drawn on {time} by {name}; witness: {witness}").format(
            time=minute_text(record.at), name=record.by_name, witness=witness_text(record.witness)
        ),
        _("Units drawn: {count} of {all}").format(count=len(record.result), all=len(record.population)),
        _("Seed: {seed} ({algorithm})").format(seed=record.seed, algorithm=record.algorithm),
        _("Hash of the list of units: {sha256}").format(sha256=record.population_sha256),
        _("Hash of the record: {sha256}").format(sha256=sha256),
    )
    return "\n".join(lines)


def _columns() -> tuple[Column[DrawnLot], ...]:
    return (
        Column(
            lambda: _("Drawn"),
            lambda lot: str(lot.number) if lot.number else "",
            72,
            chip=lambda _lot: "primary",
        ),
        Column(lambda: _("Unit"), lambda lot: lot.unit),
        Column(lambda: _("Site"), _site_text, 150, gives_way=True),
        Column(lambda: _("Ticket"), lambda lot: lot.ticket[:_TICKET_DIGITS], 160),
    )


def _site_text(lot: DrawnLot) -> str:
    """The site that was drawn, else how many there are."""
    if lot.site or not lot.sites:
        return lot.site or _("the unit as a whole")
    return _("sites: {count}").format(count=len(lot.sites))
