"""Plays films and sound out of memory, the segments of a recording one after the other as if they were one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoSink

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.media_memory import outlive_media
from desktop.i18n import _
from desktop.services.evidence.read_for_playing import read_for_playing

_Status = QMediaPlayer.MediaStatus


@dataclass(frozen=True)
class Track:
    """``length_ms`` is 0 where only the file itself knows."""

    sha256: str
    length_ms: int = 0


class SegmentPlayer(QObject):
    """``frame_arrived`` carries a QVideoFrame, ``failed`` a UserError; times are those of the whole.

    The player is told by queued signals only. Its threads ask Python whether it replaces a method of the buffer or
    the output, some while they hold a lock of Qt: a call out of Python, which waits for that lock and keeps Python
    to itself, would never return.
    """

    frame_arrived = Signal(object)
    playing_changed = Signal(bool)
    position_changed = Signal(int)
    length_changed = Signal(int)
    failed = Signal(object)
    _play_wanted = Signal()
    _pause_wanted = Signal()
    _stop_wanted = Signal()
    _position_wanted = Signal("qlonglong")  # type: ignore[arg-type]  # what Qt calls it
    _source_wanted = Signal(QIODevice, QUrl)
    _no_source_wanted = Signal(QUrl)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._tracks: tuple[Track, ...] = ()
        self._number = 0
        self._loaded = -1
        self._length_ms = 0
        self._start_ms = 0
        self._wants_to_play = False
        self._ahead: tuple[int, bytes] | None = None
        self._buffer: QBuffer | None = None
        self._player = QMediaPlayer(self)
        self._output = QAudioOutput(self)
        self._sink = QVideoSink(self)
        for wanted, slot in (
            (self._play_wanted, self._player.play),
            (self._pause_wanted, self._player.pause),
            (self._stop_wanted, self._player.stop),
            (self._position_wanted, self._player.setPosition),
            (self._source_wanted, self._player.setSourceDevice),
            (self._no_source_wanted, self._player.setSource),
        ):
            wanted.connect(slot, Qt.ConnectionType.QueuedConnection)
        self._player.setAudioOutput(self._output)
        self._player.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self.frame_arrived.emit)
        self._player.positionChanged.connect(self._show_position)
        self._player.durationChanged.connect(self._take_length)
        self._player.mediaStatusChanged.connect(self._take_status)
        self._player.errorOccurred.connect(lambda _kind, _reason: self._refuse())

    @property
    def is_playing(self) -> bool:
        return self._wants_to_play

    @property
    def length_ms(self) -> int:
        return sum(track.length_ms for track in self._tracks) or self._length_ms

    @property
    def position_ms(self) -> int:
        before = sum(track.length_ms for track in self._tracks[: self._number])
        return before + (self._player.position() if self._loaded == self._number else self._start_ms)

    def load(self, tracks: Sequence[Track]) -> None:
        """Make ready; nothing is read before somebody wants to see or hear it."""
        self.stop()
        self._tracks = tuple(tracks)
        self._number = self._length_ms = 0
        self.length_changed.emit(self.length_ms)
        self.position_changed.emit(0)

    def toggle(self) -> None:
        if self._wants_to_play:
            self._set_playing(False)
            self._pause_wanted.emit()
        elif self._tracks:
            self._set_playing(True)
            if self._loaded == self._number:
                self._play_wanted.emit()
            else:
                self._read(self._number)

    def seek(self, position_ms: int) -> None:
        """Go on from there; a pause stays a pause."""
        number, left = 0, max(0, position_ms)
        while number + 1 < len(self._tracks) and left >= self._tracks[number].length_ms:
            left -= self._tracks[number].length_ms
            number += 1
        if number == self._loaded:
            self._number = number
            self._position_wanted.emit(left)
        elif self._tracks:
            self._number, self._start_ms = number, left
            self.position_changed.emit(self.position_ms)
            if self._wants_to_play:
                self._read(number)

    def set_volume(self, percent: int) -> None:
        self._output.setVolume(percent / 100)

    def stop(self) -> None:
        """Forget what was read; the bytes leave the memory."""
        self._set_playing(False)
        self._loaded, self._start_ms, self._ahead = -1, 0, None
        self._let_go()

    def _read(self, number: int) -> None:
        if self._ahead is not None and self._ahead[0] == number:
            self._put(number, self._ahead[1])
            return
        track = self._tracks[number]
        self._jobs.read(
            partial(read_for_playing, sha256=track.sha256),
            partial(self._take, track, number),
            self._fail,
            name="film or sound",
        )

    def _take(self, track: Track, number: int, data: bytes) -> None:
        if number < len(self._tracks) and self._tracks[number] is track and self._wants_to_play:
            self._put(number, data)

    def _put(self, number: int, data: bytes) -> None:
        self._let_go()
        self._ahead = None
        self._number = self._loaded = number
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._source_wanted.emit(self._buffer, QUrl())
        self._play_wanted.emit()
        self._read_ahead(number + 1)

    def _read_ahead(self, number: int) -> None:
        if number < len(self._tracks):
            track = self._tracks[number]
            self._jobs.read(
                partial(read_for_playing, sha256=track.sha256),
                partial(self._keep_ahead, track, number),
                _wait,
            )

    def _keep_ahead(self, track: Track, number: int, data: bytes) -> None:
        if self._number + 1 == number < len(self._tracks) and self._tracks[number] is track:
            self._ahead = (number, data)

    def _take_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is _Status.EndOfMedia and self._loaded == self._number:
            self._go_on()
        elif status in (_Status.LoadedMedia, _Status.BufferedMedia) and self._start_ms:
            start_ms, self._start_ms = self._start_ms, 0
            self._position_wanted.emit(start_ms)

    def _go_on(self) -> None:
        if self._number + 1 < len(self._tracks):
            self._number += 1
            # Not within the signal of the player that is about to get another source.
            QTimer.singleShot(0, self, self._read_current)
        else:
            self._number, self._loaded = 0, -1
            self._set_playing(False)
            self.position_changed.emit(self.length_ms)

    def _read_current(self) -> None:
        if self._wants_to_play and self._loaded != self._number:
            self._read(self._number)

    def _show_position(self, _position: int) -> None:
        if self._loaded == self._number:
            self.position_changed.emit(self.position_ms)

    def _take_length(self, length_ms: int) -> None:
        if len(self._tracks) == 1 and length_ms > 0:
            self._length_ms = length_ms
            self.length_changed.emit(self.length_ms)

    def _refuse(self) -> None:
        self._fail(
            UserError(
                _("This film or sound cannot be played here."),
                _("The original is kept unchanged; save it to look at it elsewhere."),
            )
        )

    def _fail(self, error: UserError) -> None:
        self._set_playing(False)
        self._loaded = -1
        self.failed.emit(error)

    def _set_playing(self, is_playing: bool) -> None:
        if self._wants_to_play != is_playing:
            self._wants_to_play = is_playing
            self.playing_changed.emit(is_playing)

    def _let_go(self) -> None:
        self._stop_wanted.emit()
        self._no_source_wanted.emit(QUrl())
        buffer, self._buffer = self._buffer, None
        if buffer is not None:
            outlive_media(buffer)


def _wait(_error: UserError) -> None:
    """What could not be read ahead is read again when its turn comes, and then told."""
