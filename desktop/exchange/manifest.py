"""The manifest: the signed first member of a package that says what it is, for whom, and what it contains.

Its bytes are stored and relayed as they came; ``encode`` is only for manifests made here.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.domain import canonical
from desktop.domain.entry import Head

FORMAT = "mingcha/1"
SUITE = "A1"
NAMESPACE = "mingcha-manifest@v1"
MAX_MANIFEST_BYTES = 16 << 20
MAX_INDEX_BYTES = 64 << 20
MAX_OBJECT_BYTES = 3584 << 20
"""What intake may take in as one piece of evidence; leaves room for the rest in a file of 4 GiB."""

MAX_VOLUMES = 9999
KNOWN_FEATURES: frozenset[str] = frozenset()
"""What a manifest may require of its reader beyond format 1."""


class PackageKind(StrEnum):
    """任务包, 成果包, 回执, 上报包."""

    MISSION = "mission"
    RESULT = "result"
    RECEIPT = "receipt"
    REPORT = "report"


class Role(StrEnum):
    """What an object is to its package. Only evidence may be there more than once."""

    ENTRIES = "entries"
    INDEX = "index"
    MANIFESTS = "manifests"
    TRUST = "trust"
    RECEIPTS = "receipts"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Sender:
    """``fingerprint`` is the SHA-256 of the raw Ed25519 public key; ``stream`` the one that ``seq`` counts in."""

    node: str
    stream: str
    fingerprint: str


@dataclass(frozen=True)
class ObjectInfo:
    """One object; ``size`` in bytes, ``volume`` counts from 1."""

    hash: str
    size: int
    role: Role
    mime: str
    volume: int = 1


@dataclass(frozen=True)
class Manifest:
    """A package as its sender signed it. All hashes are SHA-256 in hex.

    ``prev`` is the hash of the manifest that the sender's stream sent to ``dest`` before (None for the first) and
    ``covers`` the earlier seqs to ``dest`` whose contents this package includes. ``have`` and ``durable`` give the
    last seq without a gap of each stream that the sender holds, and holds in a verified backup.
    """

    package_id: str
    kind: PackageKind
    sender: Sender
    dest: str
    recipients: tuple[str, ...]
    seq: int
    prev: str | None
    created: str
    clock_state: str
    app: str
    schema: int
    objects: tuple[ObjectInfo, ...]
    heads: Mapping[str, Head] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    covers: tuple[int, ...] = ()
    features: tuple[str, ...] = ()
    have: Mapping[str, int] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()
    digest: str | None = None
    durable: Mapping[str, int] | None = None
    volumes: int = 1
    suite: str = SUITE

    @property
    def index(self) -> ObjectInfo:
        """The object that lists the entries carried."""
        return next(info for info in self.objects if info.role is Role.INDEX)

    def encode(self) -> bytes:
        return canonical.encode(
            {
                "app": self.app,
                "clock": {"state": self.clock_state},
                "counts": dict(self.counts),
                "covers": self.covers,
                "created": self.created,
                "dest": self.dest,
                "digest": self.digest,
                "durable": None if self.durable is None else dict(self.durable),
                "features": self.features,
                "format": FORMAT,
                "have": dict(self.have),
                "heads": {stream: list(head) for stream, head in self.heads.items()},
                "kind": self.kind.value,
                "objects": [_encode_object(info) for info in self.objects],
                "package_id": self.package_id,
                "prev": self.prev,
                "recipients": self.recipients,
                "schema": self.schema,
                "sender": {
                    "fingerprint": self.sender.fingerprint,
                    "node": self.sender.node,
                    "stream": self.sender.stream,
                },
                "seq": self.seq,
                "suite": self.suite,
                "volumes": self.volumes,
                "wanted": self.wanted,
            }
        )


def manifest_hash(manifest_bytes: bytes) -> str:
    """Return what ``prev`` of the next manifest and receipts call this one."""
    return hashlib.sha256(manifest_bytes).hexdigest()


def key_fingerprint(raw_public_key: bytes) -> str:
    return hashlib.sha256(raw_public_key).hexdigest()


def recipient_hash(recipient: str) -> str:
    """Return what a manifest calls an age recipient (``age1…``)."""
    return hashlib.sha256(recipient.encode("ascii")).hexdigest()


def recipient_hashes(recipients: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(recipient_hash(recipient) for recipient in recipients))


def _encode_object(info: ObjectInfo) -> dict[str, object]:
    return {
        "h": info.hash,
        "mime": info.mime,
        "role": info.role.value,
        "size": info.size,
        "vol": info.volume,
    }
