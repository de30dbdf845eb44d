"""An object store for tests, and files to put into it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from random import Random

from desktop.keys.sealing import recipient_of
from desktop.storage.intake import take_in
from desktop.storage.objects import ObjectStore


@dataclass(frozen=True)
class Plain:
    mime: str = "application/octet-stream"
    oddities: tuple[str, ...] = ()


def plain_sniff(head, tail, size, name):
    return Plain()


def keyed_name(sha256):
    return hashlib.sha256(b"a key" + sha256.encode()).hexdigest()


def make_store(folder, identity):
    for name in ("objects", "tmp", "quarantine"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return ObjectStore(folder, keyed_name, [recipient_of(identity)], identity)


def some_bytes(size, seed=0):
    return Random(seed).randbytes(size)


def sha256_of(data):
    return hashlib.sha256(data).hexdigest()


def put(store, data):
    """Put bytes into the store and return what was published."""
    sink = store.sink()
    sink.write(data)
    sink.finish()
    return sink.publish()


def take(store, source: Path, **options):
    return take_in(store, source, plain_sniff, **options)


def files_below(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def flip(path, position):
    """Change one bit of a stored file, read-only or not."""
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[position] ^= 1
    path.write_bytes(data)
