"""What is said about the evidence that is chosen: its caption, the item it belongs to, whether it is used at all."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.lengths import LONGEST_LINE
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.flow_row import TurningRow
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.text_fields import TextLine
from desktop.i18n import _
from desktop.services.visits.show_visit import ShownEvidence


class EvidenceForm(QWidget):
    """``caption_given`` (evidence, text), ``item_given`` (evidence, number; 0 for the visit as a whole),
    ``drop_wanted`` (evidence), ``open_wanted`` (evidence)."""

    caption_given = Signal(object, str)
    item_given = Signal(object, int)
    drop_wanted = Signal(object)
    open_wanted = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._evidence: ShownEvidence | None = None
        self.caption_field = TextLine()
        self.caption_field.setMaxLength(LONGEST_LINE)
        self.item_field = ChoiceField()
        self.item_field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.item_field.addItem("", 0)
        self.open_button = text_button(texts, lambda: _("Look at it"), "search")
        self.drop_button = text_button(texts, lambda: _("Take out"), "x")
        texts.say(self.caption_field.setPlaceholderText, lambda: _("What the picture shows"))
        texts.say(self.caption_field.setAccessibleName, lambda: _("Caption"))
        texts.say(self.item_field.setAccessibleName, lambda: _("The item it belongs to"))
        texts.say(lambda text: self.item_field.setItemText(0, text), lambda: _("The visit as a whole"))
        self.caption_field.editingFinished.connect(self._give_caption)
        self.item_field.activated.connect(self._give_item)
        self.open_button.clicked.connect(lambda: self.open_wanted.emit(self._evidence))
        self.drop_button.clicked.connect(lambda: self.drop_wanted.emit(self._evidence))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for field in (self.caption_field, self.item_field):
            column.addWidget(field)
        column.addWidget(TurningRow(self.open_button, self.drop_button))
        self.hide()

    def show_items(self, items: Sequence[tuple[int, str]]) -> None:
        """The items evidence can belong to: number and title."""
        while self.item_field.count() > 1:
            self.item_field.removeItem(1)
        for number, title in items:
            text = _("Item {no}").format(no=number)
            self.item_field.addItem(f"{text} {title}", number)

    def show_evidence(self, evidence: ShownEvidence | None, *, is_open: bool) -> None:
        """Another one is chosen, or none; ``is_open``: whether something may be changed."""
        self._give_caption()
        is_other = evidence is None or self._evidence is None or evidence.id != self._evidence.id
        self._evidence = evidence
        self.setVisible(evidence is not None)
        if evidence is None:
            return
        if is_other or not self.caption_field.hasFocus():
            self.caption_field.setText(evidence.caption)
        number = int(evidence.item) if evidence.item.isdigit() else 0
        self.item_field.setCurrentIndex(max(0, self.item_field.findData(number)))
        self.caption_field.setReadOnly(not is_open)
        self.item_field.setEnabled(is_open)
        self.drop_button.setEnabled(is_open)

    def _give_caption(self) -> None:
        evidence, text = self._evidence, self.caption_field.text().strip()
        if evidence is not None and not self.caption_field.isReadOnly() and text != evidence.caption:
            self.caption_given.emit(evidence, text)

    def _give_item(self, row: int) -> None:
        number = int(self.item_field.itemData(row))
        if self._evidence is not None and str(number or "") != self._evidence.item:
            self.item_given.emit(self._evidence, number)
