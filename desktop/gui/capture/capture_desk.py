"""The button on the visit page that opens camera and microphone, and the window that belongs to the visit shown."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.gui.capture.capture_window import CaptureWindow
from desktop.gui.capture.machine_devices import MachineDevices
from desktop.gui.capture.source import Devices
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.i18n import _


class CaptureDesk(QObject):
    """``evidence_taken`` (visit, item, ids) and ``told`` (a UserError) are those of the window.

    ``devices``: those of this computer if None; they are looked for when they are first wanted.
    """

    evidence_taken = Signal(str, int, object)
    told = Signal(object)

    def __init__(self, jobs: Jobs, texts: Texts, page: QWidget, devices: Devices | None = None) -> None:
        super().__init__(page)
        self._jobs = jobs
        self._page = page
        self.devices = devices
        self._visit_id = ""
        self._item = 0
        self._is_open = False
        self.window: CaptureWindow | None = None
        self.button = text_button(texts, lambda: _("Camera and sound (C)"), "video")
        self.button.clicked.connect(self.open)

    def open(self) -> None:
        """Show the window; asked for again, it comes to the front."""
        if not self._is_open or not self._visit_id:
            return
        if self.window is None:
            self.devices = self.devices or MachineDevices(self)
            self.window = CaptureWindow(self._jobs, self.devices, self._visit_id, self._page)
            self.window.evidence_taken.connect(self.evidence_taken)
            self.window.told.connect(self.told)
            self.window.show_item(self._item, may_begin=True)
        self.window.open()

    def show_visit(self, visit_id: str, *, is_open: bool) -> None:
        """Another visit ends what is being recorded for the one before."""
        if visit_id != self._visit_id:
            self.leave()
        self._visit_id, self._is_open = visit_id, is_open
        self.button.setEnabled(is_open)
        self._tell_window()

    def show_item(self, item: int) -> None:
        self._item = item
        self._tell_window()

    def leave(self) -> None:
        """End what is being recorded, and keep it."""
        window, self.window = self.window, None
        if window is not None:
            window.leave()

    def _tell_window(self) -> None:
        if self.window is not None:
            self.window.show_item(self._item, may_begin=self._is_open)
