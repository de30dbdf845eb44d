"""Which pages a workspace has: those of an office, or those of a field node."""

from collections.abc import Iterator

from desktop.gui.evidence.evidence_page import EvidencePage
from desktop.gui.field.export_page import ExportPage
from desktop.gui.field.today_page import TodayPage
from desktop.gui.jobs import Jobs
from desktop.gui.merging.merge_page import MergePage
from desktop.gui.missions.missions_page import MissionsPage
from desktop.gui.office.overview_page import OverviewPage
from desktop.gui.office.results_page import ResultsPage
from desktop.gui.page import Page
from desktop.gui.printing.print_page import PrintPage
from desktop.gui.setup.section import Section
from desktop.gui.setup.sections import field_sections, office_sections
from desktop.gui.setup.setup_page import SetupPage
from desktop.gui.visits.visit_page import VisitPage
from desktop.gui.visits.visit_words import OFFICE_WORDS
from desktop.services.workspace.look_at_workspace import OpenedWorkspace


def pages_of(opened: OpenedWorkspace, jobs: Jobs) -> Iterator[tuple[str, Page]]:
    """The pages by the name that ``page_wanted`` uses, in the order of the sidebar, each made when asked for.

    One that takes long to make comes several times, with a little more on it.
    """
    return _office_pages(jobs) if opened.is_office else _field_pages(jobs)


def _office_pages(jobs: Jobs) -> Iterator[tuple[str, Page]]:
    yield "overview", OverviewPage(jobs)
    yield "missions", MissionsPage(jobs)
    yield "merge", MergePage(jobs)
    yield "results", ResultsPage(jobs, takes_paper=True)
    yield "visit", VisitPage(jobs, OFFICE_WORDS)
    yield "evidence", EvidencePage(jobs)
    yield "print", PrintPage(jobs)
    yield from _setup(jobs, office_sections(jobs))


def _field_pages(jobs: Jobs) -> Iterator[tuple[str, Page]]:
    yield "today", TodayPage(jobs)
    yield "visit", VisitPage(jobs)
    yield "evidence", EvidencePage(jobs)
    yield "results", ResultsPage(jobs)
    yield "export", ExportPage(jobs)
    yield "print", PrintPage(jobs)
    yield from _setup(jobs, field_sections(jobs))


def _setup(jobs: Jobs, sections: Iterator[Section]) -> Iterator[tuple[str, Page]]:
    page = SetupPage(jobs)
    yield "setup", page
    for section in sections:
        page.add(section)
        yield "setup", page
