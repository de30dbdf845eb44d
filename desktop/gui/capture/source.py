"""Where moving pictures and sound come from: one interface for the devices of a computer and for generated ones."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtMultimedia import QAudioFormat


class Source(QObject):
    """Gives pictures, sound, or both, from ``start`` until ``stop``.

    ``frame_arrived`` carries a QVideoFrame, ``sound_arrived`` bytes in ``sound_format``. ``failed`` carries a
    UserError; nothing more comes after it. ``name`` is what the devices are called.
    """

    frame_arrived = Signal(object)
    sound_arrived = Signal(object)
    failed = Signal(object)

    name = ""
    has_picture = False
    sound_format: QAudioFormat | None = None

    def start(self) -> None:
        """Begin to give; a second call changes nothing."""

    def stop(self) -> None:
        """Let go of the devices."""


@dataclass(frozen=True)
class Device:
    """A camera or a microphone that can be chosen."""

    id: str
    name: str


class Devices(QObject):
    """``changed``: something was plugged in or pulled out."""

    changed = Signal()

    def cameras(self) -> tuple[Device, ...]:
        """The usual one first."""
        return ()

    def microphones(self) -> tuple[Device, ...]:
        """The usual one first."""
        return ()

    def source(self, camera_id: str, microphone_id: str, parent: QObject) -> Source:
        """A source of these devices; an empty id means none of the kind."""
        raise NotImplementedError


def speech_format() -> QAudioFormat:
    """What is asked of a microphone: clear speech, not more."""
    wanted = QAudioFormat()
    wanted.setSampleRate(16_000)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted
