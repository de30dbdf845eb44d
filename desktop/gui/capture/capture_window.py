"""The small window with the camera: stills, films and sound for the item that is being answered."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.capture.device_choice import DeviceChoice
from desktop.gui.capture.length import length_text
from desktop.gui.capture.recording import Recording, RecordingReport
from desktop.gui.capture.source import Devices
from desktop.gui.capture.still import keep_still, still_name
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.fitting import FittingWindow, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.i18n import _
from desktop.services.evidence.collect_evidence import IntakeLine, IntakeOutcome
from desktop.services.evidence.record_segments import RecordingKind

_EVERY_MS = 250


class CaptureWindow(FittingWindow):
    """Stands beside the page, so that recording and answering go on together; its title says nothing of the work.

    ``evidence_taken`` (visit, item, ids): what was taken belongs to this item. ``told`` carries a UserError for the
    page, of something that failed when this window was closed already.
    """

    evidence_taken = Signal(str, int, object)
    told = Signal(object)

    def __init__(self, jobs: Jobs, devices: Devices, visit_id: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        resize_on_screen(self, 560, 560)
        self._jobs = jobs
        self._visit_id = visit_id
        self._item = 0
        self._may_begin = True
        self._is_leaving = self._wants_focus = False
        self.recording: Recording | None = None
        texts = Texts()
        self.note = NoteBar()
        self.choice = DeviceChoice(devices, texts)
        self.item_label = plain_label("", "muted")
        self.time_label = plain_label("", "heading")
        self.still_button = text_button(texts, lambda: _("Photo (Space)"), "camera", is_primary=True)
        self.film_button = text_button(texts, self._film_text, "video")
        self.sound_button = text_button(texts, self._sound_text, "mic")
        self._texts = texts
        self._ticking = QTimer(self)
        self._ticking.setInterval(_EVERY_MS)
        texts.say(self.setWindowTitle, lambda: _("Documents"))
        self._connect()
        self._lay_out()
        self._show_item()
        self._allow()

    @property
    def is_recording(self) -> bool:
        return self.recording is not None

    def open(self) -> None:
        """Bring it to the front, with the devices that are there now."""
        if not self.isVisible():
            self.note.hide()
            self.show()
            if self.choice.source is None:
                self.choice.open()
        self.activateWindow()
        # Without a device no button can be pressed; the keys that close and lock still come here.
        self.setFocus()
        self._wants_focus = True
        self._allow()

    def show_item(self, item: int, *, may_begin: bool) -> None:
        """The item that is answered now; what is being recorded stays with the one it was begun for."""
        self._item, self._may_begin = item, may_begin
        self._show_item()
        self._allow()

    def take_still(self) -> None:
        """The picture that is seen now."""
        frame = self.choice.newest
        if frame is None or not self.still_button.isEnabled():
            return
        work = partial(
            keep_still, visit_id=self._visit_id, item=self._item, name=still_name(), image=frame.toImage()
        )
        self._jobs.write(work, partial(self._show_still, self._item), self._show_problem)

    def toggle_film(self) -> None:
        self._toggle(RecordingKind.FILM, self.film_button)

    def toggle_sound(self) -> None:
        self._toggle(RecordingKind.SOUND, self.sound_button)

    def leave(self) -> None:
        """The visit or the workspace is about to be closed for good: what is being recorded is kept."""
        self._is_leaving = True
        self.close()
        if self.recording is not None:
            self.recording.stop_and_wait()
        if self.recording is None:
            self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's spelling
        if self.recording is not None:
            self.recording.stop()
        self.choice.close_source()
        super().closeEvent(event)

    def _toggle(self, kind: RecordingKind, button: QPushButton) -> None:
        if self.recording is not None:
            if self.recording.kind is kind:
                self.recording.stop()
            return
        source = self.choice.source
        if source is None or not button.isEnabled():
            return
        self.note.hide()
        recording = Recording(self._jobs, source, kind, self)
        recording.segment_kept.connect(partial(self._link_first, self._item))
        recording.failed.connect(self._show_problem)
        recording.ended.connect(partial(self._show_ended, recording))
        self.recording = recording
        recording.begin(self._visit_id, self._item)
        self._ticking.start()
        self._allow()

    def _link_first(self, item: int, number: int, evidence_id: str) -> None:
        """The first segment stands for the whole recording."""
        if number == 1:
            self.evidence_taken.emit(self._visit_id, item, (evidence_id,))

    def _show_still(self, item: int, line: IntakeLine) -> None:
        if line.outcome is IntakeOutcome.TAKEN:
            self.note.show_done(_("The photo is kept."))
            self.evidence_taken.emit(self._visit_id, item, (line.evidence_id,))
        else:
            self._show_problem(UserError(line.remark))

    def _show_ended(self, recording: Recording, report: RecordingReport) -> None:
        if self.recording is recording:
            self.recording = None
        recording.deleteLater()
        self._ticking.stop()
        self.time_label.setText("")
        if report.is_whole and report.segments:
            is_film = report.kind is RecordingKind.FILM
            text = _("The film is kept: {time}.") if is_film else _("The sound is kept: {time}.")
            self.note.show_done(text.format(time=length_text(report.duration_ms)))
        self._allow()
        if self._is_leaving:
            self.deleteLater()

    def _show_problem(self, error: UserError) -> None:
        self.note.show_problem(error)
        if not self.isVisible():
            self.told.emit(error)

    def _show_failed(self, error: UserError) -> None:
        """Of a device; a recording that it ends tells of it by itself."""
        if self.recording is None:
            self._show_problem(error)

    def _show_item(self) -> None:
        item = self._item
        self.item_label.setText(_("For item {no}").format(no=item) if item else _("For the visit as a whole"))

    def _show_time(self) -> None:
        if self.recording is not None and self.recording.is_running:
            self.time_label.setText(f"● {length_text(round(self.recording.elapsed_s * 1000))}")

    def _allow(self) -> None:
        source, kind = self.choice.source, self.recording.kind if self.recording else None
        has_picture = source is not None and self.choice.newest is not None
        has_sound = source is not None and source.sound_format is not None
        self.still_button.setEnabled(self._may_begin and has_picture)
        self.film_button.setEnabled(_may(RecordingKind.FILM, kind, self._may_begin and has_picture))
        self.sound_button.setEnabled(_may(RecordingKind.SOUND, kind, self._may_begin and has_sound))
        self.choice.lock_choice(kind is not None)
        self._texts.say_again()
        # A button that waits for its first picture cannot be focused before.
        if self._wants_focus and self.still_button.isEnabled():
            self._wants_focus = False
            self.still_button.setFocus()

    def _film_text(self) -> str:
        is_on = self.recording is not None and self.recording.kind is RecordingKind.FILM
        return _("End the film (V)") if is_on else _("Film (V)")

    def _sound_text(self) -> str:
        is_on = self.recording is not None and self.recording.kind is RecordingKind.SOUND
        return _("End the sound (S)") if is_on else _("Sound (S)")

    def _connect(self) -> None:
        self._ticking.timeout.connect(self._show_time)
        self.choice.source_changed.connect(self._allow)
        self.choice.failed.connect(self._show_failed)
        for button, deed in (
            (self.still_button, self.take_still),
            (self.film_button, self.toggle_film),
            (self.sound_button, self.toggle_sound),
        ):
            button.clicked.connect(deed)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Space", self.take_still),
            ("V", self.toggle_film),
            ("S", self.toggle_sound),
            ("Esc", self.close),
        )
        for key, wanted in keys:
            QShortcut(QKeySequence(key), self).activated.connect(wanted)

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.addWidget(self.item_label)
        state.addStretch(1)
        state.addWidget(self.time_label)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.still_button, self.film_button, self.sound_button):
            buttons.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(state)
        column.addWidget(self.choice, 1)
        column.addWidget(self.note)
        column.addLayout(buttons)
        hint_label = plain_label("", "muted", wraps=True)
        self._texts.say(
            hint_label.setText,
            lambda: _("Esc closes and keeps what was recorded · F12 locks and keeps it as well"),
        )
        column.addWidget(hint_label)


def _may(kind: RecordingKind, running: RecordingKind | None, may_begin: bool) -> bool:
    """A recording that runs can always be ended, and no second one is begun beside it."""
    return may_begin if running is None else running is kind
