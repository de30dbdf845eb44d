"""An open workspace: the database, the keys that open the rest, and who is working.

Services take it as their first argument. Only ``open_workspace`` and ``create_workspace`` make one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.domain.ids import IdMaker
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.identity import NodeIdentity
from desktop.keys.keytree import KeyTree
from desktop.media.worker import Worker
from desktop.storage.driver import Database
from desktop.storage.lock import WriterLock
from desktop.storage.objects import ObjectStore

FOLDERS = ("objects", "tmp", "quarantine", "inbox", "outbox", "backups")
DATABASE = "workspace.db"
KEYSLOTS = "keyslots.json"
LOCK = "lock"
OFFICE_SETTING = "office"
ESCROW_SETTING = "escrow"
STREAM_SETTING = "stream"

ReportProgress = Callable[[int, int], None]
"""Called with (done, total) in bytes or steps; raises CancelledError to stop the job."""


def unreported(done: int, total: int) -> None:
    """The progress callback of those who do not watch."""


@dataclass(frozen=True)
class Person:
    """Who is working: the record id that signs entries, and the name for the screen."""

    id: str
    name: str


@dataclass(frozen=True)
class Workspace:
    """``node``: id of this node; ``office``: id of the office it belongs to (its own for an office).

    ``login`` is the slot that was opened.
    ``lock`` is None where the workspace was opened only to be read.
    """

    folder: Path
    kind: str
    node: str
    office: str
    person: Person
    login: str
    db: Database
    keys: KeyTree
    identity: NodeIdentity
    objects: ObjectStore
    worker: Worker
    lock: WriterLock | None
    clock_ms: Callable[[], int]
    new_id: IdMaker = field(repr=False)

    @property
    def is_office(self) -> bool:
        return self.kind == "office"

    def close(self) -> None:
        try:
            self.db.close()
            if self.lock is not None:
                self.lock.release()
        finally:
            # Last: it holds no key, and takes its time to go.
            self.worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class OpenedToReadError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The workspace is open for reading only: everything can be seen, nothing can be changed."),
            _("Close it where it is open for writing, then leave it here and open it again."),
        )


def check_writable(workspace: Workspace) -> None:
    """Refuse to change what was opened only to be read."""
    if workspace.lock is None:
        raise OpenedToReadError
