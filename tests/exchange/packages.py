"""Packages to test with: an office that reads, a field node that sends, and hostile packages made by hand."""

import hashlib
import io
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.domain import canonical
from desktop.exchange import tarstream
from desktop.exchange.manifest import (
    NAMESPACE,
    Manifest,
    PackageKind,
    Role,
    Sender,
    key_fingerprint,
    recipient_hashes,
)
from desktop.exchange.read_package import read_package
from desktop.exchange.write_package import PackagePlan, describe_object, write_package
from desktop.keys.sealing import encrypt_bytes, new_identity, recipient_of
from desktop.keys.sshsig import sign

OFFICE_NODE = "0" * 31 + "1"
FIELD_NODE = "f" * 31 + "2"
FIELD_STREAM = FIELD_NODE + ".00000000000000aa"

OFFICE_IDENTITY = new_identity()
ESCROW_IDENTITY = new_identity()
STRANGER_IDENTITY = new_identity()
OFFICE, ESCROW, STRANGER = map(recipient_of, (OFFICE_IDENTITY, ESCROW_IDENTITY, STRANGER_IDENTITY))
FIELD_KEY = Ed25519PrivateKey.generate()
OTHER_KEY = Ed25519PrivateKey.generate()

ENTRIES = b'{"object":"entries","v":1}\n'
INDEX = b"mingcha-index-v1".ljust(64, b"\0")
PHOTO = bytes(range(256)) * 300
SECRET_NOTE = b"the bridge at the third milestone is closed"
OBJECTS = (
    (Role.ENTRIES, "application/jsonl", ENTRIES),
    (Role.INDEX, "application/octet-stream", INDEX),
    (Role.EVIDENCE, "image/jpeg", PHOTO),
    (Role.EVIDENCE, "text/plain", SECRET_NOTE),
)


def raw_key(private):
    return private.public_key().public_bytes_raw()


def make_manifest(objects=OBJECTS, recipients=(OFFICE, ESCROW), key=FIELD_KEY, listed=None, **changes):
    """Return a good manifest; ``listed`` lists other objects than there are."""
    manifest = Manifest(
        package_id="5f3a9c" + "0" * 26,
        kind=PackageKind.RESULT,
        sender=Sender(FIELD_NODE, FIELD_STREAM, key_fingerprint(raw_key(key))),
        dest=OFFICE_NODE,
        recipients=recipient_hashes(recipients),
        seq=1,
        prev=None,
        created="2026-11-20T08:00:00Z",
        clock_state="ok",
        app="0.1.0",
        schema=1,
        objects=listed or tuple(describe_object([data], role, mime) for role, mime, data in objects),
        counts={"evidence": 2},
    )
    return replace(manifest, **changes)


def sign_manifest(manifest_bytes, key=FIELD_KEY, namespace=NAMESPACE):
    return sign(key, manifest_bytes, namespace)


def contents_of(objects=OBJECTS):
    """What an object store hands out: blocks of an object by its hash."""
    by_hash = {hashlib.sha256(data).hexdigest(): data for _, _, data in objects}

    def open_object(digest):
        stream = io.BytesIO(by_hash[digest])
        return iter(lambda: stream.read(10_000), b"")

    return open_object


def ignore_progress(done, total):
    assert 0 <= done <= total


def write(folder, objects=OBJECTS, recipients=(OFFICE, ESCROW), report_progress=ignore_progress, **changes):
    plan = PackagePlan(make_manifest(objects, recipients, **changes), recipients)
    return write_package(folder, plan, sign_manifest, contents_of(objects), report_progress)


def as_object(data):
    """Return an object as (name, bytes)."""
    return f"o/{hashlib.sha256(data).hexdigest()}", data


def tar_of(members, pad=None, end=tarstream.END):
    """Return a tar of (name, bytes) members; ``pad`` replaces the right one, b"" leaves it out."""
    blocks = [
        tarstream.header(name, len(data)) + data + tarstream.filler(len(data)) for name, data in members
    ]
    if pad is None:
        zeros = bytes(tarstream.pad_size(sum(map(len, blocks))))
        pad = tarstream.header("pad", len(zeros)) + zeros
    return b"".join([*blocks, pad, end])


def members_of(manifest=None, objects=OBJECTS, signature=None, manifest_bytes=None):
    """Return the members of a whole package, to be spoiled by a test."""
    data = manifest_bytes or (manifest or make_manifest(objects)).encode()
    signed = [("manifest.json", data), ("manifest.sig", signature or sign_manifest(data))]
    return signed + [as_object(content) for _, _, content in objects]


def body_of(manifest=None):
    """Return a manifest as a dict, to be spoiled by a test."""
    return canonical.decode((manifest or make_manifest()).encode())


def seal(path, tar, recipients=(OFFICE, ESCROW)):
    path.write_bytes(encrypt_bytes(tar, list(recipients)))
    return path


@dataclass
class Sinks:
    """Keeps what arrives in memory and remembers what became of it."""

    finished: dict = field(default_factory=dict)
    opened: list = field(default_factory=list)
    discarded: list = field(default_factory=list)
    admitted: list = field(default_factory=list)

    def open(self, info):
        self.opened.append(info)
        return _Sink(self, info)

    def admit(self, manifest, manifest_bytes, signature, signer_key):
        self.admitted.append((manifest, manifest_bytes, signature, signer_key))

    @property
    def is_untouched(self):
        """Whether nothing is left of what came."""
        return not self.finished and sorted(i.hash for i in self.opened) == sorted(
            i.hash for i in self.discarded
        )


class _Sink:
    def __init__(self, sinks, info):
        self._sinks = sinks
        self._info = info
        self._data = bytearray()

    def write(self, data):
        self._data += data

    def finish(self):
        self._sinks.finished[self._info.hash] = bytes(self._data)

    def discard(self):
        self._sinks.finished.pop(self._info.hash, None)
        self._sinks.discarded.append(self._info)


def read(path, sinks, identities=(OFFICE_IDENTITY,), **changes):
    options = {
        "own_node": OFFICE_NODE,
        "free_bytes": 1 << 30,
        "admit": sinks.admit,
        "open_sink": sinks.open,
        "report_progress": ignore_progress,
    }
    return read_package(path, list(identities), **(options | changes))
