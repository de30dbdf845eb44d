"""The ends of the log: entries that something outside of it names and that therefore have to be there.

A log whose last entries were cut off is a sound chain from its first entry to its last. Only others can tell:
packages that were written from it or answer it, imports, revocations, backups, and entries that refer to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain.entry import Ctx, Entry, Head, Kind
from desktop.errors import UserError
from desktop.exchange.refusal import PackageRefusedError
from desktop.exchange.signed_manifest import verify_manifest
from desktop.i18n import _
from desktop.services.workspace.workspace import STREAM_SETTING, Workspace
from desktop.storage.database import open_database
from desktop.storage.driver import DatabaseError
from desktop.storage.entries import entry_event, load_facts
from desktop.storage.nodes import all_nodes
from desktop.storage.packages import packages, receipts
from desktop.storage.settings_table import read_text_setting
from desktop.storage.stream_heads import has_entry, introduced_ends, stream_ends


class Witness(Enum):
    """Who names an entry."""

    OUT = "a package written here"
    IN = "a package of somebody who has our entries"
    IMPORT = "the notes of an import"
    RECEIPT = "a receipt"
    RESTORE = "the first entry after a restore"
    REVOCATION = "a revocation"
    BACKUP = "a rolling backup"
    ENTRY = "a later entry of somebody else"


@dataclass(frozen=True)
class Anchor:
    """An entry that is named somewhere; ``hash`` is empty where only its number is."""

    stream: str
    seq: int
    hash: str
    witness: Witness


class NamedHeads:
    """Collects, entry by entry, the newest places in the streams of one node that entries refer to."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._newest: dict[str, Head] = {}

    def take(self, entry: Entry) -> None:
        self._take_ctx(entry.ctx)
        if entry.owner is not None:
            self._take_ctx(entry.owner.ctx)

    def anchors(self) -> list[Anchor]:
        return [Anchor(stream, *head, Witness.ENTRY) for stream, head in self._newest.items()]

    def _take_ctx(self, ctx: Ctx) -> None:
        for stream, heads in ctx.items():
            if stream[:32] == self._node:
                self._newest[stream] = max(heads[-1], self._newest.get(stream, heads[-1]))


def anchors_of(workspace: Workspace) -> list[Anchor]:
    """Everything that names an entry of this log, but for what a restore has knowingly set back."""
    opened = dict(_restored_after(workspace))
    current = read_text_setting(workspace.db, STREAM_SETTING)
    found = (*_of_packages(workspace), *_of_tables(workspace), *_of_backups(workspace))
    own = workspace.node
    anchors = [
        anchor
        for anchor in found
        if anchor.stream[:32] != own
        or anchor.stream == current
        or anchor.seq <= opened.get(anchor.stream, (0, ""))[0]
    ]
    return anchors + [Anchor(stream, *head, Witness.RESTORE) for stream, head in opened.items()]


def missing_anchors(workspace: Workspace, anchors: Iterable[Anchor]) -> list[Anchor]:
    """Those that the log does not have, the newest of each stream. A hole in an own stream is found as a gap."""
    ends = stream_ends(workspace.db)
    newest: dict[str, Anchor] = {}
    for anchor in anchors:
        known = newest.get(anchor.stream)
        if (known is None or known.seq < anchor.seq) and _is_missing(workspace, anchor, ends):
            newest[anchor.stream] = anchor
    return sorted(newest.values(), key=lambda anchor: anchor.stream)


def _is_missing(workspace: Workspace, anchor: Anchor, ends: Mapping[str, Head]) -> bool:
    if has_entry(workspace.db, anchor.stream, anchor.seq, anchor.hash):
        return False
    is_hole = anchor.seq < ends.get(anchor.stream, (0, ""))[0] and not has_entry(
        workspace.db, anchor.stream, anchor.seq
    )
    return not (is_hole and anchor.stream[:32] == workspace.node)


def missing_text(anchor: Anchor) -> str:
    return _(
        "The end of this log was cut off or replaced: {witness} names entry {seq}, which is not here. Restore a"
        " backup or merge the packages again."
    ).format(witness=_witness_text(anchor.witness), seq=anchor.seq)


def _witness_text(witness: Witness) -> str:
    return {
        Witness.OUT: _("a package that was written here"),
        Witness.IN: _("a package that came from another computer"),
        Witness.IMPORT: _("an import"),
        Witness.RECEIPT: _("a receipt"),
        Witness.RESTORE: _("the beginning of the restored log"),
        Witness.REVOCATION: _("a revocation"),
        Witness.BACKUP: _("a backup"),
        Witness.ENTRY: _("an entry of another computer"),
    }[witness]


def _of_packages(workspace: Workspace) -> Iterator[Anchor]:
    for package in packages(workspace.db):
        try:
            manifest = verify_manifest(package.manifest, package.signature).manifest
        except PackageRefusedError:
            # Verifying the manifests says so; what it claims counts for nothing here.
            continue
        if manifest.sender.node == workspace.node:
            yield from (Anchor(stream, *head, Witness.OUT) for stream, head in manifest.heads.items())
        elif package.direction == "in":
            yield from _of_own(workspace, manifest.have.items(), Witness.IN)


def _of_tables(workspace: Workspace) -> Iterator[Anchor]:
    for stream, seq, digest in introduced_ends(workspace.db):
        yield Anchor(stream, seq, digest, Witness.IMPORT)
    for receipt in receipts(workspace.db):
        yield from _of_own(workspace, (receipt.durable or {}).items(), Witness.RECEIPT)
    for node in all_nodes(workspace.db):
        match node.revoked:
            case {"heads": dict(heads)}:
                for stream, head in heads.items():
                    yield from _named(stream, head, Witness.REVOCATION)


def _of_backups(workspace: Workspace) -> Iterator[Anchor]:
    for file in sorted((workspace.folder / "backups").glob("workspace-*.db")):
        try:
            copy = open_database(file, workspace.keys.database_key(), read_only=True)
        except UserError:
            # A damaged backup is found when the backups are checked.
            continue
        try:
            ends = stream_ends(copy)
        except DatabaseError:
            continue
        finally:
            copy.close()
        yield from (Anchor(stream, *head, Witness.BACKUP) for stream, head in ends.items())


def _restored_after(workspace: Workspace) -> Iterator[tuple[str, Head]]:
    """Where each earlier stream of this node ended when a backup was restored."""
    for fact in load_facts(workspace.db, Kind.OPEN):
        match entry_event(fact).get("after"):
            case [str(stream), int(seq), str(digest)] if fact.entry.node == workspace.node:
                yield stream, (seq, digest)


def _of_own(workspace: Workspace, numbers: Iterable[tuple[str, int]], witness: Witness) -> Iterator[Anchor]:
    return (Anchor(stream, seq, "", witness) for stream, seq in numbers if stream[:32] == workspace.node)


def _named(stream: str, head: object, witness: Witness) -> Sequence[Anchor]:
    match head:
        case [int(seq), str(digest)]:
            return (Anchor(stream, seq, digest, witness),)
    return ()
