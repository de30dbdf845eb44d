"""The one window: sidebar, the page in front, the status line. It is shown before any workspace is opened."""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSystemTrayIcon,
)

from desktop.errors import UserError
from desktop.gui.about_dialog import AboutDialog
from desktop.gui.crash_dialog import CrashDialog, crash_text
from desktop.gui.jobs import Jobs
from desktop.gui.leave_note import LeaveNote
from desktop.gui.lock_cover import LockCover, Place, WindowInside
from desktop.gui.manual.manual_window import ManualWindow
from desktop.gui.page import Page
from desktop.gui.pages_on_demand import PageMaker, load_pages
from desktop.gui.qt_language import use_qt_language
from desktop.gui.quick_lock import QuickLock
from desktop.gui.sidebar import Sidebar
from desktop.gui.start.start_page import StartPage
from desktop.gui.status_line import StatusLine
from desktop.gui.theme import dress, use_theme
from desktop.gui.tray import Tray
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.window_title import be_discreet, name_window
from desktop.gui.window_fit import PageStack, fit_to_screen
from desktop.gui.workspace_watch import WorkspaceWatch
from desktop.i18n import _, use_language
from desktop.services.workspace.look_at_workspace import OpenedWorkspace
from desktop.services.workspace.read_manual import WINDOW
from desktop.settings import RecentWorkspace, Settings, Theme, save_settings


