"""设置: what an office or a laptop is, whom it knows and how it is kept, a tab for each subject."""

from functools import partial

from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.setup.section import Section
from desktop.gui.widgets.tab_bar import FittingTabBar
from desktop.gui.window_fit import PageStack
from desktop.i18n import _


class SetupPage(Page):
    icon_name = "settings"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Setup"))
        self.sections: tuple[Section, ...] = ()
        self.tabs = FittingTabBar()
        self.stack = PageStack()
        self._fresh: set[int] = set()
        self.tabs.currentChanged.connect(self._show_section)
        # What was said on one tab is not about the next.
        self.tabs.currentChanged.connect(lambda _number: self.note.hide())
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)

    def add(self, section: Section) -> None:
        """Put a subject behind the others; they are many, so that the window answers between two of them."""
        number = len(self.sections)
        self.sections += (section,)
        self.stack.addWidget(section)
        self.tabs.addTab("")
        self.texts.say(partial(self.tabs.setTabText, number), section.title)
        section.failed.connect(self.show_error)
        section.done.connect(self.note.show_done)
        section.begun.connect(self.note.hide)
        section.turned.connect(self.note.leave)

    def reload(self) -> None:
        self._fresh.clear()
        self._show_section(self.tabs.currentIndex())

    def open_item(self, item: object) -> None:
        """Show the section of this class, or of this kind of records."""
        for number, section in enumerate(self.sections):
            if type(section) is item or (section.kind and section.kind == item):
                self.tabs.setCurrentIndex(number)

    def leave(self) -> None:
        for section in self.sections:
            section.leave()

    def has_unsaved(self) -> bool:
        return any(section.has_unsaved() for section in self.sections)

    def say_again(self) -> None:
        for section in self.sections:
            section.texts.say_again()
        super().say_again()

    def _show_section(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        # What is read before the page is shown would be read again then.
        if not self._is_stale and number not in self._fresh:
            self._fresh.add(number)
            self.sections[number].reload()
