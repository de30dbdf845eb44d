"""Correcting one answer that is signed, handed over or locked: opened on purpose, saved with a reason."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.answer import Answer
from desktop.domain.checklist import Item
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.versions_dialog import VersionsDialog
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.i18n import _
from desktop.services.visits.correct_visit import AnswerVersion, correct_answer, versions_of_answer


class Correction(QObject):
    """``begun``: the fields may be opened; ``saved``: the correction is on the disk; ``failed``: a UserError."""

    begun = Signal()
    saved = Signal()
    failed = Signal(object)

    def __init__(self, jobs: Jobs, texts: Texts, page: QWidget) -> None:
        super().__init__(page)
        self._jobs = jobs
        self._page = page
        self._visit_id = ""
        self._item: Item | None = None
        self._corrected: Answer | None = None
        self.is_under_way = False
        self.versions_button = text_button(texts, lambda: _("Versions"))
        self.correct_button = text_button(texts, lambda: _("Correct this item"))
        self.save_button = text_button(texts, lambda: _("Save the correction …"), "save", is_primary=True)
        self.buttons = (self.versions_button, self.correct_button, self.save_button)
        self.versions_button.clicked.connect(self._read_versions)
        self.correct_button.clicked.connect(self._begin)
        self.save_button.clicked.connect(self._ask_reason)
        self._show()

    def offer(self, visit_id: str, item: Item | None) -> None:
        """The item that could be corrected now; None where it is changed as usual."""
        if self._item is not item or self._visit_id != visit_id:
            self._corrected, self.is_under_way = None, False
        self._visit_id, self._item = visit_id, item
        self._show()

    def end(self) -> None:
        """Forget what was not saved."""
        self._corrected, self.is_under_way = None, False
        self._show()

    def take(self, answer: Answer) -> None:
        self._corrected = answer
        self._show()

    def save(self, reason: str) -> None:
        if self._corrected is not None:
            work = partial(correct_answer, visit_id=self._visit_id, answer=self._corrected, reason=reason)
            self._jobs.write(work, self._show_saved, self.failed.emit)

    def _begin(self) -> None:
        self.is_under_way = True
        self._show()
        self.begun.emit()

    def _show(self) -> None:
        is_possible = self._item is not None
        self.versions_button.setVisible(is_possible)
        self.correct_button.setVisible(is_possible and not self.is_under_way)
        self.save_button.setVisible(is_possible and self.is_under_way)
        self.save_button.setEnabled(self._corrected is not None)

    def _show_saved(self, _time: str) -> None:
        self.end()
        self.saved.emit()

    def _ask_reason(self) -> None:
        dialog = ReasonDialog(
            _("Reason of the correction"),
            _("The earlier version stays readable; the signature visibly no longer covers this item."),
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
