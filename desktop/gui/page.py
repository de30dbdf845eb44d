"""What every page has: a title with its main action, a place for notes, a body, and texts that can be said again."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs, StoppedError
from desktop.gui.texts import Texts
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar


class Page(QWidget):
    """A page reads anew when it is shown after something has changed.

    ``page_wanted`` names another page and what to show there.
    """

    page_wanted = Signal(str, object)
    icon_name = ""

    def __init__(self, jobs: Jobs, title: Callable[[], str]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.jobs = jobs
        self.texts = Texts()
        self.title = title
        self.note = NoteBar(self.texts)
        self._is_stale = True
        title_label = plain_label("", "title")
        self.texts.say(title_label.setText, title)
        self.texts.say(self.setAccessibleName, title)
        self.action_row = QHBoxLayout()
        self.action_row.setSpacing(10)
        header = QHBoxLayout()
        header.addWidget(title_label)
        header.addStretch(1)
        header.addLayout(self.action_row)
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addLayout(header)
        column.addWidget(self.note)
        column.addLayout(self.body, 1)

    def reload(self) -> None:
        """Ask for what is shown; pages that read override it."""

    def open_item(self, item: object) -> None:
        """Show what another page asked for with ``page_wanted``."""

    def item(self) -> object:
        """What ``open_item`` would show as it is shown now; nothing where there is none."""
        return None

    def leave(self) -> None:
        """The workspace is about to be closed: nothing that was typed may be lost."""

    def has_unsaved(self) -> bool:
        """Whether something was typed that is lost if it cannot be saved when the workspace is closed."""
        return False

    def mark_stale(self) -> None:
        """Something has changed: read again now, or when the page is next shown."""
        self._is_stale = True
        if self.isVisible():
            self._refresh()

    def say_again(self) -> None:
        """After a switch of language or theme."""
        self.texts.say_again()
        self.mark_stale()

    def show_error(self, error: UserError) -> None:
        if not isinstance(error, StoppedError):
            self.note.show_problem(error)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's spelling
        super().showEvent(event)
        if self._is_stale:
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        self.reload()
