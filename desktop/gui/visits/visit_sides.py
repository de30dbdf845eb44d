"""The sides of the visit page: items and score left, the item or the particulars in the middle, evidence right."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.scoring.method import join_steps
from desktop.domain.visit_score import Veto
from desktop.gui.evidence.evidence_panel import EvidencePanel
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.head_panel import HeadPanel
from desktop.gui.visits.item_editor import ItemEditor
from desktop.gui.visits.items_list import ItemsModel, ItemsView
from desktop.gui.visits.key_help import keys_line
from desktop.gui.visits.late_files import LateFiles
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, Split
from desktop.gui.widgets.chip import Chip
from desktop.gui.widgets.flow_row import TurningRow
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.gui.window_fit import PageStack
from desktop.i18n import _
from desktop.services.visits.edit_visit import EditedVisit

ITEM_SIDE, HEAD_SIDE = 0, 1
_LEFT_PX, _MIDDLE_PX = 212, 300
_KEYS_FROM_PX = 560


class VisitSides(PageStack):
    """Shows what it is told; an empty page until the first visit."""

    def __init__(self, jobs: Jobs, texts: Texts, nothing_open: Callable[[], str]) -> None:
        super().__init__()
        self.items = ItemsModel(self)
        self.items_view = ItemsView()
        self.items_view.setModel(self.items)
        self.editor = ItemEditor(texts)
        self.head_panel = HeadPanel(texts)
        self.evidence = EvidencePanel(jobs, texts)
        self.late_files = LateFiles(texts)
        self.saved_label = CutLabel("", "muted")
        self._saved: Callable[[], str] = str
        self._has_keys = False
        self._score_label = plain_label("—", "huge")
        self._explanation_label = plain_label("", "muted", wraps=True)
        self._veto_label = plain_label("", "warning", wraps=True)
        self._line_label = plain_label("", "muted", wraps=True)
        self._reminder_label = plain_label("", "warning", wraps=True)
        self._place_label = CutLabel("", "muted")
        self.paper_chip = Chip()
        texts.say(lambda text: self.paper_chip.show_state(text, "warn"), lambda: _("from paper"))
        self.keys_label = plain_label("", "muted", wraps=True)
        self.signatures_button = text_button(texts, lambda: _("Signatures (G)"), "pencil")
        self.signatures_button.hide()
        self._middle = PageStack()
        texts.say(self.items_view.setAccessibleName, lambda: _("Items of the checklist"))
        texts.say(self.keys_label.setText, keys_line)
        texts.say(self.saved_label.setText, lambda: self._saved())
        self._lay_out(texts, nothing_open)
        self.setCurrentIndex(1)

    def show_visit(self, visit: EditedVisit) -> None:
        self.setCurrentIndex(0)
        self._place_label.setText(
            " · ".join(name for name in (visit.unit, visit.site, visit.checklist.name) if name)
        )
        self.paper_chip.setVisible(visit.is_from_paper)
        # What is signed is changed by corrections only, not by a key.
        self._has_keys = visit.is_open
        self._show_keys()
        self.say_saved(lambda: _("Saved as you type; ? shows all keys."))
        self.evidence.show_items([(item.no, item.title) for item in visit.checklist.items])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._show_keys()

    def _show_keys(self) -> None:
        """On a low screen the item itself needs the room; the key “?” shows them all."""
        self.keys_label.setVisible(self._has_keys and self.height() >= _KEYS_FROM_PX)

    def show_side(self, side: int) -> None:
        self._middle.setCurrentIndex(side)
        self._line_label.setVisible(side == ITEM_SIDE)
        self._reminder_label.setVisible(side == ITEM_SIDE and bool(self._reminder_label.text()))

    @property
    def side(self) -> int:
        return self._middle.currentIndex()

    def say_saved(self, what: Callable[[], str]) -> None:
        """Where the last change is; said again in another language."""
        self._saved = what
        self.saved_label.setText(what())

    def show_score(self, score: str, explanation: str, vetoes: Sequence[Veto]) -> None:
        self._score_label.setText(score)
        self._explanation_label.setText(explanation)
        numbers = _(", ").join(str(veto.item_no) for veto in vetoes)
        self._veto_label.setText(
            _(
                "Veto found at item {numbers}; it counts when the office approves it. Go on with the visit."
            ).format(numbers=numbers)
        )
        self._veto_label.setVisible(bool(vetoes))

    def show_line(self, arithmetic: str, reminders: Sequence[str]) -> None:
        self._line_label.setText(arithmetic)
        self._reminder_label.setText(join_steps(tuple(reminders)))
        self._reminder_label.setVisible(bool(reminders) and self.side == ITEM_SIDE)

    def _lay_out(self, texts: Texts, nothing_open: Callable[[], str]) -> None:
        inner = Split(self._middle_card(), self.evidence, (520, 300))
        self.addWidget(Split(self._left_card(), inner, (290, 820)))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.addWidget(EmptyState(texts, "clipboard-check", lambda: _("No visit is open"), nothing_open))
        self.addWidget(holder)

    def _left_card(self) -> Card:
        card = Card()
        card.setMinimumWidth(_LEFT_PX)
        card.content.setContentsMargins(1, 1, 1, 12)
        card.content.setSpacing(6)
        card.content.addWidget(self.items_view, 1)
        for label in (self._score_label, self._explanation_label, self._veto_label):
            label.setContentsMargins(14, 0, 14, 0)
            card.content.addWidget(label)
        row = QHBoxLayout()
        row.setContentsMargins(14, 4, 14, 0)
        row.addWidget(self.signatures_button)
        card.content.addLayout(row)
        return card

    def _middle_card(self) -> Card:
        card = Card()
        card.setMinimumWidth(_MIDDLE_PX)
        card.content.setSpacing(8)
        state = QWidget()
        row = QHBoxLayout(state)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.paper_chip)
        row.addWidget(self.saved_label)
        self._middle.addWidget(self.editor)
        self._middle.addWidget(self.head_panel)
        card.content.addWidget(TurningRow(self._place_label, state))
        card.content.addWidget(self._middle, 1)
        card.content.addWidget(self.late_files)
        for label in (self._line_label, self._reminder_label, self.keys_label):
            card.content.addWidget(label)
        return card
