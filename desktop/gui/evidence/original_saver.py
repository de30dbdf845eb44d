"""Giving the original of a piece of evidence out: one file, or the files of a recording."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.gui.jobs import Jobs
from desktop.gui.widgets.file_dialogs import choose_folder, choose_target
from desktop.gui.widgets.note_bar import NoteBar
from desktop.i18n import _
from desktop.services.evidence.export_original import ExportedOriginal, export_original
from desktop.services.evidence.export_recording import export_recording
from desktop.services.visits.show_visit import ShownEvidence


class OriginalSaver(QObject):
    """Asks where to, and tells in ``note`` what became of it."""

    def __init__(self, jobs: Jobs, note: NoteBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._note = note
        self._window = parent

    def ask(self, evidence: ShownEvidence) -> None:
        recording = evidence.recording
        if recording is not None and len(recording.segments) > 1:
            folder = choose_folder(self._window, _("Save the original …"))
            if folder is not None:
                self.save_recording(evidence, folder)
            return
        target = choose_target(self._window, _("Save the original …"), evidence.name)
        if target is not None:
            self.save(evidence, target)

    def save(self, evidence: ShownEvidence, target: Path) -> None:
        work = partial(export_original, evidence_id=evidence.id, target=target)
        self._jobs.write(work, self._show_saved, self._note.show_problem)

    def save_recording(self, evidence: ShownEvidence, folder: Path) -> None:
        segments = evidence.recording.segments if evidence.recording is not None else ()
        work = partial(export_recording, segments=segments, folder=folder)
        self._jobs.write(work, self._show_recording_saved, self._note.show_problem)

    def _show_saved(self, saved: ExportedOriginal) -> None:
        self._note.show_done(_("The original has been saved, byte for byte."), f"SHA-256 {saved.sha256}")

    def _show_recording_saved(self, count: int) -> None:
        text = _("{count} files of the recording have been saved, byte for byte.")
        self._note.show_done(text.format(count=count))
