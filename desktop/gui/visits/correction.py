"""Correcting one answer that is signed, handed over or locked, and adding evidence to it: with a reason."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.answer import Answer
from desktop.domain.checklist import Item
from desktop.errors import UserError
from desktop.gui.jobs import Job, Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.late_files import LateFiles
from desktop.gui.visits.versions_dialog import VersionsDialog
from desktop.gui.visits.visit_words import unsigned_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.i18n import _
from desktop.services.visits.correct_visit import (
    AddedFiles,
    AnswerVersion,
    Corrected,
    correct_answer,
    correct_evidence,
    versions_of_answer,
)
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.workspace.workspace import ReportProgress, Workspace


class Correction(QObject):
    """``begun``: the fields may be opened; ``saved``: the correction is on the disk; ``failed``: a UserError.

    ``given_up``: what was typed is to be forgotten. Until then, or until it is saved, no other item is looked at:
    ``unsaved`` tells the number of the one that waits.
    """

    begun = Signal()
    given_up = Signal()
    unsaved = Signal(int)
    saved = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, texts: Texts, files: LateFiles, page: QWidget) -> None:
        super().__init__(page)
        self._jobs = jobs
        self._job: Job | None = None
        self.files = files
        self._page = page
        self._visit_id, self._has_signatures = "", False
        self._item: Item | None = None
        self._corrected: Answer | None = None
        self.is_under_way = False
        self.versions_button = text_button(texts, lambda: _("Versions"))
        self.correct_button = text_button(texts, lambda: _("Correct this item"))
        self.save_button = text_button(texts, lambda: _("Save correction …"), "save", is_primary=True)
        self.drop_button = text_button(texts, lambda: _("Give up"))
        self.buttons = (self.versions_button, self.correct_button, self.drop_button, self.save_button)
        self.versions_button.clicked.connect(self._read_versions)
        self.correct_button.clicked.connect(self._begin)
        self.save_button.clicked.connect(self._ask_reason)
        self.drop_button.clicked.connect(self._give_up)
        files.changed.connect(self._show)
        files.progress.stop_wanted.connect(self._stop)
        self._show()

    def offer(self, visit: EditedVisit | None, item: Item | None) -> None:
        """The item that could be corrected now; None where it is changed as usual."""
        visit_id = visit.id if visit is not None else ""
        if self._item is not None and self._waits_beside(visit_id, item):
            self.unsaved.emit(self._item.no)
            return
        if self._item is not item or self._visit_id != visit_id:
            self._forget()
        self._visit_id, self._item = visit_id, item
        self._has_signatures = visit is not None and visit.has_signatures
        self._show()

    def end(self) -> None:
        """Forget what was not saved."""
        self._forget()
        self._show()

    def take(self, answer: Answer) -> None:
        self._corrected = answer
        self._show()

    def save(self, reason: str) -> None:
        if self._item is None or not self._has_something:
            return
        work = _work(self._visit_id, self._item.no, self._corrected, self.files, reason)
        progress = self.files.progress
        if self.files.found:
            progress.begin()
        self._job = self._jobs.write_long(work, progress.show_progress, self._show_saved, self._show_failed)
        self._show()

    @property
    def _has_something(self) -> bool:
        return self._corrected is not None or bool(self.files.found)

    def _waits_beside(self, visit_id: str, item: Item | None) -> bool:
        return self._has_something and self._visit_id == visit_id and self._item is not item

    def _give_up(self) -> None:
        self.end()
        self.given_up.emit()

    def _forget(self) -> None:
        self._corrected, self.is_under_way = None, False
        self.files.clear()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _begin(self) -> None:
        self.is_under_way = True
        self._show()
        self.begun.emit()

    def _show(self) -> None:
        is_possible = self._item is not None
        # Its place is taken by two others meanwhile.
        self.versions_button.setVisible(is_possible and not self.is_under_way)
        self.correct_button.setVisible(is_possible and not self.is_under_way)
        for button in (self.drop_button, self.save_button):
            button.setVisible(is_possible and self.is_under_way)
        self.drop_button.setEnabled(self._job is None)
        self.save_button.setEnabled(self._has_something and self._job is None)
        self.files.setVisible(is_possible and self.is_under_way)
        self.files.allow(is_allowed=self._job is None)

    def _show_saved(self, _corrected: Corrected) -> None:
        self._end_job()
        self.end()
        self.saved.emit()

    def _show_failed(self, error: UserError) -> None:
        self._end_job()
        self._show()
        self.failed.emit(error)

    def _end_job(self) -> None:
        self._job = None
        self.files.progress.end()

    def _ask_reason(self) -> None:
        signed = _("The earlier version stays readable; the signature visibly no longer covers this item.")
        dialog = ReasonDialog(
            _("Reason of the correction"),
            signed if self._has_signatures else unsigned_text(),
            lambda: _("Save the correction"),
            self._page,
        )
        dialog.reason_given.connect(self.save)
        dialog.open()

    def _read_versions(self) -> None:
        if self._item is not None:
            work = partial(versions_of_answer, visit_id=self._visit_id, item_no=self._item.no)
            self._jobs.read(work, partial(self._show_versions, self._item), self.failed.emit, name="versions")

    def _show_versions(self, item: Item, versions: tuple[AnswerVersion, ...]) -> None:
        VersionsDialog(item, versions, self._page).open()


def _work(
    visit_id: str, item_no: int, corrected: Answer | None, files: LateFiles, reason: str
) -> Callable[[Workspace, ReportProgress], Corrected]:
    """What is done beside the window, with everything as it is now; an answer nobody changed stays as it is."""
    found, caption = files.found, files.caption

    def work(workspace: Workspace, report_progress: ReportProgress) -> Corrected:
        added = AddedFiles(tuple(source for each in found for source in each.sources()), caption)
        if corrected is None:
            return correct_evidence(workspace, visit_id, item_no, added, reason, report_progress)
        return correct_answer(workspace, visit_id, corrected, reason, added, report_progress)

    return work
