"""What a mission being planned comes to, and what it still lacks, beside its editor."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout

from desktop.gui.texts import Texts
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.missions.check_plan import Remark, Weight
from desktop.services.missions.mission_choices import MissionChoices

_MOST_LINES = 6


class PlanSummary(Card):
    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.counts_label = plain_label("", "heading", wraps=True)
        self.nodes_label = plain_label("", "muted", wraps=True)
        self.saved_label = plain_label("", "muted", wraps=True)
        heading = plain_label("", "muted")
        texts.say(heading.setText, lambda: _("At a glance"))
        self._lists = {weight: plain_label("", _LOOKS[weight], wraps=True) for weight in Weight}
        self._headings = {weight: plain_label("", "heading") for weight in Weight}
        texts.say(self._headings[Weight.WRONG].setText, lambda: _("Before it can be saved"))
        texts.say(self._headings[Weight.NEEDED].setText, lambda: _("Before it can be issued"))
        texts.say(self._headings[Weight.ADVICE].setText, lambda: _("Please consider"))
        for label in (heading, self.counts_label, self.nodes_label):
            self.content.addWidget(label)
        for weight in Weight:
            block = QVBoxLayout()
            block.setSpacing(4)
            block.addWidget(self._headings[weight])
            block.addWidget(self._lists[weight])
            self.content.addLayout(block)
        self.content.addStretch(1)
        self.content.addWidget(self.saved_label)
        self._is_kept = False
        texts.say(self.saved_label.setText, self._kept_text)

    def show_kept(self, *, is_kept: bool) -> None:
        self._is_kept = is_kept
        self.saved_label.setText(self._kept_text())

    def _kept_text(self) -> str:
        return _("What is typed is kept, also when you leave this page.") if self._is_kept else ""

    def show_plan(self, plan: Mapping[str, Any], choices: MissionChoices, remarks: Sequence[Remark]) -> None:
        objects = plan["objects"]
        nodes = {node.id: node.name for node in choices.nodes}
        used = list(dict.fromkeys(nodes[visit["node"]] for visit in objects if visit["node"] in nodes))
        self.counts_label.setText(
            _("Units: {units} · visits: {visits} · computers: {nodes}").format(
                units=len({visit["unit"] for visit in objects}), visits=len(objects), nodes=len(used)
            )
        )
        self.nodes_label.setText(_(", ").join(used) or _no_node_text(choices))
        for weight in Weight:
            texts = _texts([remark for remark in remarks if remark.weight is weight])
            self._lists[weight].setText("\n".join(texts))
            for label in (self._lists[weight], self._headings[weight]):
                label.setVisible(bool(texts))

    def text_of(self, weight: Weight) -> str:
        return self.label_of(weight).text()

    def label_of(self, weight: Weight) -> QLabel:
        return self._lists[weight]


_LOOKS = {Weight.WRONG: "warning", Weight.NEEDED: "", Weight.ADVICE: "muted"}


def _no_node_text(choices: MissionChoices) -> str:
    if any(not node.is_own for node in choices.nodes):
        return _("No computer has been chosen yet.")
    return _(
        "No laptop is enrolled here; enroll its card under “Setup”, or let this computer record the visits."
    )


def _texts(remarks: Sequence[Remark]) -> list[str]:
    """Each text once, with how many visits it is about."""
    counted: dict[str, int] = {}
    for remark in remarks:
        counted[remark.text] = counted.get(remark.text, 0) + (remark.visit is not None)
    lines = [
        _("{text} (visits: {count})").format(text=text, count=count) if count > 1 else text
        for text, count in counted.items()
    ]
    if len(lines) > _MOST_LINES:
        return [*lines[:_MOST_LINES], _("… and {count} more").format(count=len(lines) - _MOST_LINES)]
    return lines
