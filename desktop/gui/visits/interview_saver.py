"""Saving the interviews of a visit while they are typed."""

from functools import partial

from PySide6.QtCore import QObject

from desktop.gui.jobs import Jobs
from desktop.gui.visits.save_queue import SaveQueue
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.visits.interview import Interview
from desktop.services.visits.record_interview import save_interview


class InterviewSaver(SaveQueue):
    def __init__(self, jobs: Jobs, visit: EditedVisit, parent: QObject) -> None:
        super().__init__(jobs, parent)
        self._visit_id = visit.id
        self.base_ctx = visit.base_ctx
        """What had been seen when the interviews were read."""

    def put(self, key: str, interview: Interview) -> None:
        work = partial(
            save_interview, visit_id=self._visit_id, key=key, interview=interview, base_ctx=self.base_ctx
        )
        self.add(key, work)
