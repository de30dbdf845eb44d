"""The keys of the visit page: one line always in sight, all of them on ?."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.scrolled import Scrolled
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _


def keys_line() -> str:
    return _(
        "Space full marks, next · 0 full marks · 1–9 deduct · N not applicable · Enter facts · Esc back ·"
        " Ctrl+Z undo · Ctrl+Enter finish · ? all keys"
    )


def keys_table() -> tuple[tuple[str, str], ...]:
    return (
        ("↑ ↓   J K", _("previous or next item, in the list")),
        ("Ctrl+↑   Ctrl+↓", _("previous or next item, from every field")),
        (_("Space"), _("full marks, and on to the next item")),
        ("0", _("full marks")),
        ("1 – 9", _("the usual finding with this number; again counts one more, or takes it off")),
        ("N", _("not applicable, where the checklist allows it")),
        ("M", _("measured figures; the deduction is computed from them")),
        ("D", _("deduction by hand")),
        ("V", _("the veto is met; it marks the item, the visit goes on")),
        ("L", _("mended on site")),
        ("Enter   F", _("facts")),
        ("Tab", _("in the facts: a code becomes its phrase; then on to its blanks")),
        ("P", _("phrases")),
        ("H", _("particulars of the visit")),
        ("G", _("signatures by hand, once the visit is submitted")),
        ("B", _("covert notes, in a small window of its own")),
        ("E   Ctrl+E", _("the last photo of the photo folder, for this item; Ctrl+E from every field")),
        ("Ctrl+V", _("in the list: files or a picture from the clipboard, for this item")),
        ("C", _("camera and sound, in a small window of its own")),
        ("T", _("interviews of the visit")),
        ("Esc", _("back to the list of items")),
        ("Ctrl+Z   Ctrl+Y", _("take a change back, do it again; across all items")),
        ("Ctrl+Enter", _("finish and sign")),
        ("F12", _("lock at once, from every window")),
    )


class KeyHelpDialog(FittingDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Keys of this page"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        for row, (keys, meaning) in enumerate(keys_table()):
            grid.addWidget(plain_label(keys, "heading"), row, 0)
            grid.addWidget(plain_label(meaning), row, 1)
        grid.setContentsMargins(0, 0, 8, 0)
        table = Scrolled(grid)
        table.setProperty("look", "read")
        table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        table.setAccessibleName(_("Keys of this page"))
        close_button = text_button(Texts(), lambda: _("Close"), is_primary=True)
        close_button.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(table)
        column.addLayout(button_row(close_button))
        close_button.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's spelling
        super().showEvent(event)
        resize_on_screen(self, self.sizeHint().width(), self.sizeHint().height())
