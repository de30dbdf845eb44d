"""The store of evidence: every original is one age file in ``objects/ab/<keyed name>``, written once, never changed.

The database knows an object by the SHA-256 of its original. The file name is a keyed hash of that, so that a
thief cannot test for documents he knows. ``check`` opens every byte; ``check_ciphertext`` needs no key and finds
rot in a locked store.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from desktop.keys.sealing import NotForUsError, SealBrokenError, UnknownEnvelopeError, decrypt_stream
from desktop.storage.block_bridge import BlockBridge, BridgeBrokenError, BridgedWork
from desktop.storage.files import BLOCK_BYTES, file_sha256, sync_folder
from desktop.storage.object_errors import (
    ObjectDamagedError,
    ObjectMissingError,
    ObjectTooLargeError,
    StoreFailedError,
    store_error,
)
from desktop.storage.object_sink import ObjectSink, Published, SealedPart
from desktop.storage.part_file import PART_SUFFIX, move_into_place

_NAME = re.compile(r"[0-9a-f]{64}")
_READ_ONLY = 0o400
_WRITABLE = 0o600
_SEAL_FAULTS = (SealBrokenError, NotForUsError, UnknownEnvelopeError)
_MOST_ATTEMPTS = 3
_WHOLE_BYTES = 8 << 20


class Verdict(StrEnum):
    """UNVERIFIABLE: the file could not be read, or is unharmed but sealed in a way this program does not know."""

    OK = "ok"
    MISSING = "missing"
    CORRUPT = "corrupt"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True)
class Sweep:
    """What a crash or a stranger left. Nothing of it is deleted: ``set_aside`` was moved to quarantine.

    ``orphans`` are keyed names without a row, ``missing`` SHA-256 without a file, ``strays`` files that are no
    objects at all.
    """

    set_aside: tuple[Path, ...]
    orphans: tuple[str, ...]
    missing: tuple[str, ...]
    strays: tuple[Path, ...]


class ObjectStore:
    """``root`` is the folder of the workspace; ``name_of`` gives the keyed name of a SHA-256 (64 hex digits)."""

    def __init__(
        self, root: Path, name_of: Callable[[str], str], recipients: Sequence[str], identity: str
    ) -> None:
        self.root = root
        self._objects = root / "objects"
        self._quarantine = root / "quarantine"
        self._tmp = root / "tmp"
        self._name_of = name_of
        self._recipients = tuple(recipients)
        self._identity = identity

    def path_of(self, sha256: str) -> Path:
        return _path_of(self._objects, self._name_of(sha256))

    def sink(self) -> ObjectSink:
        """Begin a new object."""
        self._tmp.mkdir(0o700, exist_ok=True)
        return ObjectSink(self._tmp, self._recipients, self.publish)

    def publish(self, part: SealedPart) -> Published:
        """Prove what is stored by reading it back, then give it its name. A copy that is there already is proved too.

        Raises StoreFailedError, with the part in quarantine, if the disk gives back other bytes. After any other
        error the part is where it was.
        """
        if self._content_of(part.path) != (part.sha256, part.size):
            self._set_aside(part.path)
            raise StoreFailedError
        return self._place(part)

    def open(self, sha256: str) -> Iterator[bytes]:
        """Yield the original in blocks, in constant memory; its hash is compared behind the last one.

        What was yielded counts only if the iteration ends without ObjectDamagedError.
        """
        return self._opened(self._present(sha256), sha256, is_compared=True)

    def open_for_comparison(self, sha256: str) -> Iterator[bytes]:
        """``open`` for one who compares the hash himself: the blocks are proved to be of this store, and no more."""
        return self._opened(self._present(sha256), sha256, is_compared=False)

    def read_bytes(self, sha256: str, limit: int) -> bytes:
        """Return a whole original of at most ``limit`` bytes; ObjectTooLargeError for a larger one."""
        kept: list[bytes] = []
        room = limit
        for block in self.open(sha256):
            room -= len(block)
            if room < 0:
                raise ObjectTooLargeError(sha256)
            kept.append(block)
        return b"".join(kept)

    def check(self, sha256: str, cipher_sha256: str | None = None) -> Verdict:
        """Open the object and compare its content. ``cipher_sha256`` helps to tell damage from the unknown."""
        path = self.path_of(sha256)
        if not path.is_file():
            return Verdict.MISSING
        try:
            content = self._content_of(path)
            if content is not None:
                return Verdict.OK if content[0] == sha256 else Verdict.CORRUPT
            is_unharmed = cipher_sha256 is not None and file_sha256(path) == cipher_sha256
        except OSError:
            return Verdict.UNVERIFIABLE
        return Verdict.UNVERIFIABLE if is_unharmed else Verdict.CORRUPT

    def remove(self, sha256: str) -> None:
        """Delete the file of an original that lies elsewhere, too; the caller has noted that it is gone."""
        path = self.path_of(sha256)
        with suppress(FileNotFoundError):
            # Windows does not delete what is read-only.
            path.chmod(_WRITABLE)
            path.unlink()
            sync_folder(path.parent)

    def stored(self) -> Iterator[str]:
        """Yield the keyed names of all files that lie where an object belongs."""
        return (path.name for path in self._files() if self._is_in_place(path))

    def strays(self) -> Iterator[Path]:
        """Yield files under objects/ that are no objects; they are shown, never imported."""
        return (path for path in self._files() if not self._is_in_place(path))

    def sweep(self, expected: Iterable[str]) -> Sweep:
        """Compare the store with the SHA-256 that the database has; for the start, by whoever holds the lock.

        No part can belong to somebody at work then: all are set aside.
        """
        parts = sorted(self._tmp.glob(f"*{PART_SUFFIX}"))
        names = set(self.stored())
        named = {self._name_of(sha256): sha256 for sha256 in expected}
        return Sweep(
            tuple(self._set_aside(part) for part in parts),
            tuple(sorted(names - named.keys())),
            tuple(sorted(named[name] for name in named.keys() - names)),
            tuple(self.strays()),
        )

    def _place(self, part: SealedPart) -> Published:
        try:
            return self._place_or_meet(part)
        except OSError as error:
            raise store_error(error, part.size, self._tmp) from error

    def _place_or_meet(self, part: SealedPart) -> Published:
        target = self.path_of(part.sha256)
        self._make_folder(target.parent)
        repaired = False
        for _attempt in range(_MOST_ATTEMPTS):
            if target.exists():
                if self._holds(target, part):
                    part.path.unlink()
                    # Whoever put it there may have been killed before this.
                    sync_folder(target.parent)
                    return Published(part.sha256, part.size, file_sha256(target), was_known=True)
                self._set_aside(target)
                repaired = True
            # FileExistsError: another job has put the same object there in this moment.
            with suppress(FileExistsError):
                move_into_place(part.path, target)
                with suppress(OSError):
                    target.chmod(_READ_ONLY)
                return Published(part.sha256, part.size, part.cipher_sha256, repaired=repaired)
        raise FileExistsError(target.name)

    def _holds(self, target: Path, part: SealedPart) -> bool:
        with suppress(OSError):
            return self._content_of(target) == (part.sha256, part.size)
        return False

    def _make_folder(self, folder: Path) -> None:
        """Make the folders of all names at once: each of its own would cost an fsync of its own."""
        if not folder.is_dir():
            self._objects.mkdir(0o700, exist_ok=True)
            for number in range(256):
                (self._objects / f"{number:02x}").mkdir(0o700, exist_ok=True)
            sync_folder(self._objects)

    def _set_aside(self, path: Path) -> Path:
        """Move a file to quarantine, under a name that nothing else has."""
        self._quarantine.mkdir(0o700, exist_ok=True)
        kept = self._quarantine / f"{path.stem}-{uuid4().hex[:8]}{path.suffix or '.damaged'}"
        path.replace(kept)
        sync_folder(path.parent)
        sync_folder(self._quarantine)
        return kept

    def _content_of(self, path: Path) -> tuple[str, int] | None:
        """Return SHA-256 and size of the original in a sealed file, or None where it does not open."""
        content = _Content()
        try:
            with path.open("rb", buffering=0) as file:
                decrypt_stream(file, content, [self._identity])
        except _SEAL_FAULTS:
            return None
        return content.digest.hexdigest(), content.size

    def _present(self, sha256: str) -> Path:
        path = self.path_of(sha256)
        if not path.is_file():
            raise ObjectMissingError(sha256)
        return path

    def _opened(self, path: Path, sha256: str, *, is_compared: bool) -> Iterator[bytes]:
        digest = hashlib.sha256()
        try:
            for block in self._blocks_of(path):
                if is_compared:
                    digest.update(block)
                yield block
        except (OSError, *_SEAL_FAULTS) as error:
            raise ObjectDamagedError(sha256) from error
        if is_compared and digest.hexdigest() != sha256:
            raise ObjectDamagedError(sha256)

    def _blocks_of(self, path: Path) -> Iterator[bytes]:
        with path.open("rb", buffering=0) as file:
            if path.stat().st_size <= _WHOLE_BYTES:
                # The usual photo: handing it from thread to thread would cost more than opening it.
                whole = _Blocks()
                decrypt_stream(file, whole, [self._identity])
                yield from whole.blocks
                return
            bridge = BlockBridge()
            opening = BridgedWork(bridge, lambda: decrypt_stream(file, bridge, [self._identity]))
            with opening, suppress(BridgeBrokenError):
                while block := bridge.read(BLOCK_BYTES):
                    yield block
            opening.raise_failure()

    def _files(self) -> Iterator[Path]:
        return (path for path in sorted(self._objects.rglob("*")) if not path.is_dir())

    def _is_in_place(self, path: Path) -> bool:
        return bool(_NAME.fullmatch(path.name)) and path == _path_of(self._objects, path.name)


class _Content:
    """Hashes what is opened."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return len(data)


class _Blocks:
    """Keeps what is opened."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.blocks.append(data)
        return len(data)


def check_ciphertext(root: Path, name: str, cipher_sha256: str) -> Verdict:
    """Compare the file of keyed ``name`` with the hash of its ciphertext; works on a locked workspace."""
    path = _path_of(root / "objects", name)
    if not path.is_file():
        return Verdict.MISSING
    try:
        return Verdict.OK if file_sha256(path) == cipher_sha256 else Verdict.CORRUPT
    except OSError:
        return Verdict.UNVERIFIABLE


def _path_of(objects: Path, name: str) -> Path:
    return objects / name[:2] / name
