"""The mission that is chosen in the list: what is known of it, its visits, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QHBoxLayout, QPushButton, QWidget

from desktop.domain.mission_status import MissionStatus
from desktop.gui.missions.draw_line import DrawLine
from desktop.gui.missions.mission_columns import (
    period_text,
    status_text,
    visit_columns,
    written_columns,
)
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text, mode_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.rows_model import RowsModel
from desktop.gui.widgets.rows_view import ROW_PX, RowsView
from desktop.i18n import _
from desktop.services.missions.issue_mission import WrittenMission
from desktop.services.missions.mission_choices import NodeChoice
from desktop.services.visits.find_visits import MissionLine, VisitLine

_WRITTEN_HEAD_PX, _MOST_WRITTEN = 52, 2
_NAME_CHARACTERS = 8


class MissionPanel(Card):
    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.mission: MissionLine | None = None
        self.title_label = plain_label("", "heading", wraps=True)
        self.facts_label = plain_label("", "muted", wraps=True)
        self.hint_label = plain_label("", "muted", wraps=True)
        self.draw_line = DrawLine(texts)
        self.visits: RowsModel[VisitLine] = RowsModel(visit_columns(), self)
        self.visits_view = RowsView(self.visits)
        self.visits_view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.written: RowsModel[WrittenMission] = RowsModel(written_columns(), self)
        self.written_view = RowsView(self.written)
        self.progress = ProgressRow(texts)
        self.node_field = ChoiceField()
        self.node_field.ask_for(_NAME_CHARACTERS)
        self.issue_button = text_button(texts, self._issue_text, "send")
        self.edit_button = text_button(texts, lambda: _("Edit"), "pencil")
        self.unseal_button = text_button(texts, lambda: _("Unseal …"), "lock")
        self.package_button = text_button(texts, lambda: _("Write packages …"), "upload")
        self.withdraw_button = text_button(texts, lambda: _("Withdraw …"), "undo-2")
        self.results_button = text_button(texts, lambda: _("Show the results"), "clipboard-check")
        texts.say(self.visits_view.setAccessibleName, lambda: _("Visits of the mission"))
        texts.say(self.written_view.setAccessibleName, lambda: _("Packages written"))
        texts.say(self.node_field.setAccessibleName, lambda: _("Goes to"))
        self._lay_out()
        self.show_mission(None)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.edit_button,
            self.package_button,
            self.unseal_button,
            self.withdraw_button,
            self.results_button,
        )

    def show_mission(self, mission: MissionLine | None) -> None:
        if mission is None or self.mission is None or mission.id != self.mission.id:
            self.written.show_rows(())
            self.written_view.hide()
            self.visits.show_rows(())
            self.draw_line.show_draws(())
        self.mission = mission
        self.title_label.setText(mission.title if mission else "")
        self.facts_label.setText(_facts(mission) if mission else "")
        is_planned = mission is not None and mission.status == MissionStatus.PLANNED
        is_sealed = mission is not None and mission.is_sealed
        is_withdrawn = mission is not None and mission.status == MissionStatus.WITHDRAWN
        has_visits = mission is not None and mission.visits > 0
        may = {
            self.edit_button: is_planned and not is_sealed,
            self.package_button: has_visits,
            self.unseal_button: is_sealed and not is_withdrawn,
            self.withdraw_button: mission is not None and not is_withdrawn,
            self.results_button: has_visits,
        }
        self._show_buttons([button for button in self.buttons if may[button]])
        is_issued = mission is not None and mission.status == MissionStatus.ISSUED and has_visits
        self._issue_row.setVisible((is_planned and is_sealed) or is_issued)
        self.issue_button.setText(f" {self._issue_text()}")
        self.issue_button.setAccessibleName(self._issue_text())
        self.hint_label.setText(_hint(mission) if mission else "")
        self.hint_label.setVisible(bool(self.hint_label.text()))
        self.visits_view.setVisible(mission is not None and mission.visits > 0)

    def marked_visits(self) -> tuple[str, ...]:
        """The ids of the visits that are marked in the list; none means all."""
        rows = self.visits_view.selectionModel().selectedRows()
        return tuple(self.visits.row(row).id for row in sorted(index.row() for index in rows))

    def _issue_text(self) -> str:
        is_issued = self.mission is not None and self.mission.status == MissionStatus.ISSUED
        return _("Give it to this computer as well") if is_issued else _("Give it to this computer")

    def show_nodes(self, nodes: Sequence[NodeChoice]) -> None:
        chosen = self.node_field.currentData()
        self.node_field.clear()
        # A sealed mission hides which laptop it was planned for; hardly ever is it this computer.
        for node in sorted(nodes, key=lambda node: node.is_own):
            own = _("{name} (this computer)").format(name=node.name)
            self.node_field.addItem(own if node.is_own else node.name, node.id)
        self.node_field.setCurrentIndex(max(0, self.node_field.findData(chosen)))

    def show_written(self, written: Sequence[WrittenMission]) -> None:
        self.written.show_rows(written)
        # The visits keep the room that one package does not need.
        self.written_view.setFixedHeight(_WRITTEN_HEAD_PX + ROW_PX * min(len(written), _MOST_WRITTEN))
        self.written_view.setVisible(bool(written))

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        for widget in (self.title_label, self.facts_label, self.draw_line):
            self.content.addWidget(widget)
        # Above the visits, which reach below what is seen of a small screen.
        self.content.addLayout(self._grid)
        self.content.addWidget(self.hint_label)
        self._issue_row = QWidget()
        row = QHBoxLayout(self._issue_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.node_field, 1)
        row.addWidget(self.issue_button)
        self.content.addWidget(self._issue_row)
        self.content.addWidget(self.visits_view, 1)
        self.content.addWidget(self.written_view)
        self.content.addWidget(self.progress)
        # Takes room only where the visits do not.
        self.content.addStretch(0)

    def _show_buttons(self, shown: Sequence[QPushButton]) -> None:
        """Side by side without gaps, two in a row."""
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.setParent(self)
            button.setVisible(button in shown)
        for number, button in enumerate(shown):
            self._grid.addWidget(button, number // 2, number % 2)


def _facts(mission: MissionLine) -> str:
    days = f"{mission.starts_on} — {mission.ends_on}" if mission.ends_on else mission.starts_on
    facts = [mission.number, mode_text(mission.mode), period_text(mission.period), days, status_text(mission)]
    if mission.is_sealed and mission.depart_at:
        facts.append(_("sealed until {time}").format(time=minute_text(mission.depart_at)))
    return " · ".join(fact for fact in facts if fact)


def _hint(mission: MissionLine) -> str:
    if mission.status == MissionStatus.WITHDRAWN:
        return _("Withdrawn: what was not recorded is no longer to be done. A new package tells the laptops.")
    if mission.status == MissionStatus.PLANNED and mission.is_sealed:
        return _("Sealed and not issued yet: choose the computer that records its visits.")
    if mission.status == MissionStatus.PLANNED:
        return _("Not issued yet: nothing of it has left this computer. Its visits are seen in the editor.")
    if mission.visits:
        return _(
            "Two laptops on one visit: mark it, and give it to the other computer as well; unmarked, all go."
        )
    return ""
