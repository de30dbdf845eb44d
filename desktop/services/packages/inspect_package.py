"""Looking at a package: what everybody can see without keys, and what its manifest says to its receiver."""

from dataclasses import dataclass, replace
from pathlib import Path

from desktop.exchange.manifest import Manifest
from desktop.exchange.read_package import PackageFacts, peek_package, read_manifest
from desktop.services.packages.find_volumes import find_volumes
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import find_node


@dataclass(frozen=True)
class PackageHead:
    """``manifest`` is signed by the key it names; ``sender_name`` is empty for a node that is not enrolled here.

    ``volume`` is which file of the package it is, ``missing`` those that are neither beside it nor kept here.
    """

    facts: PackageFacts
    manifest: Manifest | None = None
    manifest_sha256: str = ""
    sender_name: str = ""
    sender_status: str = ""
    volume: int = 1
    missing: tuple[int, ...] = ()


def inspect_package(file: Path, workspace: Workspace | None = None) -> PackageHead:
    """Read the head of a package; with a workspace also its signed manifest. Nothing is changed or kept."""
    facts = peek_package(file)
    if workspace is None:
        return PackageHead(facts)
    signed = read_manifest(file, [workspace.identity.receive], own_node=workspace.node)
    node = find_node(workspace.db, signed.manifest.sender.node)
    head = PackageHead(
        facts, signed.manifest, signed.hash, node.name if node else "", node.status if node else "unknown"
    )
    if signed.manifest.volumes == 1:
        return head
    found = find_volumes(workspace, file)
    number = next(number for number, files in found.files.items() if file in files)
    return replace(head, volume=number, missing=found.missing)
