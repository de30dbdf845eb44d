"""Applying a proved package in one transaction."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

from desktop.domain.ancestry import Span
from desktop.domain.author import followed
from desktop.domain.entry import Entry, SignedEntry
from desktop.exchange.manifest import Manifest, Role
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.volumes import package_name
from desktop.services.packages.note_merged_volumes import note_merged
from desktop.services.packages.office_word import is_newest_word
from desktop.services.packages.unpack_package import PackageFile, UnpackedPackage
from desktop.services.records.lost_objects import is_here
from desktop.services.setup.take_trust_list import take_trust_lists
from desktop.services.workspace.journal import merge_and_log, read_clock, save_clock
from desktop.services.workspace.workspace import Workspace
from desktop.storage.held_entries import evidence_without_object
from desktop.storage.merge import Merged
from desktop.storage.object_sink import ObjectSink, Published
from desktop.storage.object_table import have_object, want_objects
from desktop.storage.packages import (
    PackageRow,
    ReceiptRow,
    find_package,
    packages_between,
    save_introduced,
    save_package,
    save_receipt,
    set_package_state,
)
from desktop.storage.records import RecordState, find_record

_PUBLISHED_AT_ONCE = 4


class ChangeKind(StrEnum):
    """What a package means for one visit."""

    NEW = "new"
    NEWER = "newer"
    IDENTICAL = "identical"
    CONFLICT = "conflict"
    HELD = "held"


@dataclass(frozen=True)
class VisitChange:
    visit_id: str
    change: ChangeKind
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Applied:
    """``gaps``: numbers of earlier packages of the sender that neither came nor are covered by a later one."""

    new_entries: int
    known_entries: int
    visits: tuple[VisitChange, ...]
    gaps: tuple[int, ...]
    is_forked: bool


def apply_package(workspace: Workspace, package: UnpackedPackage, files: Sequence[PackageFile]) -> Applied:
    """Apply a package. Its evidence is in its place before the first row that speaks of it is committed."""
    stored = _publish(package)
    with workspace.db.atomic():
        _have(workspace, stored)
        return _apply(workspace, package, files)


def return_objects(workspace: Workspace, package: UnpackedPackage) -> None:
    """Take the evidence of a package that was merged before and whose files were lost since."""
    stored = _publish(package)
    with workspace.db.atomic():
        _have(workspace, stored)


def new_objects(workspace: Workspace, manifest: Manifest) -> set[str]:
    """The evidence a package brings that is not here."""
    offered = {info.hash for info in manifest.objects if info.role is Role.EVIDENCE}
    return {digest for digest in offered if not is_here(workspace, digest)}


def _publish(package: UnpackedPackage) -> list[Published]:
    """Several at a time: the disk syncs many files in little more time than one."""
    with ThreadPoolExecutor(_PUBLISHED_AT_ONCE) as pool:
        return list(pool.map(ObjectSink.publish, package.objects.values()))


def _have(workspace: Workspace, stored: Sequence[Published]) -> None:
    for object_ in stored:
        have_object(workspace.db, object_.sha256, object_.size, object_.cipher_sha256)


def _apply(workspace: Workspace, package: UnpackedPackage, files: Sequence[PackageFile]) -> Applied:
    manifest = package.signed.manifest
    visits = sorted(
        {e.record_id for e in map(_entry, package.entries) if e.record_type == "visit" and e.record_id}
    )
    before = {visit: find_record(workspace.db, visit) for visit in visits}
    event: dict[str, str | int] = {"event": "merged", "package": package.manifest_sha256, "seq": manifest.seq}
    take_trust_lists(workspace, package.trust)
    merged = merge_and_log(workspace, package.entries, event)
    seen = [signed.entry.hlc for signed in merged.new]
    now_ms = workspace.clock_ms()
    save_clock(
        workspace, reduce(lambda own, other: followed(own, other, now_ms), seen, read_clock(workspace))
    )
    _keep(workspace, package, files, merged)
    if workspace.is_office:
        # Another team's photos of a shared visit go to the office, never to this laptop.
        want_objects(workspace.db, evidence_without_object(workspace.db))
    _take_receipts(workspace, package)
    changes = [_change(visit, before[visit], find_record(workspace.db, visit), merged) for visit in visits]
    return Applied(
        len(merged.new),
        merged.known,
        tuple(changes),
        package_gaps(workspace, manifest.sender.stream, manifest.dest),
        bool(merged.forked) or _is_number_taken(workspace, manifest),
    )


def package_gaps(workspace: Workspace, stream: str, dest: str) -> tuple[int, ...]:
    """The numbers of packages of a stream that are missing: not here, and not included in a later one."""
    came: set[int] = set()
    covered: set[int] = set()
    for row in packages_between(workspace.db, stream, dest):
        came.add(row.seq)
        covered.update(_covers(row.manifest))
    return tuple(n for n in range(1, max(came, default=0)) if n not in came and n not in covered)


def introduced_spans(new: Sequence[SignedEntry]) -> list[Span]:
    """The entries a merge added, as runs of each stream; on a fork each branch is a run of its own."""
    spans: dict[tuple[str, int, str], Span] = {}
    for entry in sorted(map(_entry, new), key=lambda e: (e.stream, e.seq, e.hash)):
        before = spans.pop((entry.stream, entry.seq - 1, entry.prev or ""), None)
        first = before.first if before else entry.seq
        spans[entry.stream, entry.seq, entry.hash] = Span(entry.stream, first, entry.seq, entry.hash)
    return sorted(spans.values(), key=lambda span: (span.stream, span.first, span.tip))


def _keep(
    workspace: Workspace, package: UnpackedPackage, files: Sequence[PackageFile], merged: Merged
) -> None:
    manifest = package.signed.manifest
    is_one = manifest.volumes == 1
    save_package(
        workspace.db,
        PackageRow(
            manifest_sha256=package.manifest_sha256,
            package_id=manifest.package_id,
            kind=manifest.kind.value,
            direction="in",
            sender=manifest.sender.node,
            stream=manifest.sender.stream,
            dest=manifest.dest,
            seq=manifest.seq,
            prev=manifest.prev,
            state="applied",
            at_ms=workspace.clock_ms(),
            manifest=package.signed.manifest_bytes,
            signature=package.signed.signature,
            contents=package.index,
            file_name=files[0].path.name if is_one else package_name(manifest),
            file_sha256=files[0].sha256 if is_one else None,
            size=sum(file.path.stat().st_size for file in files),
        ),
    )
    if not is_one:
        note_merged(workspace, package.manifest_sha256, files)
    save_introduced(workspace.db, package.manifest_sha256, introduced_spans(merged.new))


def _take_receipts(workspace: Workspace, package: UnpackedPackage) -> None:
    manifest = package.signed.manifest
    is_newest = is_newest_word(workspace, manifest)
    for receipt in package.receipts:
        save_receipt(
            workspace.db,
            ReceiptRow(
                receipt.manifest,
                manifest.sender.node,
                receipt.stream,
                receipt.seq,
                receipt.state.value,
                receipt.wanted,
                receipt.held,
                manifest.durable,
                workspace.clock_ms(),
            ),
            replaces=is_newest,
        )
        sent = find_package(workspace.db, receipt.manifest)
        is_ours = sent is not None and (sent.direction, sent.dest) == ("out", manifest.sender.node)
        if is_ours and receipt.state.value in ("applied", "set_aside"):
            set_package_state(workspace.db, receipt.manifest, "acknowledged")


def _change(visit: str, before: RecordState | None, after: RecordState | None, merged: Merged) -> VisitChange:
    if visit not in merged.touched or after is None:
        return VisitChange(visit, ChangeKind.IDENTICAL)
    if len(after.held) > (len(before.held) if before else 0):
        return VisitChange(visit, ChangeKind.HELD)
    if after.contested and (before is None or after.contested != before.contested):
        return VisitChange(visit, ChangeKind.CONFLICT, after.contested)
    return VisitChange(visit, ChangeKind.NEW if before is None else ChangeKind.NEWER)


def _is_number_taken(workspace: Workspace, manifest: Manifest) -> bool:
    rows = packages_between(workspace.db, manifest.sender.stream, manifest.dest)
    return sum(1 for row in rows if row.seq == manifest.seq) > 1


def _covers(manifest_bytes: bytes) -> tuple[int, ...]:
    return decode_manifest(manifest_bytes).covers


def _entry(signed: SignedEntry) -> Entry:
    return signed.entry