class MainWindow(QMainWindow):
    """Owns the jobs and the settings; the pages of a workspace live as long as it is open.

    ``is_carried``: the program runs from a stick and keeps nothing on this computer.
    """

    def __init__(
        self,
        settings: Settings,
        settings_path: Path,
        *,
        is_carried: bool = False,
        has_tray: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__()
        self.settings = settings
        self._save = partial(save_settings, settings_path, is_carried=is_carried)
        self.jobs = Jobs(self)
        self.opened: OpenedWorkspace | None = None
        self.pages: dict[str, Page] = {}
        self.sidebar = Sidebar(settings.theme)
        self.start_page = StartPage(self.jobs, is_carried=is_carried)
        self.manual = ManualWindow(self.jobs, self)
        self.stack = PageStack()
        self.stack.addWidget(self.start_page)
        self._page_maker = PageMaker(self.jobs, self.stack, self)
        self.leave_note = LeaveNote()
        self.watch = WorkspaceWatch(self.jobs, self)
        self.watch_note = NoteBar()
        self.status_line = StatusLine(self.jobs)
        self.cover = LockCover(self.jobs)
        notes = (self.leave_note, self.watch_note)
        self.inside = WindowInside(self.sidebar, notes, self.stack, self.cover)
        self._is_discreet = False
        self.quick_lock = QuickLock(self)
        self.tray = Tray(self, has_tray)
        self._lay_out()
        self._connect()
        dress(self)
        self.say_again()
        self.start_page.show_recent(settings.recent)
        self.start_page.open_button.setFocus()
        # While somebody looks for a workspace or types a pass phrase.
        QTimer.singleShot(0, self, partial(self.jobs.aside, load_pages))

    def show_workspace(self, opened: OpenedWorkspace) -> None:
        """Put the pages of a workspace in front, as soon as they are made."""
        self._drop_pages()
        self.inside.uncover()
        self.opened = opened
        self.leave_note.forget(opened)
        # The list is readable by anybody: a laptop, which may bear the name of a person, goes by its folder.
        name = opened.name if opened.is_office else opened.folder.name
        recent = RecentWorkspace(str(opened.folder), name, opened.kind)
        self._keep(self.settings.opened(recent))
        self._is_discreet = not opened.is_office
        self._show_title()
        self.watch.watch(opened.folder)
        self.watch_note.hide()
        self.status_line.show_workspace(opened)
        self._page_maker.start(opened)

    def show_page(self, name: str, item: object = None) -> None:
        """Bring a page to the front; ``item`` is what to show on it."""
        self._show_number(list(self.pages).index(name))
        if item is not None:
            self.pages[name].open_item(item)

    def leave_workspace(self) -> None:
        """Close the workspace, so that its pass phrase is asked for again."""
        # First the pages: what they still have to write must find the workspace open.
        self._drop_pages()
        self.jobs.close_workspace()
        self.watch.watch(None)
        self.watch_note.hide()
        self.leave_note.remember(self.opened, self.status_line.status)
        self.opened = None
        self.sidebar.show_workspace("", "", ())
        self.start_page.show_recent(self.settings.recent)
        self.start_page.show_choices()
        self.stack.setCurrentWidget(self.start_page)
        self.status_line.show_workspace(None)

    def lock(self) -> None:
        """Leave in a hurry: what is on the screen and in the task bar says nothing of the work."""
        if self.opened is not None:
            name = next((name for name, page in self.pages.items() if page is self.stack.currentWidget()), "")
            place = Place(self.opened, name, self.pages[name].item() if name else None)
            self.leave_workspace()
            self.inside.lock(place)
        self.leave_note.forget()
        self._is_discreet = True
        self._show_title()
        self.showMinimized()

    def quit(self) -> None:
        """From the tray: what is not exported or still being written is said first, as when the window is closed."""
        self.come_up()
        if not self._asks_before_closing():
            self.close()

    def come_up(self) -> None:
        """In front of the other programs, also after a lock."""
        self.showNormal()
        self.activateWindow()

    def choose_language(self, chosen: str) -> None:
        use_language(chosen)
        self._keep(replace(self.settings, language=chosen))
        # Not within the menu that is about to be replaced.
        QTimer.singleShot(0, self, self.recolor)

    def choose_theme(self, theme: Theme) -> None:
        self._keep(replace(self.settings, theme=theme))
        QTimer.singleShot(0, self, self.recolor)

    def recolor(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            use_theme(app, self.settings.theme)
        self.say_again()

    def say_again(self) -> None:
        """Everything that is shown, in the language and the colours of now."""
        use_qt_language()
        self._show_title()
        self.status_line.say_again()
        self.tray.say_again()
        self.manual.say_again()
        self.sidebar.say_again()
        self.start_page.say_again()
        self.cover.texts.say_again()
        self.leave_note.texts.say_again()
        self.watch_note.say_again()
        for page in self.pages.values():
            page.say_again()

    def show_help(self) -> None:
        """The chapter of the manual on the page in front; it is headed by the title of that page."""
        page = self.stack.currentWidget()
        if not self.inside.is_covered:
            self.manual.open_at(WINDOW, page.title() if isinstance(page, Page) else "")

    def report_crash(
        self, kind: type[BaseException], _error: BaseException, trace: TracebackType | None
    ) -> None:
        """For ``sys.excepthook``: a mistake of the program, on the main thread."""
        report = crash_text(kind, trace)
        # The desktop may keep what is printed here in a file: no message, which may hold what a person wrote.
        if sys.stderr is not None:
            sys.stderr.write(f"{report}\n")
        self.watch.look()
        CrashDialog(report, self).open()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's spelling
        # Spontaneous: the user closes it; the program itself knows what it does.
        if event.spontaneous() and self._asks_before_closing():
            event.ignore()
            return
        geometry = bytes(self.saveGeometry().data()).hex()
        self._keep(replace(self.settings, geometry=geometry))
        self.manual.close()
        self.watch.watch(None)
        self.tray.hide()
        self.hide()
        self._drop_pages()
        self.jobs.shut_down()
        event.accept()

    def _asks_before_closing(self) -> bool:
        unsaved = next((page.title() for page in self.pages.values() if page.has_unsaved()), "")
        return self.leave_note.asks(self.status_line.status, is_writing=self.jobs.is_busy, unsaved=unsaved)

    def _lay_out(self) -> None:
        self.setCentralWidget(self.inside)
        self.setStatusBar(self.status_line)
        fit_to_screen(self)
        if self.settings.geometry:
            self.restoreGeometry(QByteArray.fromHex(self.settings.geometry.encode()))

    def _connect(self) -> None:
        self.sidebar.page_chosen.connect(self._show_number)
        self.sidebar.language_chosen.connect(self.choose_language)
        self.sidebar.theme_chosen.connect(self.choose_theme)
        self.sidebar.about_wanted.connect(lambda: AboutDialog(self).open())
        self.sidebar.leave_wanted.connect(self.leave_workspace)
        self.status_line.help_button.clicked.connect(self.show_help)
        QShortcut(QKeySequence("F1"), self, self.show_help)
        self.quick_lock.wanted.connect(self.lock)
        self.tray.lock_wanted.connect(self.quick_lock.lock)
        self.tray.show_wanted.connect(self.come_up)
        self.tray.quit_wanted.connect(self.quit)
        for part in (self.start_page, self.cover):
            part.workspace_opened.connect(self.show_workspace)
        self.inside.covered.connect(self.status_line.setHidden)
        self.start_page.entered.connect(self.watch_note.show_warning)
        self._page_maker.made.connect(self._show_pages)
        self.start_page.forget_wanted.connect(self._forget)
        self.leave_note.export_wanted.connect(lambda: self.show_page("export"))
        self.leave_note.leave_wanted.connect(self.close)
        self.watch.vanished.connect(self.watch_note.show_problem)
        self.watch.vanished.connect(lambda _error: self.status_line.show_gone(is_gone=True))
        self.watch.returned.connect(self.watch_note.show_warning)
        self.watch.returned.connect(lambda _text, _advice: self.status_line.show_gone(is_gone=False))
        self.watch.clock.noticed.connect(self.watch_note.show_warning)
        self.jobs.data_changed.connect(self._mark_stale)
        self.jobs.failed.connect(self._show_problem)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: self.recolor())

    def _show_number(self, number: int) -> None:
        page = list(self.pages.values())[number]
        self.sidebar.mark_page(number)
        self.stack.setCurrentWidget(page)

    def _show_pages(self, opened: OpenedWorkspace, pages: dict[str, Page]) -> None:
        self.pages = pages
        for page in pages.values():
            page.page_wanted.connect(self.show_page)
            page.note.told.connect(self.inside.show_top)
        titles = [(page.title, page.icon_name) for page in pages.values()]
        self.sidebar.show_workspace(opened.name, opened.person, titles)
        self._show_number(0)
        place = self.cover.take_place(opened)
        if place is not None and place.page in pages:
            self.show_page(place.page, place.item)

    def _drop_pages(self) -> None:
        self._page_maker.stop()
        for page in self.pages.values():
            page.leave()
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages = {}

    def _mark_stale(self) -> None:
        for page in self.pages.values():
            page.mark_stale()
        self.status_line.reload()

    def _show_title(self) -> None:
        """A laptop in the field is never named in a task bar, nor any window that was locked."""
        be_discreet(is_discreet=self._is_discreet)
        name_window(self, _("Mingcha"))

    def _show_problem(self, error: UserError) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.note.show_problem(error)

    def _forget(self, folder: str) -> None:
        self._keep(self.settings.forgot(folder))
        self.start_page.show_recent(self.settings.recent)

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        self.jobs.aside(partial(self._save, settings))
