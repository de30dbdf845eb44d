"""One segment of a recording: a few seconds of pictures and sound that become the bytes of a file, in memory only."""

from collections import deque
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, QTimer, Signal
from PySide6.QtMultimedia import (
    QAudioBuffer,
    QAudioBufferInput,
    QAudioFormat,
    QMediaCaptureSession,
    QMediaFormat,
    QMediaRecorder,
    QVideoFrame,
    QVideoFrameInput,
)

from desktop.gui.media_memory import outlive_media

_File, _Sound, _Film = QMediaFormat.FileFormat, QMediaFormat.AudioCodec, QMediaFormat.VideoCodec
_ENCODE = QMediaFormat.ConversionMode.Encode
_SOUND_FILES = (
    (_File.FLAC, _Sound.FLAC, "flac"),
    (_File.Wave, _Sound.Wave, "wav"),
    (_File.AAC, _Sound.AAC, "aac"),
)
_FILM_FILES = ((_File.MPEG4, "mp4"), (_File.Matroska, "mkv"))
_FILM_CODECS = (_Film.H264, _Film.MPEG4, _Film.MotionJPEG)
_FRAME_US = 33_333


@dataclass(frozen=True)
class Container:
    """A kind of file that this computer can write. ``ending`` is that of its name."""

    media: QMediaFormat
    ending: str


def sound_container() -> Container | None:
    """Without loss where that can be; None where no sound can be recorded at all."""
    for file, codec, ending in _SOUND_FILES:
        media = QMediaFormat(file)
        if codec in media.supportedAudioCodecs(_ENCODE):
            media.setAudioCodec(codec)
            return Container(media, ending)
    return None


def film_container() -> Container | None:
    """What the most programs can play; None where no film can be recorded at all."""
    for file, ending in _FILM_FILES:
        media = QMediaFormat(file)
        codecs = media.supportedVideoCodecs(_ENCODE)
        codec = next((each for each in _FILM_CODECS if each in codecs), None)
        if codec is not None and _Sound.AAC in media.supportedAudioCodecs(_ENCODE):
            media.setVideoCodec(codec)
            media.setAudioCodec(_Sound.AAC)
            return Container(media, ending)
    return None


class Segment(QObject):
    """``finished`` carries the bytes, empty where nothing came, and the length in milliseconds; ``failed`` a text.

    Exactly one of the two comes, in a later turn of the event loop. The recorder is told by queued signals only, for
    the reason that the player of segments gives.
    """

    finished = Signal(object, int)
    failed = Signal(str)
    _record_wanted = Signal()
    _stop_wanted = Signal()

    def __init__(
        self, container: Container, *, has_picture: bool, sound_format: QAudioFormat | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.began_s = monotonic()
        self.ending = container.ending
        self._ended_s = 0.0
        self._is_over = False
        self._has_content = False
        self._frames = QVideoFrameInput(self) if has_picture else None
        self._format = sound_format
        self._sounds = QAudioBufferInput(sound_format, self) if sound_format is not None else None
        self._waiting: deque[bytes] = deque()
        self._sent_us = 0
        # Without a parent: it outlives the recorder, whoever ends it.
        self._buffer = buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.ReadWrite)
        self.destroyed.connect(lambda: outlive_media(buffer))
        self._session = QMediaCaptureSession(self)
        self._recorder = QMediaRecorder(self)
        self._session.setRecorder(self._recorder)
        if self._frames is not None:
            self._session.setVideoFrameInput(self._frames)
        if self._sounds is not None:
            self._session.setAudioBufferInput(self._sounds)
            self._sounds.readyToSendAudioBuffer.connect(self._send_sound)
        self._recorder.setMediaFormat(container.media)
        self._recorder.setOutputDevice(self._buffer)
        self._recorder.errorOccurred.connect(lambda _kind, reason: self._fail(reason))
        self._recorder.recorderStateChanged.connect(self._take_state)
        self._record_wanted.connect(self._recorder.record, Qt.ConnectionType.QueuedConnection)
        self._stop_wanted.connect(self._recorder.stop, Qt.ConnectionType.QueuedConnection)
        self._record_wanted.emit()

    def add_frame(self, frame: QVideoFrame) -> None:
        if self._frames is None or self._ended_s:
            return
        at = round((monotonic() - self.began_s) * 1_000_000)
        frame.setStartTime(at)
        frame.setEndTime(at + _FRAME_US)
        # A frame that comes too fast for the encoder is left out.
        self._has_content |= self._frames.sendVideoFrame(frame)

    def add_sound(self, data: bytes) -> None:
        if self._sounds is not None and not self._ended_s and data:
            self._waiting.append(data)
            self._send_sound()

    def finish(self) -> tuple[bytes, ...]:
        """Close the file; returns sound that did not go into it any more and belongs into the next one."""
        self._send_sound()
        self._ended_s = monotonic()
        left = tuple(self._waiting)
        self._waiting.clear()
        self._stop_wanted.emit()
        QTimer.singleShot(0, self, self._finish_if_stopped)
        return left

    def _finish_if_stopped(self) -> None:
        """What was stopped before it had begun tells nobody."""
        if self._recorder.recorderState() is QMediaRecorder.RecorderState.StoppedState:
            self._finish()

    def _send_sound(self) -> None:
        while self._waiting and self._sounds is not None and self._format is not None:
            buffer = QAudioBuffer(QByteArray(self._waiting[0]), self._format, self._sent_us)
            if not self._sounds.sendAudioBuffer(buffer):
                return
            self._sent_us += buffer.duration()
            self._has_content = True
            self._waiting.popleft()

    def _take_state(self, state: QMediaRecorder.RecorderState) -> None:
        if state is QMediaRecorder.RecorderState.StoppedState:
            self._finish()

    def _finish(self) -> None:
        if not self._is_over:
            self._is_over = True
            data = bytes(self._buffer.data().data()) if self._has_content else b""
            self.finished.emit(data, round(((self._ended_s or monotonic()) - self.began_s) * 1000))

    def _fail(self, reason: str) -> None:
        if not self._is_over:
            self._is_over = True
            self._stop_wanted.emit()
            # Not at once: a recorder may refuse before anybody could listen.
            QTimer.singleShot(0, self, lambda: self.failed.emit(reason))
