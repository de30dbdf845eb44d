"""Taking a package apart in memory and in the object store, before any of it counts.

Records are held in memory and never written in the clear; evidence is encrypted again for this store while it
comes in.
"""

import shutil
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.domain.entry import SignedEntry
from desktop.exchange.entry_index import IndexReader
from desktop.exchange.manifest import Manifest, ObjectInfo, Role
from desktop.exchange.read_package import Nowhere, read_package
from desktop.exchange.receipts import Receipt, receipt_reader
from desktop.exchange.record_reader import RecordSink
from desktop.exchange.records import EntryReader
from desktop.exchange.relays import RelayedManifest, RelayReader
from desktop.exchange.signed_manifest import SignedManifest
from desktop.exchange.trust_list import SignedTrustList, trust_list_reader
from desktop.exchange.unpacking import ObjectSink
from desktop.services.packages.admit_package import admit_package, check_authors
from desktop.services.records.lost_objects import is_here
from desktop.services.workspace.workspace import ReportProgress, Workspace
from desktop.storage.object_sink import ObjectSink as StoredObjectSink

_MOST_AT_WORK = 4


@dataclass(frozen=True)
class PackageFile:
    """A file that a package comes in, with the SHA-256 of it as it lies there."""

    path: Path
    sha256: str


@dataclass
class UnpackedPackage:
    """A proved package. ``objects``: evidence in the store's temporary folder, ready to be put in its place."""

    workspace: Workspace
    signed: SignedManifest
    entries: list[SignedEntry] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    relays: list[RelayedManifest] = field(default_factory=list)
    trust: list[SignedTrustList] = field(default_factory=list)
    index: bytes = b""
    objects: dict[str, StoredObjectSink] = field(default_factory=dict)

    @property
    def manifest_sha256(self) -> str:
        return self.signed.hash

    def discard(self) -> None:
        """Throw away the evidence that was not put in its place."""
        for sink in self.objects.values():
            sink.discard()
        self.objects.clear()


class _Collector:
    """Opens the sink of each object by its role."""

    def __init__(self, workspace: Workspace, *, keeps_objects: bool) -> None:
        self._workspace = workspace
        self._keeps_objects = keeps_objects
        self.entries: list[SignedEntry] = []
        self.receipts: list[Receipt] = []
        self.relays: list[RelayedManifest] = []
        self.trust: list[SignedTrustList] = []
        self.index = bytearray()
        self.objects: dict[str, StoredObjectSink] = {}
        self.entry_reader: EntryReader | None = None
        self._at_work: deque[StoredObjectSink] = deque()

    def open(self, info: ObjectInfo) -> ObjectSink:
        match info.role:
            case Role.ENTRIES:
                if self.entry_reader is None:
                    raise LookupError("an object came before the manifest was admitted")
                return RecordSink(self.entry_reader, self.entries.append, self.entries.clear)
            case Role.INDEX:
                return _IndexSink(self.index)
            case Role.RECEIPTS:
                return RecordSink(receipt_reader(), self.receipts.append, self.receipts.clear)
            case Role.MANIFESTS:
                return RecordSink(RelayReader(), self.relays.append, self.relays.clear)
            case Role.TRUST:
                return RecordSink(trust_list_reader(), self.trust.append, self.trust.clear)
        if not self._keeps_objects or is_here(self._workspace, info.hash):
            return Nowhere(info)
        if len(self._at_work) == _MOST_AT_WORK:
            self._at_work.popleft().finish()
        sink = self._workspace.objects.sink()
        self._at_work.append(sink)
        self.objects[info.hash] = sink
        return _EvidenceSink(sink)


class _EvidenceSink:
    """An object on its way into the store; the disk syncs it while the next ones are read."""

    def __init__(self, sink: StoredObjectSink) -> None:
        self._sink = sink

    def write(self, data: bytes) -> None:
        self._sink.write(data)

    def finish(self) -> None:
        self._sink.end()

    def discard(self) -> None:
        self._sink.discard()


class _IndexSink:
    """Keeps the index as it came, for ever, and checks that it is one."""

    def __init__(self, kept: bytearray) -> None:
        self._kept = kept
        self._reader = IndexReader()

    def write(self, data: bytes) -> None:
        self._kept += data
        self._reader.feed(data)

    def finish(self) -> None:
        self._reader.close()

    def discard(self) -> None:
        self._kept.clear()


def unpack_package(
    workspace: Workspace,
    files: Sequence[PackageFile],
    *,
    keeps_objects: bool,
    report_progress: ReportProgress,
) -> UnpackedPackage:
    """Read and prove a package, one file or all its volumes; raises PackageRefusedError and leaves nothing behind."""
    collector = _Collector(workspace, keeps_objects=keeps_objects)

    def admit(manifest: Manifest, data: bytes, signature: bytes, signer: bytes) -> None:
        admit_package(workspace, manifest, data, signature, signer)
        collector.entry_reader = collector.entry_reader or EntryReader(manifest)

    signed = read_package(
        [file.path for file in files],
        [workspace.identity.receive],
        own_node=workspace.node,
        free_bytes=shutil.disk_usage(workspace.folder).free,
        admit=admit,
        open_sink=collector.open,
        report_progress=report_progress,
    )
    package = UnpackedPackage(
        workspace,
        signed,
        collector.entries,
        collector.receipts,
        collector.relays,
        collector.trust,
        bytes(collector.index),
        collector.objects,
    )
    try:
        check_authors(workspace, signed.manifest.sender.node, package.entries, package.relays)
    except BaseException:
        package.discard()
        raise
    return package
