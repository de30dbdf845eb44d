"""What a locked window shows: a bare field, and nothing of the program or the work to whoever looks at the screen."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.sidebar import Sidebar
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.field_form import secret_field
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.window_fit import PageStack, RoomForPages, RoomForSidebar
from desktop.i18n import _
from desktop.services.workspace.look_at_workspace import OpenedWorkspace
from desktop.services.workspace.open_workspace import open_workspace

_WIDTH_PX = 340


@dataclass(frozen=True)
class Place:
    """Where somebody was when they locked: the name of the page and what it showed."""

    opened: OpenedWorkspace
    page: str
    item: object


class LockCover(QWidget):
    """``workspace_opened``: the same workspace again. ``left``: the start page is wanted instead."""

    workspace_opened = Signal(object)
    left = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._jobs = jobs
        self._place: Place | None = None
        self.texts = Texts()
        self.note = NoteBar()
        self.passphrase_field = secret_field()
        self.passphrase_field.setFixedWidth(_WIDTH_PX)
        self.passphrase_field.returnPressed.connect(self.submit)
        self.other_button = text_button(self.texts, lambda: _("Something else"))
        self.other_button.setProperty("look", "quiet")
        self.other_button.clicked.connect(self._leave)
        self.texts.say(self.passphrase_field.setAccessibleName, lambda: _("Pass phrase"))
        self._lay_out()

    def ask(self, place: Place) -> None:
        """Wait for the pass phrase of the person who locked."""
        self._place = place
        self.note.hide()
        self.passphrase_field.clear()
        self.passphrase_field.setEnabled(True)

    def submit(self) -> None:
        if self._place is not None:
            self.note.hide()
            self.passphrase_field.setEnabled(False)
            opened = self._place.opened
            work = partial(
                open_workspace,
                opened.folder,
                self.passphrase_field.text(),
                opened.login,
                read_only=opened.is_read_only,
            )
            self._jobs.open(work, self._enter, self._show_error)

    def take_place(self, opened: OpenedWorkspace) -> Place | None:
        """Where to go on, once; nowhere in another workspace."""
        place, self._place = self._place, None
        return place if place is not None and place.opened.folder == opened.folder else None

    def _leave(self) -> None:
        # Nothing of what was typed stays behind the start page.
        self.passphrase_field.clear()
        self.left.emit()

    def _enter(self, opened: OpenedWorkspace) -> None:
        self.passphrase_field.clear()
        self.workspace_opened.emit(opened)

    def _show_error(self, error: UserError) -> None:
        self.note.show_problem(error)
        self.passphrase_field.setEnabled(True)
        self.passphrase_field.selectAll()
        self.passphrase_field.setFocus()

    def _lay_out(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(self.note)
        column.addStretch(2)
        column.addWidget(self.passphrase_field, 0, middle)
        column.addWidget(self.other_button, 0, middle)
        column.addStretch(3)


class WindowInside(QStackedWidget):
    """The sidebar, the notes and the page in front; while the window is locked, the cover over all of them.

    ``covered``: whether it is.
    """

    covered = Signal(bool)

    def __init__(
        self, sidebar: Sidebar, above: tuple[QWidget, ...], page: PageStack, cover: LockCover
    ) -> None:
        super().__init__()
        self.cover = cover
        self._work = QWidget()
        self._work.setObjectName("window")
        column = QVBoxLayout()
        column.setSpacing(0)
        for note in above:
            column.addWidget(note)
        self._room = RoomForPages(page)
        column.addWidget(self._room, 1)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(RoomForSidebar(sidebar))
        row.addLayout(column, 1)
        self.addWidget(self._work)
        self.addWidget(cover)
        self.currentChanged.connect(lambda _number: self.covered.emit(self.is_covered))
        cover.left.connect(self.uncover)

    @property
    def is_covered(self) -> bool:
        return self.currentWidget() is self.cover

    def show_top(self) -> None:
        """Of the page in front."""
        self._room.show_top()

    def lock(self, place: Place) -> None:
        self.setCurrentWidget(self.cover)
        self.cover.ask(place)
        self.cover.passphrase_field.setFocus()

    def uncover(self) -> None:
        self.setCurrentWidget(self._work)
