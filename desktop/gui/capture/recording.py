"""A recording under way: from a source into segments, each of which is evidence before the next one is full."""

from dataclasses import dataclass
from functools import partial
from time import monotonic

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtMultimedia import QVideoFrame

from desktop.errors import UserError
from desktop.gui.capture.segment import Container, Segment, film_container, sound_container
from desktop.gui.capture.source import Source
from desktop.gui.jobs import Jobs
from desktop.i18n import _
from desktop.services.evidence.record_segments import (
    NewRecording,
    RecordedSegment,
    RecordingEnd,
    RecordingKind,
    begin_recording,
    end_recording,
    keep_segment,
)
from desktop.services.workspace.workspace import Workspace

SEGMENT_MS = 10_000
"""What a power cut can cost at most."""

MOST_UNSAVED = 6
"""Segments that wait in memory for a slow disk before the recording is given up."""

_MOST_WAIT_MS = 3000


@dataclass(frozen=True)
class RecordingReport:
    """``is_whole``: it was stopped on purpose, and nothing of it was lost."""

    kind: RecordingKind
    segments: int
    duration_ms: int
    is_whole: bool


class Recording(QObject):
    """``segment_kept`` carries the id of a piece of evidence, ``failed`` a UserError, ``ended`` a RecordingReport.

    ``begun`` comes when the log knows of the recording; nothing is recorded before.
    """

    begun = Signal()
    segment_kept = Signal(int, str)
    failed = Signal(object)
    ended = Signal(object)
    _packed = Signal()

    def __init__(
        self, jobs: Jobs, source: Source, kind: RecordingKind, parent: QObject, segment_ms: int = SEGMENT_MS
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._jobs = jobs
        self._source = source
        self._new: NewRecording | None = None
        self._container: Container | None = None
        self._segment: Segment | None = None
        self._number = 0
        self._packing = 0
        self._unsaved = 0
        self._duration_ms = 0
        self._end: RecordingEnd | None = None
        self._is_closed = False
        self._has_lost = False
        self._began_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(segment_ms)
        self._timer.timeout.connect(self._next_segment)
        source.failed.connect(self._break)

    @property
    def is_running(self) -> bool:
        return self._segment is not None

    @property
    def elapsed_s(self) -> float:
        return monotonic() - self._began_s if self._segment is not None else 0.0

    def begin(self, visit_id: str, item: int) -> None:
        is_film = self.kind is RecordingKind.FILM
        self._container = film_container() if is_film else sound_container()
        if self._container is None:
            self._give_up(
                UserError(
                    _("This computer has no program part that can record this."),
                    _("Record with a phone or a camera, and take the file in."),
                )
            )
            return
        work = partial(
            begin_recording, visit_id=visit_id, item=item, kind=self.kind, source=self._source.name
        )
        self._jobs.write(work, self._start, self._give_up)

    def stop(self) -> None:
        """The user has had enough; what was recorded is kept."""
        self._finish(RecordingEnd.STOPPED)

    def stop_and_wait(self) -> None:
        """Like ``stop``, for those who close the workspace next: what is still being packed has its place in the
        queue of the writer when this returns."""
        self.stop()
        if self._packing:
            loop = QEventLoop()
            self._packed.connect(loop.quit)
            QTimer.singleShot(_MOST_WAIT_MS, loop, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _start(self, new: NewRecording) -> None:
        self._new = new
        if self._end is None:
            self._began_s = monotonic()
            if self.kind is RecordingKind.FILM:
                self._source.frame_arrived.connect(self._add_frame)
            self._source.sound_arrived.connect(self._add_sound)
            self._open_segment(())
            self._timer.start()
            self.begun.emit()
        self._close_when_packed()

    def _open_segment(self, left: tuple[bytes, ...]) -> None:
        if self._container is None:
            return
        self._number += 1
        is_film = self.kind is RecordingKind.FILM
        segment = Segment(
            self._container, has_picture=is_film, sound_format=self._source.sound_format, parent=self
        )
        self._packing += 1
        segment.finished.connect(partial(self._keep, segment, self._number))
        segment.failed.connect(self._segment_failed)
        self._segment = segment
        for data in left:
            segment.add_sound(data)

    def _next_segment(self) -> None:
        before = self._segment
        if before is not None:
            # The next one is open before this one closes: not a word is lost between them.
            self._open_segment(before.finish())

    def _add_frame(self, frame: QVideoFrame) -> None:
        if self._segment is not None:
            self._segment.add_frame(frame)

    def _add_sound(self, data: bytes) -> None:
        if self._segment is not None:
            self._segment.add_sound(data)

    def _keep(self, segment: Segment, number: int, data: bytes, duration_ms: int) -> None:
        new = self._new
        if data and new is not None:
            self._unsaved += 1
            closed = RecordedSegment(number, segment.began_s, duration_ms, data, segment.ending)
            self._jobs.write(partial(self._write, new, closed), partial(self._kept, closed), self._not_kept)
        segment.deleteLater()
        self._done_packing()
        if self._unsaved > MOST_UNSAVED:
            self._break(
                UserError(
                    _("The disk is too slow for this recording."),
                    _("What was recorded until now is kept. Record sound only, or with another camera."),
                )
            )

    def _write(self, new: NewRecording, segment: RecordedSegment, workspace: Workspace) -> str:
        """On the writer's thread, as is ``_write_end``: neither touches a widget."""
        try:
            return keep_segment(workspace, new, segment)
        except UserError:
            self._has_lost = True
            raise

    def _write_end(self, new: NewRecording, workspace: Workspace) -> int:
        is_whole = self._end is RecordingEnd.STOPPED and not self._has_lost
        return end_recording(workspace, new, RecordingEnd.STOPPED if is_whole else RecordingEnd.BROKEN)

    def _kept(self, segment: RecordedSegment, evidence_id: str) -> None:
        self._unsaved -= 1
        self._duration_ms += segment.duration_ms
        self.segment_kept.emit(segment.number, evidence_id)

    def _not_kept(self, error: UserError) -> None:
        self._unsaved -= 1
        self._has_lost = True
        self._break(error)

    def _segment_failed(self, reason: str) -> None:
        self._has_lost = True
        self._done_packing()
        self._break(
            UserError(
                _("The recording cannot go on: {reason}.").format(reason=reason.rstrip(".。")),
                _("What was recorded until now is kept."),
            )
        )

    def _done_packing(self) -> None:
        self._packing -= 1
        self._close_when_packed()
        if not self._packing:
            self._packed.emit()

    def _break(self, error: UserError) -> None:
        if self._end is None:
            self.failed.emit(error)
        self._finish(RecordingEnd.BROKEN)

    def _finish(self, end: RecordingEnd) -> None:
        if self._end is not None:
            return
        self._end = end
        self._timer.stop()
        segment, self._segment = self._segment, None
        if segment is not None:
            segment.finish()
        self._close_when_packed()

    def _close_when_packed(self) -> None:
        new = self._new
        if new is not None and self._end is not None and not self._packing and not self._is_closed:
            self._is_closed = True
            self._jobs.write(partial(self._write_end, new), self._report, self._report_unended)

    def _report(self, segments: int) -> None:
        is_whole = self._end is RecordingEnd.STOPPED and not self._has_lost
        self.ended.emit(RecordingReport(self.kind, segments, self._duration_ms, is_whole))

    def _report_unended(self, error: UserError) -> None:
        self.failed.emit(error)
        self._has_lost = True
        self._report(0)

    def _give_up(self, error: UserError) -> None:
        """It never began."""
        self._end = RecordingEnd.BROKEN
        self._is_closed = True
        self.failed.emit(error)
        self.ended.emit(RecordingReport(self.kind, 0, 0, is_whole=False))
