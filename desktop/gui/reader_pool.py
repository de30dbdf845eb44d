"""The readers of one opening of a workspace, lent to one thread at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue

from desktop.errors import CancelledError
from desktop.services.workspace.open_reader import close_reader, open_reader, stop_reader
from desktop.services.workspace.workspace import Workspace

READERS = 2


class ReaderPool:
    """Of a workspace, or of none: then, as after ``close``, whoever asks for a reader hears CancelledError."""

    def __init__(self, workspace: Workspace | None) -> None:
        self._running = () if workspace is None else tuple(open_reader(workspace) for _each in range(READERS))
        # None in it says that the workspace is closed.
        self._free: SimpleQueue[Workspace | None] = SimpleQueue()
        for reader in self._running or (None,):
            self._free.put(reader)

    @contextmanager
    def lent(self) -> Iterator[Workspace]:
        reader = self._free.get()
        try:
            if reader is None:
                raise CancelledError
            yield reader
        finally:
            self._free.put(reader)

    def stop(self) -> None:
        """From another thread: what is being read ends at once, so that ``close`` has nothing to wait for."""
        running, self._running = self._running, ()
        for reader in running:
            stop_reader(reader)

    def close(self) -> None:
        """When all readers are back."""
        self._running = ()
        for _each in range(READERS):
            reader = self._free.get()
            if reader is None:
                break
            close_reader(reader)
        self._free.put(None)
