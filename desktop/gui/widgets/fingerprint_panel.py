"""A fingerprint as two people compare it: eight groups of five digits, large, in two lines."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout

from desktop.gui.widgets.labels import plain_label

_GROUPS = 8
_IN_A_LINE = 4
_FAMILIES = ["Cascadia Mono", "Consolas", "Menlo", "Noto Sans Mono", "DejaVu Sans Mono"]


class FingerprintPanel(QFrame):
    """Digits of equal width, so that the groups of two screens stand in the same places."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("fingerprint")
        font = QFont(_FAMILIES)
        font.setStyleHint(QFont.StyleHint.Monospace)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self.labels = [plain_label("", "digits") for _group in range(_GROUPS)]
        for number, label in enumerate(self.labels):
            label.setFont(font)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(label, number // _IN_A_LINE, number % _IN_A_LINE)

    def text(self) -> str:
        return " ".join(label.text() for label in self.labels).strip()

    def show_fingerprint(self, fingerprint: str) -> None:
        """``fingerprint``: groups with spaces between them."""
        groups = fingerprint.split() + [""] * _GROUPS
        for label, group in zip(self.labels, groups, strict=False):
            label.setText(group)
        self.setAccessibleName(fingerprint)
