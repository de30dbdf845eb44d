"""A bridge of one block between a thread that writes and a thread that reads.

Sealing pulls from a reader and opening pushes into a writer, both until they are through. The bridge turns them
round: with the sealing in a thread of its own, blocks can be handed to it one by one as they arrive.
"""

from collections.abc import Callable
from threading import Condition, Thread
from types import TracebackType
from typing import Self


class BridgeBrokenError(Exception):
    """The other side has gone away before it was through."""


class BlockBridge:
    """Holds at most one block, so that the faster side waits for the slower one; one thread on each side."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._block = b""
        self._position = 0
        self._is_finished = False
        self._is_broken = False

    def write(self, data: bytes) -> int:
        """Hand over all of ``data`` and return its length; waits until the block before it was taken."""
        with self._changed:
            self._changed.wait_for(lambda: not self._block or self._is_broken)
            if self._is_broken:
                raise BridgeBrokenError
            self._block, self._position = bytes(data), 0
            self._changed.notify_all()
        return len(data)

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes, at least one unless the writer has finished."""
        with self._changed:
            self._changed.wait_for(lambda: self._block or self._is_finished or self._is_broken)
            if self._is_broken:
                raise BridgeBrokenError
            taken = self._block[self._position : self._position + size]
            self._position += len(taken)
            if self._position == len(self._block):
                self._block, self._position = b"", 0
                self._changed.notify_all()
            return taken

    def finish(self) -> None:
        """Say that nothing more will be written."""
        with self._changed:
            self._is_finished = True
            self._changed.notify_all()

    def break_off(self) -> None:
        """Give up on either side: whoever waits on the other one gets BridgeBrokenError."""
        with self._changed:
            self._is_broken = True
            self._changed.notify_all()


class BridgedWork:
    """Work in a thread at the far side of a bridge, from the beginning of the ``with`` block to its end.

    Leaving the block breaks the bridge off, so work that is not through by then is given up; ``wait`` for it first
    where it has to be through.
    """

    def __init__(self, bridge: BlockBridge, work: Callable[[], None]) -> None:
        self._bridge = bridge
        self._work = work
        self._failure: BaseException | None = None
        # A daemon: an unfinished part must not keep the program from ending.
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.give_up()

    def give_up(self) -> None:
        self._bridge.break_off()
        self._thread.join()

    def wait(self) -> None:
        """Wait until the work is through, and raise what it raised."""
        self._thread.join()
        self.raise_failure()

    def raise_failure(self) -> None:
        """Raise what the work raised of its own accord, not because the bridge was broken off."""
        if self._failure is not None and not isinstance(self._failure, BridgeBrokenError):
            raise self._failure

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as failure:  # noqa: BLE001  # raised again in the thread that waits
            self._failure = failure
            self._bridge.break_off()
        else:
            self._bridge.finish()
