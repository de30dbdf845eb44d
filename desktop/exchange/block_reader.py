"""Makes something to ``read`` from out of blocks of any size."""

from collections.abc import Callable, Iterator


class BlockReader:
    """Reads through the blocks once; ``report_bytes`` is told how many bytes were taken from them so far.

    What ``report_bytes`` raises comes out of ``read``: this is how a job is cancelled.
    """

    def __init__(self, blocks: Iterator[bytes], report_bytes: Callable[[int], None]) -> None:
        self._blocks = blocks
        self._report_bytes = report_bytes
        self._rest = memoryview(b"")
        self._done = 0

    def read(self, size: int) -> bytes:
        """Return at least one and at most ``size`` bytes, none only at the end."""
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return b""
            self._rest = memoryview(block)
            self._done += len(block)
            self._report_bytes(self._done)
        head, self._rest = self._rest[:size], self._rest[size:]
        return bytes(head)
