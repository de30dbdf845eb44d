"""拒签: why the unit does not sign, and which inspectors saw it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.lengths import LONGEST_TEXT
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import unambiguous
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _


class RefusalForm(QWidget):
    """``changed``: something was typed or chosen."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.reason_field = QLineEdit()
        self.reason_field.setMaxLength(LONGEST_TEXT)
        texts.say(self.reason_field.setAccessibleName, lambda: _("Reason of a refusal to sign"))
        texts.say(
            self.reason_field.setPlaceholderText, lambda: _("What the unit said, or that it said nothing.")
        )
        self.witness_boxes: list[QCheckBox] = []
        self._names: tuple[str, ...] = ()
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        reason_label, witness_label = plain_label("", "muted"), plain_label("", "muted", wraps=True)
        texts.say(reason_label.setText, lambda: _("Why the unit does not sign"))
        texts.say(witness_label.setText, lambda: _("Inspectors who saw it, two at least"))
        for widget in (reason_label, self.reason_field, witness_label):
            column.addWidget(widget)
        column.addLayout(self._boxes)
        column.addStretch(1)
        self.reason_field.textChanged.connect(lambda _text: self.changed.emit())

    def show_inspectors(self, names: Sequence[str], reason: str) -> None:
        """Those of the visit; all of them are taken to have seen it until somebody says otherwise."""
        self.reason_field.setText(reason)
        self.reason_field.setReadOnly(bool(reason))
        for box in self.witness_boxes:
            self._boxes.removeWidget(box)
            box.deleteLater()
        self.witness_boxes = []
        for name in names:
            box = QCheckBox(unambiguous(name))
            box.setChecked(True)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._boxes.addWidget(box)
            self.witness_boxes.append(box)
        self._names = tuple(names)

    @property
    def reason(self) -> str:
        return self.reason_field.text().strip()

    @property
    def witnesses(self) -> tuple[str, ...]:
        pairs = zip(self._names, self.witness_boxes, strict=True)
        return tuple(name for name, box in pairs if box.isChecked())
