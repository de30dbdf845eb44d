"""Where the bytes of a new object go: hashed, encrypted and written in one pass, never on the disk in the clear."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from desktop.errors import UserError
from desktop.keys.sealing import encrypt_stream
from desktop.storage.block_bridge import BlockBridge, BridgeBrokenError, BridgedWork
from desktop.storage.object_errors import store_error
from desktop.storage.part_file import PartFile


@dataclass(frozen=True)
class SealedPart:
    """An encrypted file in tmp/. ``sha256`` and ``size`` are of the original, ``cipher_sha256`` of the file."""

    path: Path
    sha256: str
    size: int
    cipher_sha256: str


@dataclass(frozen=True)
class Published:
    """An object in its place. ``cipher_sha256`` is of the file that lies there now.

    ``was_known``: a good copy was there before. ``repaired``: a damaged one was, and lies in quarantine now.
    """

    sha256: str
    size: int
    cipher_sha256: str
    was_known: bool = False
    repaired: bool = False


class ObjectSink:
    """Takes the bytes of one object: ``write`` …, ``end`` or ``finish``, ``publish``; or ``discard`` at any time.

    A failure of the disk discards the part and comes out as a UserError. ``discard`` after ``publish`` is harmless.
    """

    def __init__(
        self, folder: Path, recipients: Sequence[str], publish: Callable[[SealedPart], Published]
    ) -> None:
        self._publish = publish
        self._digest = hashlib.sha256()
        self._size = 0
        self._sealed: SealedPart | None = None
        try:
            self._part = PartFile(folder)
        except OSError as error:
            raise store_error(error, 0, folder) from error
        self._bridge = BlockBridge()
        part, bridge = self._part, self._bridge
        self._is_ended = False

        def seal() -> None:
            encrypt_stream(bridge, part, recipients)
            part.sync_and_close()

        self._sealing = BridgedWork(bridge, seal)
        self._sealing.start()

    def write(self, data: bytes) -> None:
        if not data:
            return
        self._digest.update(data)
        self._size += len(data)
        try:
            self._bridge.write(data)
        except BridgeBrokenError:
            self._wait_for_sealing()
            raise

    def end(self) -> None:
        """Say that nothing more will be written. The disk may go on working; ``finish`` waits for it."""
        self._is_ended = True
        self._bridge.finish()

    def finish(self) -> None:
        """Bring everything to the disk; nothing can be written any more."""
        self.end()
        self._wait_for_sealing()
        self._sealed = SealedPart(self._part.path, self._digest.hexdigest(), self._size, self._part.sha256)

    @property
    def sealed(self) -> SealedPart:
        if self._sealed is None:
            raise ValueError("the object is not finished")
        return self._sealed

    def publish(self) -> Published:
        """Put the object into its place in the store, when it has come to its end."""
        try:
            if self._sealed is None and self._is_ended:
                self.finish()
            return self._publish(self.sealed)
        except UserError:
            self.discard()
            raise

    def discard(self) -> None:
        self._sealing.give_up()
        self._part.discard()

    def _wait_for_sealing(self) -> None:
        try:
            self._sealing.wait()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> Never:
        self.discard()
        raise store_error(error, self._size, self._part.path.parent) from error
