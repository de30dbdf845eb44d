"""The cameras and microphones of this computer."""

from collections.abc import Callable

from PySide6.QtCore import QIODevice, QObject, QSize, QTimer
from PySide6.QtMultimedia import (
    QAudioDevice,
    QAudioSource,
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoSink,
)

from desktop.errors import UserError
from desktop.gui.capture.source import Device, Devices, Source, speech_format
from desktop.i18n import _

_LARGEST = QSize(1920, 1080)
_SLOWEST_FPS = 10.0
_SOUND_KEPT_US = 2_000_000
"""What the sound system holds while the window is busy. With Qt's own quarter of a second, words would be lost."""
_DEAD_MS = 8000
"""Longer than any device takes to begin. Not every system tells that one was pulled out."""


class MachineDevices(Devices):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._media = QMediaDevices(self)
        self._media.videoInputsChanged.connect(self.changed)
        self._media.audioInputsChanged.connect(self.changed)

    def cameras(self) -> tuple[Device, ...]:
        found = sorted(QMediaDevices.videoInputs(), key=lambda camera: not camera.isDefault())
        return tuple(Device(_text(camera.id().data()), camera.description()) for camera in found)

    def microphones(self) -> tuple[Device, ...]:
        found = sorted(QMediaDevices.audioInputs(), key=lambda microphone: not microphone.isDefault())
        return tuple(Device(_text(each.id().data()), each.description()) for each in found)

    def source(self, camera_id: str, microphone_id: str, parent: QObject) -> Source:
        cameras = [each for each in QMediaDevices.videoInputs() if _text(each.id().data()) == camera_id]
        microphones = [
            each for each in QMediaDevices.audioInputs() if _text(each.id().data()) == microphone_id
        ]
        return DeviceSource(
            cameras[0] if cameras and camera_id else None,
            microphones[0] if microphones and microphone_id else None,
            self,
            parent,
        )


class DeviceSource(Source):
    """A camera, a microphone, or both. One that is pulled out while it is used fails."""

    def __init__(
        self,
        camera: QCameraDevice | None,
        microphone: QAudioDevice | None,
        devices: Devices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._devices = devices
        self._ids = (
            _text(camera.id().data()) if camera is not None else "",
            _text(microphone.id().data()) if microphone is not None else "",
        )
        names = [each.description() for each in (camera, microphone) if each is not None]
        self.name = " + ".join(name for name in names if name)
        self.has_picture = camera is not None
        self._is_running = False
        self._camera = self._camera_of(camera) if camera is not None else None
        self._microphone = self._microphone_of(microphone) if microphone is not None else None
        self._sound: QIODevice | None = None
        self._no_picture = self._watch(lambda: self._fail(_camera_failed(_("it gives no picture"))))
        self._no_sound = self._watch(self._miss_sound)
        devices.changed.connect(self._look)

    def start(self) -> None:
        if self._is_running:
            return
        self._is_running = True
        if self._camera is not None:
            self._camera.start()
            self._no_picture.start()
        if self._microphone is not None:
            self._no_sound.start()
            self._sound = self._microphone.start()
            if self._sound is not None:
                self._sound.readyRead.connect(self._read)

    def stop(self) -> None:
        self._is_running = False
        self._no_picture.stop()
        self._no_sound.stop()
        if self._camera is not None:
            self._camera.stop()
        if self._microphone is not None:
            self._sound = None
            self._microphone.stop()

    def _camera_of(self, device: QCameraDevice) -> QCamera:
        camera = QCamera(device, self)
        best = _best_format(device)
        if best is not None:
            camera.setCameraFormat(best)
        self._session = QMediaCaptureSession(self)
        self._sink = QVideoSink(self)
        self._session.setCamera(camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._see)
        camera.errorOccurred.connect(lambda _kind, reason: self._fail(_camera_failed(reason)))
        return camera

    def _microphone_of(self, device: QAudioDevice) -> QAudioSource:
        wanted = speech_format()
        self.sound_format = wanted if device.isFormatSupported(wanted) else device.preferredFormat()
        microphone = QAudioSource(device, self.sound_format, self)
        microphone.setBufferSize(self.sound_format.bytesForDuration(_SOUND_KEPT_US))
        # Without its argument: PySide cannot convert the state that the sound system itself tells.
        microphone.stateChanged.connect(self._hear)
        return microphone

    def _watch(self, on_silence: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_DEAD_MS)
        timer.timeout.connect(on_silence)
        return timer

    def _see(self, frame: QVideoFrame) -> None:
        if self._is_running:
            self._no_picture.start()
            self.frame_arrived.emit(frame)

    def _read(self) -> None:
        if self._sound is not None:
            data = bytes(self._sound.readAll().data())
            if data:
                self._no_sound.start()
                self.sound_arrived.emit(data)

    def _miss_sound(self) -> None:
        # The window may have been busy, while the sound waits to be read.
        self._read()
        if not self._no_sound.isActive():
            self._fail(_microphone_failed())

    def _hear(self) -> None:
        # By its name: the enumeration has moved between the versions of Qt that are supported.
        if self._is_running and self._microphone is not None and self._microphone.error().name != "NoError":
            self._fail(_microphone_failed())

    def _look(self) -> None:
        camera_id, microphone_id = self._ids
        if not self._is_running:
            return
        if camera_id and camera_id not in {each.id for each in self._devices.cameras()}:
            self._fail(_camera_failed(_("it is no longer there")))
        elif microphone_id and microphone_id not in {each.id for each in self._devices.microphones()}:
            self._fail(_microphone_failed())

    def _fail(self, error: UserError) -> None:
        if self._is_running:
            self.stop()
            self.failed.emit(error)


def _best_format(device: QCameraDevice) -> QCameraFormat | None:
    """The largest picture up to Full HD that moves; then the faster one."""
    fitting = [
        each
        for each in device.videoFormats()
        if each.resolution().width() <= _LARGEST.width()
        and each.resolution().height() <= _LARGEST.height()
        and each.maxFrameRate() >= _SLOWEST_FPS
    ]
    return max(fitting, key=_worth, default=None)


def _worth(each: QCameraFormat) -> tuple[int, float]:
    return each.resolution().width() * each.resolution().height(), min(each.maxFrameRate(), 30.0)


def _camera_failed(reason: str) -> UserError:
    return UserError(
        _("The camera has failed: {reason}.").format(reason=reason.rstrip(".。")),
        _("Plug it in again, close other programs that use it, or choose another one."),
    )


def _microphone_failed() -> UserError:
    return UserError(
        _("The microphone has failed, or it is no longer there."),
        _("Plug it in again, close other programs that use it, or choose another one."),
    )


def _text(device_id: bytes | bytearray | memoryview) -> str:
    return bytes(device_id).decode("utf-8", "replace")
