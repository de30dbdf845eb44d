"""The sign in the tray of the desktop, where there is one: it locks with one click and names nothing of the work."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from desktop.gui.widgets.icons import neutral_icon
from desktop.i18n import _


class Tray(QObject):
    """``lock_wanted`` by a click on the sign or by its menu, ``show_wanted`` and ``quit_wanted`` by the menu.

    Without a tray nothing is shown and nothing is asked for.
    """

    lock_wanted = Signal()
    show_wanted = Signal()
    quit_wanted = Signal()

    def __init__(
        self, window: QWidget, is_available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable
    ) -> None:
        super().__init__(window)
        self.sign: QSystemTrayIcon | None = None
        self._menu = QMenu(window)
        self.lock_action = self._menu.addAction("", self.lock_wanted.emit)
        self.show_action = self._menu.addAction("", self.show_wanted.emit)
        self.quit_action = self._menu.addAction("", self.quit_wanted.emit)
        if is_available():
            self.sign = QSystemTrayIcon(neutral_icon(), self)
            self.sign.setContextMenu(self._menu)
            self.sign.activated.connect(self._press)
            self.sign.show()

    def say_again(self) -> None:
        self.lock_action.setText(_("Lock"))
        self.show_action.setText(_("Show the window"))
        self.quit_action.setText(_("Quit"))
        if self.sign is not None:
            self.sign.setToolTip(_("Documents"))

    def hide(self) -> None:
        """At the end of the program: some desktops keep a sign until the pointer passes over it."""
        if self.sign is not None:
            self.sign.hide()

    def _press(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how is QSystemTrayIcon.ActivationReason.Trigger:
            self.lock_wanted.emit()
