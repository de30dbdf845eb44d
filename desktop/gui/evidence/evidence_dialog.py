"""One piece of evidence, large: its picture, what is known of it, who had it, and its original to be saved."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.gui.evidence.evidence_side import EvidenceSide
from desktop.gui.evidence.facts_view import FactsView
from desktop.gui.evidence.large_image import read_image
from desktop.gui.evidence.mark_bar import MarkBar
from desktop.gui.evidence.media_view import MediaView
from desktop.gui.evidence.no_picture import NoPicture
from desktop.gui.evidence.original_saver import OriginalSaver
from desktop.gui.evidence.picture_view import PictureView
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.evidence.read_for_playing import is_playable
from desktop.services.evidence.show_evidence import LargePicture, is_previewable
from desktop.services.visits.show_visit import ShownEvidence

FIRST_SIDE, FINE_SIDE = 2048, 6000
"""Longest sides that are read: at once, and when somebody looks closer. A finer view of 200 megapixels would take
more memory than small laptops have."""

_READ = "large picture"


class EvidenceDialog(FittingDialog):
    """Fills the window. ``among``: what the arrow keys lead through, in its order.

    The picture is decoded by the worker process; the original is never handed to another program.
    """

    def __init__(
        self,
        jobs: Jobs,
        evidence: ShownEvidence,
        parent: QWidget | None = None,
        among: Sequence[ShownEvidence] = (),
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._among = tuple(among) if evidence in among else (evidence,)
        self._evidence = evidence
        self._side = 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts = Texts()
        self.note = NoteBar()
        self.saver = OriginalSaver(jobs, self.note, self)
        self.picture_view = PictureView()
        self.no_picture = NoPicture()
        self.media_view: MediaView | None = None
        self.side = EvidenceSide(jobs, self.note)
        self._sides = QStackedWidget()
        self._title_label = CutLabel("", "heading")
        self._place_label = plain_label("", "muted")
        self._zoom_label = plain_label("", "muted")
        self.previous_button = _tool("chevron-left", _("Evidence before"))
        self.next_button = _tool("chevron-right", _("Evidence after"))
        self.out_button = _tool("zoom-out", _("Smaller"))
        self.in_button = _tool("zoom-in", _("Larger"))
        self.left_button = _tool("rotate-ccw", _("Turn left"))
        self.right_button = _tool("rotate-cw", _("Turn right"))
        self.fit_button = text_button(texts, lambda: _("Fit"))
        self.full_button = text_button(texts, lambda: "100 %")
        self.mark_bar = MarkBar(jobs, texts, self.picture_view, self.note)
        self.pair_button = text_button(texts, lambda: _("Photo of before …"), "columns-2")
        self.save_button = text_button(texts, lambda: _("Save the original …"), "save")
        self.close_button = text_button(texts, lambda: _("Close"), is_primary=True)
        self._connect()
        self._lay_out()
        self._take_size(parent)
        self.show_evidence(evidence)

    @property
    def evidence(self) -> ShownEvidence:
        return self._evidence

    @property
    def facts_view(self) -> FactsView:
        return self.side.facts_view

    def show_evidence(self, evidence: ShownEvidence) -> None:
        self._evidence = evidence
        self._side = 0
        number = self._among.index(evidence)
        name = " ".join((evidence.caption or evidence.name).split())
        name_window(self, _("Evidence {number}").format(number=evidence.number))
        self._title_label.setText(f"{evidence.number}  {name[:200]}")
        self._place_label.setText(f"{number + 1} / {len(self._among)}" if len(self._among) > 1 else "")
        self.previous_button.setEnabled(number > 0)
        self.next_button.setEnabled(number + 1 < len(self._among))
        self.save_button.setEnabled(evidence.is_here)
        self.note.hide()
        self.picture_view.clear_picture()
        self._stop_playing()
        self.mark_bar.show_evidence(evidence)
        self._allow(has_picture=False)
        self.side.show_evidence(evidence)
        if evidence.is_here and is_previewable(evidence.mime):
            self.no_picture.show_text("image", _("Loading …"))
            self._sides.setCurrentWidget(self.no_picture)
            self._read_picture(FIRST_SIDE)
        elif evidence.is_here and is_playable(evidence.mime):
            self._show_media(evidence)
        else:
            self._show_none("")

    def go(self, steps: int) -> None:
        """Show the evidence so many places on; at either end nothing happens."""
        number = self._among.index(self._evidence) + steps
        if 0 <= number < len(self._among):
            self.show_evidence(self._among[number])

    def show_other(self, evidence: ShownEvidence) -> None:
        """Show evidence that need not be among those the arrow keys lead through."""
        if evidence not in self._among:
            self._among = (*self._among, evidence)
        self.show_evidence(evidence)

    def save_original(self, target: Path) -> None:
        self.saver.save(self._evidence, target)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        match event.text():
            case "+" | "=":
                self.picture_view.zoom_in()
            case "-":
                self.picture_view.zoom_out()
            case "0":
                self.picture_view.fit()
            case "1":
                self.picture_view.set_zoom(1.0)
            case "r" | "R":
                self.picture_view.turn(-1 if event.text() == "R" else 1)
            case _:
                self._press(event)

    def _press(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.go(-1)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.go(1)
        else:
            super().keyPressEvent(event)

    def _read_picture(self, side: int) -> None:
        self._side = side
        work = partial(read_image, sha256=self._evidence.sha256, longest_side=side)
        self._jobs.read(work, partial(self._show_picture, self._evidence), self._show_unread, name=_READ)

    def _read_finer(self) -> None:
        if self._side == FIRST_SIDE:
            self._read_picture(FINE_SIDE)

    def _show_picture(self, evidence: ShownEvidence, answer: tuple[QImage, LargePicture]) -> None:
        image, picture = answer
        if evidence.id != self._evidence.id:
            return
        if not image.isNull():
            self.picture_view.show_picture(image, QSize(picture.whole_width, picture.whole_height))
            self._sides.setCurrentWidget(self.picture_view)
            self._allow(has_picture=True)
            self.picture_view.setFocus()
            self._show_zoom()
        elif self._side == FIRST_SIDE:
            self._show_none(picture.problem)

    def _show_media(self, evidence: ShownEvidence) -> None:
        if self.media_view is None:
            # Not for every photo: it takes hold of the loudspeaker.
            self.media_view = MediaView(self._jobs)
            self._sides.addWidget(self.media_view)
        self._sides.setCurrentWidget(self.media_view)
        self.media_view.show_evidence(evidence)

    def _stop_playing(self) -> None:
        if self.media_view is not None:
            self.media_view.stop()

    def _show_unread(self, error: object) -> None:
        self._show_none(str(error))

    def _show_none(self, problem: str) -> None:
        self.no_picture.show_file(self._evidence, problem)
        self._sides.setCurrentWidget(self.no_picture)
        self.close_button.setFocus()

    def _show_zoom(self, _zoom: float = 0.0) -> None:
        text = f"{self.picture_view.zoom:.0%}" if self.picture_view.has_picture else ""
        self._zoom_label.setText(text)

    def _allow(self, *, has_picture: bool) -> None:
        for button in (
            self.in_button,
            self.out_button,
            self.left_button,
            self.right_button,
            self.fit_button,
            self.full_button,
        ):
            button.setEnabled(has_picture)
        self.mark_bar.begin_button.setEnabled(has_picture)
        self.pair_button.setEnabled(has_picture)
        self._show_zoom()

    def _take_size(self, parent: QWidget | None) -> None:
        room = parent.window().size() if parent is not None else QSize(1180, 760)
        resize_on_screen(self, max(880, room.width() - 48), max(560, room.height() - 48))

    def _connect(self) -> None:
        self.previous_button.clicked.connect(lambda: self.go(-1))
        self.next_button.clicked.connect(lambda: self.go(1))
        self.in_button.clicked.connect(self.picture_view.zoom_in)
        self.out_button.clicked.connect(self.picture_view.zoom_out)
        self.left_button.clicked.connect(lambda: self.picture_view.turn(-1))
        self.right_button.clicked.connect(lambda: self.picture_view.turn(1))
        self.fit_button.clicked.connect(self.picture_view.fit)
        self.full_button.clicked.connect(lambda: self.picture_view.set_zoom(1.0))
        self.pair_button.clicked.connect(self.side.ask_before)
        self.mark_bar.derived.connect(self.side.read_again)
        self.side.evidence_wanted.connect(self.show_other)
        self.save_button.clicked.connect(lambda: self.saver.ask(self._evidence))
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(self._stop_playing)
        self.picture_view.zoom_changed.connect(self._show_zoom)
        self.picture_view.detail_wanted.connect(self._read_finer)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.activated.connect(self.save_button.click)

    def _lay_out(self) -> None:
        self._zoom_label.setFixedWidth(56)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.previous_button)
        top.addWidget(self.next_button)
        top.addWidget(self._place_label)
        top.addWidget(self._title_label, 1)
        for button in (self.out_button, self.in_button, self.fit_button, self.full_button):
            top.addWidget(button)
        top.addWidget(self._zoom_label)
        top.addWidget(self.left_button)
        top.addWidget(self.right_button)
        self._sides.addWidget(self.picture_view)
        self._sides.addWidget(self.no_picture)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._sides, 1)
        middle.addWidget(self.side)
        bottom = QHBoxLayout()
        bottom.addWidget(self.mark_bar.begin_button)
        bottom.addWidget(self.pair_button)
        bottom.addStretch(1)
        bottom.addWidget(self.save_button)
        bottom.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addWidget(self.mark_bar)
        column.addWidget(self.note)
        column.addLayout(bottom)


def _tool(icon_name: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("look", "plain")
    button.setIcon(icon(icon_name))
    button.setAccessibleName(name)
    return button
