"""设备名片: what a laptop carries to its office, and which office that is."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.jobs import Jobs
from desktop.gui.setup.node_panels import NodePanel
from desktop.gui.setup.nodes_section import written_text
from desktop.gui.setup.section import Section
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.file_dialogs import choose_target
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.setup.list_nodes import NodeLine, node_lines
from desktop.services.setup.read_card_file import card_file_name, write_card_file


class OwnNodeSection(Section):
    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Card and office"))
        self.name = ""
        self.own_panel = NodePanel(self.texts)
        self.office_panel = NodePanel(self.texts)
        self.card_button = text_button(self.texts, lambda: _("Write the card …"), "id-card", is_primary=True)
        self.card_button.setEnabled(False)
        self.card_button.clicked.connect(self._ask_target)
        self._lay_out()

    def reload(self) -> None:
        self.jobs.read(node_lines, self._show, self.show_error, name="own node")

    def write_card_to(self, path: Path) -> None:
        work = partial(write_card_file, path=path)
        self.jobs.read(work, lambda _none: self.done.emit(written_text(path)), self.show_error)

    def _show(self, lines: Sequence[NodeLine]) -> None:
        for line in lines:
            if line.status == "own":
                self.name = line.name
                self.own_panel.show_node(line)
            elif line.is_our_office:
                self.office_panel.show_node(line)
        self.card_button.setEnabled(True)

    def _ask_target(self) -> None:
        path = choose_target(self, _("Write the card of this computer"), card_file_name(self.name))
        if path is not None:
            self.write_card_to(path)

    def _lay_out(self) -> None:
        about = plain_label("", "muted", wraps=True)
        self.texts.say(about.setText, _about)
        cards = QHBoxLayout()
        cards.setSpacing(14)
        for heading, panel in ((_own_heading, self.own_panel), (_office_heading, self.office_panel)):
            label = plain_label("", "muted")
            self.texts.say(label.setText, heading)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(label)
            column.addWidget(panel, 1)
            cards.addWidget(holder, 1)
        row = QHBoxLayout()
        row.addWidget(about, 1)
        row.addWidget(self.card_button)
        self.body.addLayout(row)
        self.body.addLayout(cards)
        self.body.addStretch(1)


def _own_heading() -> str:
    return _("This computer")


def _office_heading() -> str:
    return _("The office it belongs to")


def _about() -> str:
    return _(
        "Write the card to a stick and carry it to the office. The office compares the digits with you and enrolls"
        " this computer; only then can it merge what you send."
    )
