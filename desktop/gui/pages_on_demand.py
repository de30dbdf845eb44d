"""The pages and all they need cost most of a second to load; the first picture of the window does not wait for it."""

from importlib import import_module
from types import ModuleType

from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.services.workspace.look_at_workspace import OpenedWorkspace


def load_pages() -> ModuleType:
    """To be done beside the window, while somebody looks for a workspace or types a pass phrase."""
    return import_module("desktop.gui.office_and_field")


def make_pages(opened: OpenedWorkspace, jobs: Jobs) -> dict[str, Page]:
    pages: dict[str, Page] = load_pages().pages_of(opened, jobs)
    return pages
