"""Which camera and which microphone are used, and the picture and the level that they give now."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.capture.loudness import loudness
from desktop.gui.capture.source import Device, Devices, Source
from desktop.gui.texts import Texts
from desktop.gui.widgets.frame_view import FrameView
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _

_WHOLE = 100


class DeviceChoice(QWidget):
    """``source_changed``: another source is in use, or none. ``failed`` carries a UserError of the one in use."""

    source_changed = Signal()
    failed = Signal(object)

    def __init__(self, devices: Devices, texts: Texts) -> None:
        super().__init__()
        self._devices = devices
        self.source: Source | None = None
        self.newest: QVideoFrame | None = None
        self._is_open = self._is_locked = False
        self.frame_view = FrameView()
        self.level_bar = QProgressBar()
        self.level_bar.setRange(0, _WHOLE)
        self.level_bar.setTextVisible(False)
        self.silence_label = plain_label("", "warning", wraps=True)
        self.camera_field, self.microphone_field = ChoiceField(), ChoiceField()
        texts.say(self.camera_field.setAccessibleName, lambda: _("Camera"))
        texts.say(self.microphone_field.setAccessibleName, lambda: _("Microphone"))
        texts.say(self.level_bar.setAccessibleName, lambda: _("Loudness of the microphone"))
        texts.say(self.frame_view.setAccessibleName, lambda: _("Picture of the camera"))
        devices.changed.connect(self._take_devices)
        self.camera_field.activated.connect(lambda _row: self._use_chosen())
        self.microphone_field.activated.connect(lambda _row: self._use_chosen())
        self._lay_out()

    def open(self) -> None:
        """Look for devices and use the usual ones."""
        self._is_open = True
        self._show_devices()
        self._use_chosen()

    def close_source(self) -> None:
        """Let go of the devices."""
        self._is_open = False
        self._drop()

    def lock_choice(self, is_locked: bool) -> None:
        """While something is recorded, the devices stay."""
        was_locked, self._is_locked = self._is_locked, is_locked
        self._allow()
        if was_locked and not is_locked and self._is_open and self.source is None:
            # The device has failed meanwhile; perhaps there is another one.
            self._use_chosen()

    def _take_devices(self) -> None:
        """Something was plugged in or pulled out; a source that still has its devices goes on."""
        if not self._is_open:
            return
        before = self._chosen()
        self._show_devices()
        if not self._is_locked and (before != self._chosen() or self.source is None):
            self._use_chosen()

    def _chosen(self) -> tuple[str, str]:
        camera, microphone = self.camera_field.currentData(), self.microphone_field.currentData()
        return str(camera or ""), str(microphone or "")

    def _show_devices(self) -> None:
        _fill(self.camera_field, self._devices.cameras())
        _fill(self.microphone_field, self._devices.microphones())
        self._allow()

    def _allow(self) -> None:
        for field in (self.camera_field, self.microphone_field):
            field.setEnabled(field.count() > 0 and not self._is_locked)

    def _use_chosen(self) -> None:
        self._drop()
        camera, microphone = self._chosen()
        self.frame_view.show_text(_("Waiting for the camera …") if camera else _no_camera())
        self.silence_label.setText("" if microphone else _no_microphone())
        self.silence_label.setVisible(not microphone)
        if camera or microphone:
            source = self._devices.source(camera, microphone, self)
            source.frame_arrived.connect(self._show_frame)
            source.sound_arrived.connect(self._show_level)
            source.failed.connect(self._show_failed)
            self.source = source
            source.start()
        self.source_changed.emit()

    def _drop(self) -> None:
        source, self.source, self.newest = self.source, None, None
        self.level_bar.setValue(0)
        if source is not None:
            source.stop()
            source.deleteLater()

    def _show_frame(self, frame: QVideoFrame) -> None:
        is_first = self.newest is None
        self.newest = frame
        self.frame_view.show_frame(frame)
        if is_first:
            self.source_changed.emit()

    def _show_level(self, data: bytes) -> None:
        if self.source is not None and self.source.sound_format is not None:
            self.level_bar.setValue(round(_WHOLE * loudness(data, self.source.sound_format)))

    def _show_failed(self, error: UserError) -> None:
        self._drop()
        self.frame_view.show_text(str(error))
        self.source_changed.emit()
        self.failed.emit(error)

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(self.camera_field, 1)
        choice.addWidget(self.microphone_field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.frame_view, 1)
        column.addWidget(self.level_bar)
        column.addWidget(self.silence_label)
        column.addLayout(choice)


def _fill(field: ChoiceField, devices: tuple[Device, ...]) -> None:
    """What was chosen stays chosen, if it is still there."""
    chosen = field.currentData()
    with QSignalBlocker(field):
        field.clear()
        for device in devices:
            field.addItem(device.name, device.id)
        field.setCurrentIndex(max(0, field.findData(chosen)) if devices else -1)


def _no_camera() -> str:
    return _("There is no camera on this computer. Plug one in, and its picture appears here.")


def _no_microphone() -> str:
    return _("There is no microphone: sound cannot be recorded, and a film has none.")
