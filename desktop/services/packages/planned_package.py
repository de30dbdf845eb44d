"""A package between its number and its last volume: signed and kept before the first byte is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.errors import UserError
from desktop.exchange.entry_index import IndexReader
from desktop.exchange.manifest import NAMESPACE, Manifest, PackageKind, Role, manifest_hash, recipient_hashes
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.record_reader import read_records
from desktop.exchange.volumes import package_name, volume_name
from desktop.exchange.write_package import PackagePlan, PreparedPackage, prepare_package
from desktop.i18n import _
from desktop.keys.card import read_card
from desktop.services.packages.package_contents import Contents
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import find_node
from desktop.storage.packages import PackageRow, packages, save_package
from desktop.storage.selections import entries_listed
from desktop.storage.volume_table import VolumeRow, volumes_of


@dataclass(frozen=True)
class PlannedPackage:
    """``prepared`` is what is written, ``contents`` where its objects come from."""

    prepared: PreparedPackage
    contents: Contents

    @property
    def manifest(self) -> Manifest:
        return self.prepared.manifest

    @property
    def id(self) -> str:
        return manifest_hash(self.prepared.manifest_bytes)


def keep_plan(
    workspace: Workspace, manifest: Manifest, recipients: tuple[str, ...], contents: Contents
) -> PlannedPackage:
    """Sign a package and note it as planned. Caller's transaction: it also takes the number."""
    prepared = prepare_package(
        PackagePlan(manifest, recipients), lambda data: workspace.identity.sign(NAMESPACE, data)
    )
    planned = PlannedPackage(prepared, contents)
    save_package(workspace.db, _row(workspace, planned))
    return planned


def load_plan(workspace: Workspace, package: PackageRow) -> PlannedPackage:
    """A package that was planned before, with its contents as they were then, byte for byte."""
    manifest = decode_manifest(package.manifest)
    recipients = recipients_of(workspace, manifest.dest)
    if manifest.kind is not PackageKind.RESULT or recipient_hashes(recipients) != manifest.recipients:
        raise UserError(
            _(
                "This package cannot be continued: what goes into it, or the key of its receiver, has changed."
            ),
            _("Write it again; the new one holds everything that the old one would have held."),
        )
    index = read_records(IndexReader(), [package.contents or b""])
    chosen = entries_listed(workspace.db, ((row.stream, row.seq, row.hash) for row in index))
    evidence = tuple(replace(info, volume=1) for info in manifest.objects if info.role is Role.EVIDENCE)
    contents = Contents(workspace, manifest.kind, chosen, (), (), evidence)
    prepared = PreparedPackage(manifest, package.manifest, package.signature, recipients)
    return PlannedPackage(prepared, contents)


def recipients_of(workspace: Workspace, dest: str) -> tuple[str, ...]:
    node = find_node(workspace.db, dest)
    if node is None or node.status == "revoked":
        raise UserError(
            _("The receiver of the package is not enrolled here, or was revoked."),
            _("Enroll its node card first."),
        )
    card = read_card(node.card)
    return (card.receive, card.escrow)


def files_of(workspace: Workspace, package: PackageRow) -> Sequence[VolumeRow]:
    """The files of a package that was written or merged, also of one from before volumes were noted."""
    noted = volumes_of(workspace.db, package.manifest_sha256, "written", "merged")
    if noted or package.file_sha256 is None:
        return noted
    name, size = package.file_name or "", package.size or 0
    row = VolumeRow(package.manifest_sha256, 1, name, package.file_sha256, size, "written", package.at_ms)
    return [row]


def find_file(workspace: Workspace, name: str) -> tuple[PackageRow, int]:
    """The package written here that has a file of this name, and which of its volumes that is."""
    for package in reversed(_written_here(workspace, name)):
        manifest = decode_manifest(package.manifest)
        for number in range(1, manifest.volumes + 1):
            if volume_name(manifest, number) == name:
                return package, number
    raise UserError(
        _("No package that was written here has a file called {name}.").format(name=name),
        _("The slip of the package (F13) lists its files."),
    )


def _written_here(workspace: Workspace, name: str) -> list[PackageRow]:
    stem = name.split(".")[0]
    return [row for row in packages(workspace.db, "out") if (row.file_name or "").startswith(f"{stem}.")]


def _row(workspace: Workspace, planned: PlannedPackage) -> PackageRow:
    manifest = planned.manifest
    return PackageRow(
        manifest_sha256=planned.id,
        package_id=manifest.package_id,
        kind=manifest.kind.value,
        direction="out",
        sender=manifest.sender.node,
        stream=manifest.sender.stream,
        dest=manifest.dest,
        seq=manifest.seq,
        prev=manifest.prev,
        state="planned",
        at_ms=workspace.clock_ms(),
        manifest=planned.prepared.manifest_bytes,
        signature=planned.prepared.signature,
        contents=b"".join(planned.contents.index()),
        file_name=package_name(manifest),
    )
