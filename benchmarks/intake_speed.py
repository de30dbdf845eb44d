"""Taking in 224 MB of evidence against the same without fsync."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from benchmarks.pairs import Work, interleaved
from benchmarks.table import Result
from desktop.keys.sealing import new_identity, recipient_of
from desktop.media.sniff import sniff
from desktop.storage.intake import take_in
from desktop.storage.objects import ObjectStore

FILES, FILE_BYTES = 112, 2_000_000


def measure(folder: Path, pairs: int) -> list[Result]:
    dice = Random(3)
    sources = []
    for number in range(FILES):
        path = folder / f"source-{number:03}"
        path.write_bytes(dice.randbytes(FILE_BYTES))
        sources.append(path)

    def intake(n: int) -> Work:
        store = _store(folder / f"safe-{n}")
        return lambda: _take_all(store, sources)

    def unsafe(n: int) -> Work:
        store = _store(folder / f"unsafe-{n}")

        def work() -> None:
            with _without_fsync():
                _take_all(store, sources)

        return work

    costs = interleaved(pairs, intake, unsafe)
    name = f"take in {FILES} files, {FILES * FILE_BYTES / 1e6:.0f} MB"
    return [Result(name, "the same without fsync", costs.ratio(), costs.text(), 1.5, "≤ 1.5")]


def _store(folder: Path) -> ObjectStore:
    for name in ("objects", "tmp", "quarantine"):
        (folder / name).mkdir(parents=True)
    identity = new_identity()
    return ObjectStore(folder, lambda sha256: sha256, [recipient_of(identity)], identity)


def _take_all(store: ObjectStore, sources: list[Path]) -> None:
    for source in sources:
        take_in(store, source, sniff)


@contextmanager
def _without_fsync() -> Iterator[None]:
    fsync = os.fsync
    os.fsync = lambda _descriptor: None
    try:
        yield
    finally:
        os.fsync = fsync
