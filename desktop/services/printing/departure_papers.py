"""The values of 出发前空白表: the blank forms of every visit of a mission, as far as it may be known here."""

from desktop.documents.departure_papers import VisitPapers
from desktop.documents.form_visit_data import Mode
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.printing.covert_form import covert_record
from desktop.services.printing.evidence_form import blank_evidence_form
from desktop.services.printing.interview_form import blank_interview_form
from desktop.services.records.open_secret import with_opened_plan
from desktop.services.records.references import find_by_name
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.visit_form import visit_form
from desktop.services.workspace.workspace import Workspace
from desktop.storage.visit_list import visit_rows


def departure_papers(workspace: Workspace, mission: str) -> tuple[VisitPapers, ...]:
    """The papers of the visits of one mission, in the order of their days.

    A sealed mission has papers only where it was opened: before, nobody may know where it leads.
    """
    mission_id = str(find_by_name(workspace.db, "mission", mission)["id"])
    papers = []
    for row in visit_rows(workspace.db):
        if row["mission_id"] == mission_id:
            view = with_opened_plan(workspace, read_visit(workspace.db, str(row["id"])))
            if view.text("checklist_id"):
                papers.append(_papers(workspace, view.id))
    if not papers:
        raise UserError(
            _("This mission has no visits that can be printed."),
            _("A sealed mission is opened first; a mission without visits gets them at the office."),
        )
    return tuple(papers)


def _papers(workspace: Workspace, visit_id: str) -> VisitPapers:
    visit = visit_form(workspace, visit_id, is_blank=True)
    return VisitPapers(
        visit,
        covert_record(workspace, visit_id, is_blank=True) if visit.mode is Mode.COVERT else None,
        blank_interview_form(workspace, visit_id),
        blank_evidence_form(workspace, visit_id),
    )
