"""The pages and all they need cost most of a second to load; the first picture of the window does not wait for it."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from types import ModuleType

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.services.workspace.look_at_workspace import OpenedWorkspace


def load_pages() -> ModuleType:
    """To be done beside the window, while somebody looks for a workspace or types a pass phrase."""
    return import_module("desktop.gui.office_and_field")


class PageMaker(QObject):
    """Makes the pages of a workspace one by one and answers clicks and keys between them.

    ``made`` carries the workspace and all its pages, by name and in the order of the sidebar.
    """

    made = Signal(object, object)

    def __init__(self, jobs: Jobs, stack: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._stack = stack
        self._pages: dict[str, Page] = {}
        self._opened: OpenedWorkspace | None = None
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def start(self, opened: OpenedWorkspace) -> None:
        self.stop()
        self._opened = opened
        # Still being loaded, perhaps: this thread must not wait for that.
        self._jobs.aside(load_pages, partial(self._begin, opened))

    def stop(self) -> None:
        """Throw away what is not ready yet."""
        self._opened = None
        self._timer.stop()
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages = {}

    def _begin(self, opened: OpenedWorkspace, module: ModuleType) -> None:
        if self._opened is opened:
            self._steps = self._make(module.pages_of(opened, self._jobs))
            self._timer.start()

    def _make(self, pages: Iterator[tuple[str, Page]]) -> Iterator[None]:
        for name, page in pages:
            self._pages[name] = page
            # Making a page and dressing it, which happens when it gets its place, take as long as each other.
            yield
            if self._stack.indexOf(page) < 0:
                self._stack.addWidget(page)
                yield

    def _go_on(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._timer.stop()
            pages, self._pages = self._pages, {}
            self.made.emit(self._opened, pages)
