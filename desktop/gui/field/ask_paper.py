"""补录 asked for on a page: the dialog, then the page on which the items are keyed in."""

from collections.abc import Callable
from functools import partial

from desktop.gui.field.paper_dialog import PaperDialog
from desktop.gui.page import Page
from desktop.services.missions.paper_choices import PaperChoices, paper_choices


def ask_paper(page: Page, chosen_visit: Callable[[], str]) -> None:
    """``chosen_visit``: the id of the visit that is chosen first, where a paper record can be of it; or empty."""
    page.jobs.read(paper_choices, partial(_show, page, chosen_visit), page.show_error, name="paper")


def _show(page: Page, chosen_visit: Callable[[], str], choices: PaperChoices) -> None:
    dialog = PaperDialog(page.jobs, choices, page)
    visit = chosen_visit()
    if visit:
        dialog.choose_visit(visit)
    dialog.begun.connect(partial(page.page_wanted.emit, "visit"))
    dialog.open()
