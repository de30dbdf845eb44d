"""Taking an interview out of its visit and putting it back: asked first, with a reason where it is a correction."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import unsigned_text
from desktop.gui.widgets.ask_bar import AskBar
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.i18n import _
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.visits.interview import NumberedInterview
from desktop.services.visits.record_interview import OpenedInterviews, open_interviews
from desktop.services.visits.remove_interview import put_back_interview, remove_interview
from desktop.services.workspace.workspace import Workspace


class InterviewRemoval(QObject):
    """``asks``: whether the question is shown, in the place of the other buttons; ``begun``: what was typed has to be
    on its way to the disk; ``done`` carries the key and all interviews as they stand now; ``failed`` a UserError."""

    asks = Signal(bool)
    begun = Signal()
    done = Signal(str, object)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, texts: Texts, visit: EditedVisit, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._jobs, self._visit, self._dialog = jobs, visit, dialog
        self._shown: NumberedInterview | None = None
        self.remove_button = text_button(texts, lambda: _("Remove …"), "trash-2")
        self.back_button = text_button(texts, lambda: _("Put back"), "undo-2")
        self.ask_bar = AskBar(texts, lambda: _("Remove it"), "trash-2")
        self.remove_button.clicked.connect(self._ask)
        self.back_button.clicked.connect(self._put_back)
        self.ask_bar.accepted.connect(lambda _choice: self._remove())
        self.ask_bar.no_button.clicked.connect(self._end_question)
        self.show(None)

    def show(self, interview: NumberedInterview | None) -> None:
        """The interview that is chosen now."""
        self._shown = interview
        is_removed = interview is not None and interview.removed is not None
        self.remove_button.setVisible(interview is not None and not is_removed)
        self.back_button.setVisible(is_removed)
        self._end_question()

    def _ask(self) -> None:
        if self._visit.is_open:
            self.asks.emit(True)
            self.ask_bar.ask(
                _(
                    "Remove this interview from the visit? The log keeps what was filled in; it can be put back."
                )
            )
            self.ask_bar.yes_button.setFocus()
        else:
            self._ask_reason(self._remove)

    def _end_question(self) -> None:
        self.ask_bar.hide()
        self.asks.emit(False)

    def _put_back(self) -> None:
        if self._visit.is_open:
            self._change(put_back_interview)
        else:
            self._ask_reason(partial(self._change, put_back_interview))

    def _remove(self, reason: str = "") -> None:
        self._change(remove_interview, reason)

    def _ask_reason(self, deed: Callable[[str], None]) -> None:
        signed = _(
            "The earlier version stays readable; the signature visibly no longer covers the visit of now."
        )
        dialog = ReasonDialog(
            _("Reason of the correction"),
            signed if self._visit.has_signatures else unsigned_text(),
            lambda: _("Save the correction"),
            self._dialog,
        )
        dialog.reason_given.connect(deed)
        dialog.open()

    def _change(self, change: Callable[[Workspace, str, str, str], None], reason: str = "") -> None:
        if self._shown is None:
            return
        visit_id, key = self._visit.id, self._shown.key

        def work(workspace: Workspace) -> OpenedInterviews:
            change(workspace, visit_id, key, reason)
            return open_interviews(workspace, visit_id)

        self._end_question()
        self.begun.emit()
        self._jobs.write(work, partial(self.done.emit, key), self.failed.emit)
