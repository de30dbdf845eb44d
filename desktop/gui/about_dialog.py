"""About this program: versions, and the fonts the window is really drawn with."""

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from desktop import __version__
from desktop.gui.fonts import font_in_use
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.fitting import FittingDialog
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _


class AboutDialog(FittingDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name_window(self, _("About Mingcha"))
        rows = QFormLayout()
        rows.setHorizontalSpacing(24)
        rows.setVerticalSpacing(8)
        for name, value in about_rows():
            value_label = plain_label(value)
            value_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addRow(plain_label(name, "muted"), value_label)
        close_button = text_button(Texts(), lambda: _("Close"), is_primary=True)
        close_button.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 20)
        column.setSpacing(14)
        column.addWidget(plain_label(_("Mingcha"), "huge"))
        column.addWidget(plain_label(_("Offline supervision for government supervision offices."), "muted"))
        column.addLayout(rows)
        column.addWidget(
            plain_label(_("Storing or processing state secrets is strictly forbidden."), "warning")
        )
        column.addWidget(close_button, 0, Qt.AlignmentFlag.AlignRight)


def about_rows() -> list[tuple[str, str]]:
    return [
        (_("Program"), __version__),
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        (_("System"), platform.platform()),
        (_("Font in use"), font_in_use()),
        (_("Fonts in the program"), "Noto Sans SC, Noto Serif SC, LXGW WenKai (OFL 1.1)"),
        (_("Icons"), "Lucide (ISC)"),
        (_("Licence of the program"), "MulanPSL-2.0"),
    ]
