"""A film or a sound recording in the place of a picture: play, pause, where it is, how loud."""

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtMultimedia import QMediaDevices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QVBoxLayout

from desktop.errors import UserError
from desktop.gui.capture.length import length_text
from desktop.gui.evidence.no_picture import kind_text
from desktop.gui.evidence.segment_player import SegmentPlayer, Track
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.theme import tokens
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.frame_view import FrameView
from desktop.gui.widgets.icons import icon_pixmap
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.visits.show_visit import ShownEvidence

_VOLUME = 80
_SKIP_MS = 5000


class MediaView(QFrame):
    """Nothing is decoded before somebody presses play."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("card")
        texts = Texts()
        self._evidence: ShownEvidence | None = None
        self.player = SegmentPlayer(jobs, self)
        self.frame_view = FrameView()
        self.remark_label = plain_label("", "warning", wraps=True)
        self.silence_label = plain_label(
            _("This computer has no loudspeaker: there is nothing to be heard."), "muted", wraps=True
        )
        self.play_button = text_button(texts, self._play_text, "play", is_primary=True)
        self._texts = texts
        self.place_slider = QSlider(Qt.Orientation.Horizontal)
        self.volume_slider = QSlider(Qt.Orientation.Horizontal)
        self.volume_slider.setRange(0, 100)
        self.volume_slider.setFixedWidth(96)
        self.place_slider.setSingleStep(_SKIP_MS)
        self.place_slider.setPageStep(_SKIP_MS)
        self.place_slider.setAccessibleName(_("Place in the recording"))
        self.volume_slider.setAccessibleName(_("Volume"))
        self.time_label = plain_label("", "muted")
        self._connect()
        self.volume_slider.setValue(_VOLUME)
        self._lay_out()

    def show_evidence(self, evidence: ShownEvidence) -> None:
        self._evidence = evidence
        recording = evidence.recording
        segments = recording.segments if recording is not None else ()
        here = [segment for segment in segments if segment.is_here]
        tracks = [Track(segment.sha256, segment.duration_ms) for segment in here]
        self.player.load(tracks or [Track(evidence.sha256)])
        self.frame_view.show_text(kind_text(evidence.mime, evidence.size))
        remarks = []
        if recording is not None and not recording.is_complete:
            remarks.append(_("This recording has no proper end; what was recorded until then is kept."))
        if len(here) < len(segments):
            remarks.append(_("Parts of this recording have not come to this computer yet."))
        self.remark_label.setText("\n".join(remarks))
        self.remark_label.setVisible(bool(remarks))
        self.silence_label.setVisible(QMediaDevices.defaultAudioOutput().isNull())
        self.play_button.setFocus()

    def stop(self) -> None:
        """Another piece of evidence is shown, or none."""
        self._evidence = None
        self.player.stop()

    def _play_text(self) -> str:
        return _("Pause") if self.player.is_playing else _("Play")

    def _show_playing(self, _is_playing: bool) -> None:
        self._texts.say_again()

    def _show_length(self, length_ms: int) -> None:
        with QSignalBlocker(self.place_slider):
            self.place_slider.setRange(0, length_ms)
        self.place_slider.setEnabled(length_ms > 0)
        self._show_time(self.player.position_ms)

    def _show_position(self, position_ms: int) -> None:
        if not self.place_slider.isSliderDown():
            with QSignalBlocker(self.place_slider):
                self.place_slider.setValue(position_ms)
        self._show_time(position_ms)

    def _show_time(self, position_ms: int) -> None:
        length_ms = self.player.length_ms
        length = f" / {length_text(length_ms)}" if length_ms else ""
        self.time_label.setText(f"{length_text(position_ms)}{length}")

    def _show_failed(self, error: UserError) -> None:
        self.frame_view.show_text(str(error))

    def _connect(self) -> None:
        self.play_button.clicked.connect(self.player.toggle)
        self.player.frame_arrived.connect(self.frame_view.show_frame)
        self.player.playing_changed.connect(self._show_playing)
        self.player.length_changed.connect(self._show_length)
        self.player.position_changed.connect(self._show_position)
        self.player.failed.connect(self._show_failed)
        self.place_slider.valueChanged.connect(self.player.seek)
        self.volume_slider.valueChanged.connect(self.player.set_volume)

    def _lay_out(self) -> None:
        sign_label = plain_label()
        sign_label.setPixmap(icon_pixmap("volume-2", tokens().muted, 18, 2.0))
        controls = QHBoxLayout()
        controls.setSpacing(10)
        controls.addWidget(self.play_button)
        controls.addWidget(self.place_slider, 1)
        controls.addWidget(self.time_label)
        controls.addWidget(sign_label)
        controls.addWidget(self.volume_slider)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addWidget(self.frame_view, 1)
        column.addWidget(self.remark_label)
        column.addWidget(self.silence_label)
        column.addLayout(controls)
