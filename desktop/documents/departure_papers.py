"""出发前空白表: what a team takes along on paper, all forms of all visits of a mission in one document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.documents.drawing import FormReport, draw_sheets
from desktop.documents.form_covert import covert_sheet
from desktop.documents.form_covert_data import CovertRecord
from desktop.documents.form_evidence import evidence_sheet
from desktop.documents.form_evidence_data import EvidenceForm
from desktop.documents.form_interview import interview_sheet
from desktop.documents.form_interview_data import InterviewForm
from desktop.documents.form_visit import visit_sheet
from desktop.documents.form_visit_data import VisitForm
from desktop.documents.sheet import Sheet
from desktop.documents.target import Target
from desktop.i18n import _

FORM_CODE = "P01"


@dataclass(frozen=True)
class VisitPapers:
    """The blank forms of one visit; ``covert`` is None where it is announced."""

    visit: VisitForm
    covert: CovertRecord | None
    interview: InterviewForm
    evidence: EvidenceForm


def draw_departure_papers(missions: Sequence[Sequence[VisitPapers]], target: Target) -> FormReport:
    sheets = [sheet for papers in missions for paper in papers for sheet in _sheets(paper)]
    return draw_sheets(sheets, departure_papers_title(), target)


def departure_papers_title() -> str:
    return _("Blank forms for departure")


def _sheets(papers: VisitPapers) -> Iterator[Sheet]:
    yield visit_sheet(papers.visit)
    if papers.covert is not None:
        yield covert_sheet(papers.covert)
    yield interview_sheet(papers.interview)
    yield evidence_sheet(papers.evidence)
