"""How large a file of a package may become: one file, or several that fit onto what they travel on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _
from desktop.services.packages.find_media import LARGEST_FILE_BYTES

_MIB = 1 << 20
SIZES = (1 << 30, LARGEST_FILE_BYTES, 650 * _MIB)
"""1 GB; what FAT32 holds, which is also what fits on a DVD; a CD."""


class VolumeSizeField(QWidget):
    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.choice_field = ChoiceField()
        for size in SIZES:
            self.choice_field.addItem("", size)
        name_label = plain_label("", "muted")
        texts.say(name_label.setText, lambda: _("Files of"))
        texts.say(self.choice_field.setAccessibleName, lambda: _("Largest size of one file"))
        texts.say(self._say_again, lambda: None)
        self.choice_field.activated.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(name_label)
        row.addWidget(self.choice_field, 1)

    @property
    def size_bytes(self) -> int:
        return SIZES[max(0, self.choice_field.currentIndex())]

    def choose(self, size_bytes: int) -> None:
        self.choice_field.setCurrentIndex(SIZES.index(size_bytes))
        self.changed.emit()

    def _say_again(self, _nothing: object = None) -> None:
        names = (
            _("at most 1 GB each"),
            _("at most 4 GB each (one file on a stick or DVD)"),
            _("at most 650 MB each (for CDs)"),
        )
        for row, name in enumerate(names):
            self.choice_field.setItemText(row, name)
