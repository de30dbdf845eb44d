"""The question before a covert visit is locked, and what becomes of its answer."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.gui.jobs import Jobs
from desktop.gui.visits.identity_dialog import IdentityDialog
from desktop.gui.visits.visit_recorder import VisitRecorder
from desktop.gui.visits.visit_state import VisitState
from desktop.services.visits.edit_visit import save_head
from desktop.services.visits.visit_head import VisitHead


class IdentityQuestion(QObject):
    """``confirmed`` carries the VisitHead in which identity is shown; a no sets the field back by itself."""

    confirmed = Signal(object)

    def __init__(self, jobs: Jobs, page: VisitRecorder) -> None:
        super().__init__(page)
        self._jobs, self._page = jobs, page
        self.is_open = False

    def ask(self, state: VisitState, head: VisitHead) -> None:
        """Once at a time: what is asked already is not asked again."""
        if not self.is_open:
            self.is_open = True
            dialog = IdentityDialog(head.identity_shown_at, state.answered(), self._page)
            dialog.finished.connect(partial(self._end, state, head))
            dialog.open()

    def _end(self, state: VisitState, head: VisitHead, answer: int) -> None:
        self.is_open = False
        visit, shown = state.visit, self._page.state
        is_in_front = shown is not None and shown.visit.id == visit.id
        if not answer and shown is not None and is_in_front:
            self._page.head_panel.show_head(shown.visit, shown.head)
        elif answer and is_in_front:
            self.confirmed.emit(head)
        elif answer:
            # Another visit was opened before the answer came.
            work = partial(save_head, visit_id=visit.id, head=head, base_ctx=visit.base_ctx)
            self._jobs.write(work, on_error=self._page.show_error)
