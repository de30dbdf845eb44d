"""设备节点: the computers an office knows. Enrolling one by its card, revoking one, writing the office's own card."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.gui.jobs import Jobs
from desktop.gui.setup.node_panels import EnrollPanel, NodePanel
from desktop.gui.setup.node_words import NODE_TONES, known_time, status_text
from desktop.gui.setup.section import Section
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, Split
from desktop.gui.widgets.drop_zone import DropZone
from desktop.gui.widgets.file_dialogs import choose_file, choose_target
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.window_fit import PageStack
from desktop.i18n import _
from desktop.services.setup.enroll_node import (
    EnrolledNode,
    ProposedNode,
    enroll_node,
    propose_node,
    revoke_node,
)
from desktop.services.setup.list_nodes import NodeLine, node_lines
from desktop.services.setup.read_card_file import card_file_name, read_card_file, write_card_file
from desktop.services.workspace.workspace import Workspace


class NodesSection(Section):
    kind = "nodes"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Nodes"))
        self.nodes: RowsModel[NodeLine] = RowsModel(_columns(), self)
        self.nodes_view = RowsView(self.nodes)
        self.choose_button = text_button(self.texts, lambda: _("Choose a card …"), "folder-open")
        self.drop_zone = DropZone(
            self.texts, lambda: _("Drop the card of a computer here to enroll it."), self.choose_button
        )
        self.card_button = text_button(self.texts, lambda: _("Write our own card …"), "id-card")
        self.node_panel = NodePanel(self.texts)
        self.enroll_panel = EnrollPanel(self.texts)
        self.panels = PageStack()
        self.panels.addWidget(self.node_panel)
        self.panels.addWidget(self.enroll_panel)
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        self.nodes.say_again()
        self.jobs.read(node_lines, self._show, self.show_error, name="nodes")

    def propose(self, path: Path) -> None:
        """Show what a card says and its fingerprint; nothing is enrolled yet."""
        self.begun.emit()
        self.jobs.read(partial(_proposal, path=path), self._show_proposal, self.show_error, name="card")

    def enroll(self) -> None:
        """After the digits were compared: the very bytes that were shown."""
        proposed = self.enroll_panel.proposed
        if proposed is not None and self.enroll_panel.compared_box.isChecked():
            self.enroll_panel.enroll_button.setEnabled(False)
            work = partial(enroll_node, card_file=proposed.card_file)
            self.jobs.write(work, self._show_enrolled, self._show_refusal)

    def revoke(self, reason: str) -> None:
        node = self.nodes_view.chosen_row()
        work = partial(revoke_node, node_id=node.id, reason=reason)
        self.jobs.write(work, lambda _none: self.done.emit(_revoked_text(node.name)), self.show_error)

    def write_card_to(self, path: Path) -> None:
        work = partial(write_card_file, path=path)
        self.jobs.read(work, lambda _none: self.done.emit(written_text(path)), self.show_error)

    def _show(self, lines: Sequence[NodeLine]) -> None:
        chosen = self.nodes_view.chosen_row()
        self.nodes.show_rows(lines)
        places = [number for number, line in enumerate(lines) if chosen and line.id == chosen.id]
        self.nodes_view.selectRow(places[0] if places else 0)
        self.node_panel.show_node(lines[places[0] if places else 0])

    def _show_proposal(self, proposed: ProposedNode) -> None:
        self.panels.setCurrentWidget(self.enroll_panel)
        self.enroll_panel.propose(proposed)

    def _show_enrolled(self, enrolled: EnrolledNode) -> None:
        self.close_proposal()
        name = enrolled.card.name
        self.done.emit(
            _(
                "“{name}” is enrolled. The new list of trusted computers travels with the next package for each"
                " laptop. What it sent before waits in the quarantine and is merged with the"
                " next ones."
            ).format(name=name)
            if enrolled.is_new
            else _("“{name}” was enrolled already; nothing has changed.").format(name=name)
        )

    def _show_refusal(self, error: Exception) -> None:
        self.enroll_panel.enroll_button.setEnabled(self.enroll_panel.compared_box.isChecked())
        self.failed.emit(error)

    def close_proposal(self) -> None:
        self.enroll_panel.proposed = None
        self.panels.setCurrentWidget(self.node_panel)
        self.nodes_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, node: NodeLine) -> None:
        self.node_panel.show_node(node)
        if self.enroll_panel.proposed is None:
            self.panels.setCurrentWidget(self.node_panel)

    def _ask_card(self) -> None:
        path = choose_file(self, _("Card of the other computer"))
        if path is not None:
            self.propose(path)

    def _ask_target(self) -> None:
        own = self.nodes.row(0)
        path = choose_target(self, _("Write our own card"), card_file_name(own.name))
        if path is not None:
            self.write_card_to(path)

    def _ask_reason(self) -> None:
        node = self.nodes_view.chosen_row()
        dialog = ReasonDialog(
            _("Revoke a node"),
            _(
                "From now on nothing that “{name}” sends is merged; what came before stays. The other laptops learn"
                " of it with their next package."
            ).format(name=node.name[:60]),
            lambda: _("Revoke"),
            self,
        )
        dialog.reason_given.connect(self.revoke)
        dialog.open()

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._ask_card)
        self.drop_zone.files_dropped.connect(lambda paths: self.propose(paths[0]))
        self.card_button.clicked.connect(self._ask_target)
        self.nodes_view.row_chosen.connect(self._choose)
        self.nodes_view.turned.connect(self.turned)
        self.node_panel.revoke_wanted.connect(self._ask_reason)
        self.enroll_panel.confirmed.connect(self.enroll)
        self.enroll_panel.cancelled.connect(self.close_proposal)

    def _lay_out(self) -> None:
        self.texts.say(self.nodes_view.setAccessibleName, self.title)
        left = Card()
        left.content.setContentsMargins(1, 1, 1, 12)
        left.content.addWidget(self.nodes_view, 1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addStretch(1)
        row.addWidget(self.card_button)
        left.content.addLayout(row)
        self.body.addWidget(self.drop_zone)
        self.body.addWidget(Split(left, self.panels, (620, 480)), 1)


def written_text(path: Path) -> str:
    return _(
        "The card is written to {name}. Carry it to the other computer and compare the digits there."
    ).format(name=path.name)


def _revoked_text(name: str) -> str:
    return _(
        "“{name}” is revoked. Write a mission package or a receipt for every other laptop, so that it learns of it."
    ).format(name=name)


def _proposal(workspace: Workspace, path: Path) -> ProposedNode:
    return propose_node(workspace, read_card_file(path))


def _columns() -> tuple[Column[NodeLine], ...]:
    return (
        Column(lambda: _("Name"), lambda node: node.name),
        Column(lambda: _("Status"), status_text, 114, chip=lambda node: NODE_TONES[node.status]),
        Column(lambda: _("Person"), lambda node: node.person, 96, gives_way=True),
        Column(
            lambda: _("Last package from it"),
            lambda node: known_time(node.last_package_at),
            160,
            gives_way=True,
        ),
    )
