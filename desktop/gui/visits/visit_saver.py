"""Saving on the page of a visit: its answers and its head."""

from functools import partial

from PySide6.QtCore import QObject

from desktop.domain.answer import Answer
from desktop.gui.jobs import Jobs
from desktop.gui.visits.change_history import State
from desktop.gui.visits.save_queue import SaveQueue
from desktop.services.visits.edit_visit import EditedVisit, save_answer, save_head


class VisitSaver(SaveQueue):
    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._visit: EditedVisit | None = None

    def begin(self, visit: EditedVisit) -> None:
        """From now on this visit; what waited for the one before is sent first."""
        self.flush()
        self._visit = visit

    def put(self, state: State) -> None:
        if self._visit is None:
            return
        visit_id, base_ctx = self._visit.id, self._visit.base_ctx
        if isinstance(state, Answer):
            work = partial(save_answer, visit_id=visit_id, answer=state, base_ctx=base_ctx)
            self.add(f"answer/{state.item_no}", work)
        else:
            self.add("header", partial(save_head, visit_id=visit_id, head=state, base_ctx=base_ctx))
