"""The column beside a large picture: how the evidence bears on other evidence, and what is known of it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.evidence.facts_view import FactsView
from desktop.gui.evidence.pair_chooser import PairChooser
from desktop.gui.evidence.pair_dialog import PairDialog
from desktop.gui.evidence.relations_view import RelationsView
from desktop.gui.jobs import Jobs
from desktop.gui.widgets.note_bar import NoteBar
from desktop.services.evidence.show_evidence import show_evidence
from desktop.services.pictures.evidence_relations import evidence_relations
from desktop.services.visits.show_visit import ShownEvidence

_WIDTH_PX = 330


class EvidenceSide(QWidget):
    """``evidence_wanted`` carries a ShownEvidence, perhaps of another visit."""

    evidence_wanted = Signal(object)

    def __init__(self, jobs: Jobs, note: NoteBar) -> None:
        super().__init__()
        self._jobs, self._note = jobs, note
        self._evidence: ShownEvidence | None = None
        self.relations_view = RelationsView()
        self.facts_view = FactsView()
        self.relations_view.evidence_wanted.connect(self.evidence_wanted)
        self.relations_view.pair_wanted.connect(self.show_pair)
        self.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.relations_view)
        column.addWidget(self.facts_view, 1)

    def show_evidence(self, evidence: ShownEvidence) -> None:
        self._evidence = evidence
        self.relations_view.hide()
        self.read_again()

    def read_again(self, _news: object = None) -> None:
        """Something about this evidence has changed."""
        if self._evidence is None:
            return
        facts = partial(show_evidence, evidence_id=self._evidence.id)
        relations = partial(evidence_relations, evidence_id=self._evidence.id)
        show, problem = self.relations_view.show_relations, self._note.show_problem
        self._jobs.read(facts, self.facts_view.show_facts, problem, name="evidence facts")
        self._jobs.read(relations, show, problem, name="evidence relations")

    def ask_before(self) -> None:
        """Which photo was taken before the rectification that this one shows?"""
        if self._evidence is not None:
            chooser = PairChooser(self._jobs, self._evidence, self)
            chooser.paired.connect(self.show_pair)
            chooser.paired.connect(self.read_again)
            chooser.open()

    def show_pair(self, after_id: str) -> None:
        dialog = PairDialog(self._jobs, after_id, self)
        dialog.accepted.connect(self.read_again)
        dialog.open()
