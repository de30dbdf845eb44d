"""Who may send what: decided on the signed manifest, before anything of a package is read."""

from desktop.domain.entry import SignedEntry
from desktop.exchange.entry_index import IndexReader, IndexRow
from desktop.exchange.manifest import Manifest, PackageKind, key_fingerprint, manifest_hash
from desktop.exchange.record_reader import read_records
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.relays import RelayedManifest
from desktop.keys.card import read_card
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import find_node
from desktop.storage.packages import packages
from desktop.storage.volume_table import waiting_packages

_FROM_ABOVE = frozenset({PackageKind.MISSION, PackageKind.RECEIPT})
_FROM_BELOW = frozenset({PackageKind.RESULT, PackageKind.REPORT})


def admit_package(
    workspace: Workspace, manifest: Manifest, manifest_bytes: bytes, _signature: bytes, signer_key: bytes
) -> None:
    """Refuse a package whose sender is not trusted, may not send this kind, or used its id for another one."""
    sender = find_node(workspace.db, manifest.sender.node)
    if sender is None:
        raise PackageRefusedError(Refusal.UNKNOWN_SENDER)
    if sender.status == "revoked":
        raise PackageRefusedError(Refusal.REVOKED_SENDER)
    card = read_card(sender.card)
    if key_fingerprint(signer_key) != key_fingerprint(bytes.fromhex(card.sign_key)):
        raise PackageRefusedError(Refusal.UNKNOWN_SENDER)
    if manifest.sender.stream[:32] != sender.id:
        raise PackageRefusedError(Refusal.NOT_PERMITTED)
    is_from_above = sender.id == workspace.office and workspace.node != workspace.office
    if manifest.kind not in (_FROM_ABOVE if is_from_above else _FROM_BELOW):
        raise PackageRefusedError(Refusal.NOT_PERMITTED)
    for known in packages(workspace.db, "in"):
        if known.package_id == manifest.package_id and known.manifest_sha256 != manifest_hash(manifest_bytes):
            raise PackageRefusedError(Refusal.FORKED)
    for waiting in waiting_packages(workspace.db):
        if waiting.package_id == manifest.package_id and waiting.manifest_sha256 != manifest_hash(
            manifest_bytes
        ):
            raise PackageRefusedError(Refusal.FORKED)


def check_authors(
    workspace: Workspace, sender: str, entries: list[SignedEntry], relays: list[RelayedManifest]
) -> None:
    """Refuse entries that nobody answers for: not the sender's own, not from our office, not in a relayed index."""
    if sender == workspace.office:
        return
    vouched = {(row.stream, row.seq, row.hash) for relay in relays for row in _vouched(workspace, relay)}
    for signed in entries:
        entry = signed.entry
        if entry.node != sender and (entry.stream, entry.seq, entry.hash) not in vouched:
            raise PackageRefusedError(Refusal.NOT_PERMITTED, f"{entry.stream}, {entry.seq}")


def _vouched(workspace: Workspace, relay: RelayedManifest) -> list[IndexRow]:
    author = find_node(workspace.db, relay.signed.manifest.sender.node)
    if author is None or author.status == "revoked":
        return []
    if bytes.fromhex(read_card(author.card).sign_key) != relay.signed.signer_key:
        return []
    return [row for row in read_records(IndexReader(), [relay.index]) if row.stream[:32] == author.id]
