"""Saving what is typed: every change at once, the newest of each part, in the order they were made."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.services.workspace.workspace import Workspace


class SaveQueue(QObject):
    """One save is on its way at a time; what is typed meanwhile waits, and only its newest state is written.

    ``saved`` carries the time at which everything was on the disk, ``failed`` a UserError.
    """

    saved = Signal(str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._waiting: dict[str, Callable[[Workspace], str]] = {}
        self._on_their_way = 0

    @property
    def is_idle(self) -> bool:
        """Whether all that was added has been saved, or refused."""
        return not (self._waiting or self._on_their_way)

    def add(self, part: str, save: Callable[[Workspace], str]) -> None:
        """Save this part; ``save`` returns the time at which it was on the disk."""
        self._waiting[part] = save
        if not self._on_their_way:
            self._send_next()

    def flush(self) -> None:
        """Send all that waits; the writer keeps the order."""
        while self._waiting:
            self._send_next()

    def _send_next(self) -> None:
        part = next(iter(self._waiting), None)
        if part is not None:
            self._on_their_way += 1
            self._jobs.write(self._waiting.pop(part), self._show_saved, self._show_failed)

    def _show_saved(self, time: str) -> None:
        self._arrived()
        if self.is_idle:
            self.saved.emit(time)

    def _show_failed(self, error: UserError) -> None:
        self._arrived()
        self.failed.emit(error)

    def _arrived(self) -> None:
        self._on_their_way -= 1
        if not self._on_their_way:
            self._send_next()
