"""One piece of evidence, large: what it shows, where it comes from, and its original to be saved."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.file_dialogs import choose_target
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.i18n import _
from desktop.services.export_original import ExportedOriginal, export_original
from desktop.services.show_visit import ShownEvidence, evidence_picture

LARGE_SIDE = 1600


class EvidenceDialog(QDialog):
    """The picture is made by the worker process; the original is never handed to another program."""

    def __init__(self, jobs: Jobs, evidence: ShownEvidence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._evidence = evidence
        self._picture = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Evidence {number}").format(number=evidence.number))
        self.resize(860, 640)
        texts = Texts()
        self.note = NoteBar()
        self.picture_label = plain_label(_("Loading …"), "muted")
        self.picture_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture_label.setMinimumSize(320, 240)
        self.save_button = text_button(texts, lambda: _("Save the original …"), "save")
        self.save_button.setEnabled(evidence.is_here)
        self.save_button.clicked.connect(self._ask_target)
        close_button = text_button(texts, lambda: _("Close"), is_primary=True)
        close_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.save_button)
        buttons.addWidget(close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        title = evidence.caption or evidence.name
        column.addWidget(plain_label(f"{evidence.number}  {title[:200]}", "heading", wraps=True))
        column.addWidget(self.picture_label, 1)
        facts = f"{evidence.name[:120]} · {evidence.mime} · {_size_text(evidence.size)}\nSHA-256 {evidence.sha256}"
        column.addWidget(plain_label(facts, "muted", wraps=True))
        column.addWidget(self.note)
        column.addLayout(buttons)
        work = partial(evidence_picture, sha256=evidence.sha256, longest_side=LARGE_SIDE)
        jobs.read(work, self._show_picture, self.note.show_problem, name="large picture")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._fit()

    def save_original(self, target: Path) -> None:
        work = partial(export_original, evidence_id=self._evidence.id, target=target)
        self._jobs.write(work, self._show_saved, self.note.show_problem)

    def _show_picture(self, jpeg: bytes) -> None:
        if jpeg and self._picture.loadFromData(jpeg, "JPG"):
            self._fit()
        elif self._evidence.is_here:
            self.picture_label.setText(
                _("There is no picture of this file; save the original to look at it.")
            )
        else:
            self.picture_label.setText(_("The file has not come to this computer yet."))

    def _fit(self) -> None:
        if not self._picture.isNull():
            ratio = self.devicePixelRatio()
            fitted = self._picture.scaled(
                self.picture_label.size() * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            fitted.setDevicePixelRatio(ratio)
            self.picture_label.setPixmap(fitted)

    def _ask_target(self) -> None:
        target = choose_target(self, _("Save the original …"), self._evidence.name)
        if target is not None:
            self.save_original(target)

    def _show_saved(self, saved: ExportedOriginal) -> None:
        self.note.show_done(_("The original has been saved, byte for byte."), f"SHA-256 {saved.sha256}")


def _size_text(size: int) -> str:
    return f"{size / 1024:,.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):,.1f} MB"
