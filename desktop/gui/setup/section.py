"""One subject of the setup page: it reads when it is first shown and after something has changed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs, StoppedError
from desktop.gui.texts import Texts


class Section(QWidget):
    """``failed`` and ``done`` are shown in the note bar of the page; ``begun``: what stands there is answered.
    ``turned``: another record is looked at."""

    kind = ""
    """By which other pages ask for it, besides its class."""

    failed = Signal(object)
    done = Signal(str)
    begun = Signal()
    turned = Signal()

    def __init__(self, jobs: Jobs, title: Callable[[], str]) -> None:
        super().__init__()
        self.jobs = jobs
        self.title = title
        self.texts = Texts()
        self.texts.say(self.setAccessibleName, title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(14)

    def reload(self) -> None:
        """Ask for what is shown; sections that read override it."""

    def leave(self) -> None:
        """The workspace is about to be closed: nothing that was typed may be lost."""

    def has_unsaved(self) -> bool:
        """Whether something was typed that is lost if it cannot be saved when the workspace is closed."""
        return False

    def show_error(self, error: UserError) -> None:
        if not isinstance(error, StoppedError):
            self.failed.emit(error)
