"""Up and down beside a list whose order is made by hand."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import icon_button
from desktop.i18n import _

_AFTER_SEARCH = 1


class OrderButtons:
    """Two buttons behind the search, and Alt+Up and Alt+Down; ``move`` is told -1 or 1."""

    def __init__(
        self, section: QWidget, texts: Texts, tools: QHBoxLayout, move: Callable[[int], None]
    ) -> None:
        self.up_button = icon_button(texts, lambda: _("Up"), "arrow-up", "Alt+↑")
        self.down_button = icon_button(texts, lambda: _("Down"), "arrow-down", "Alt+↓")
        ways = ((self.up_button, -1, "Alt+Up"), (self.down_button, 1, "Alt+Down"))
        for place, (button, places, keys) in enumerate(ways, _AFTER_SEARCH):
            tools.insertWidget(place, button)
            go = partial(move, places)
            button.clicked.connect(lambda _checked=False, go=go: go())
            QShortcut(QKeySequence(keys), section, go, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def allow(self, *, up: bool, down: bool) -> None:
        self.up_button.setEnabled(up)
        self.down_button.setEnabled(down)
