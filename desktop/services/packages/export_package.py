"""Writing a package: 成果包 to the office, 任务包 and 回执 to a field node.

Only when the file has been read back from the medium is anything marked as exported. A number is taken before the
first byte and never used twice, so a package that was lost leaves a gap the receiver sees.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop import __version__
from desktop.domain.canonical import MAX_INTEGER
from desktop.domain.entry import SCHEMA_VERSION
from desktop.errors import UserError
from desktop.exchange.manifest import (
    NAMESPACE,
    Manifest,
    PackageKind,
    Role,
    Sender,
    key_fingerprint,
    manifest_hash,
    recipient_hashes,
)
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.write_package import PackagePlan, WrittenPackage, write_package
from desktop.i18n import _
from desktop.keys.card import read_card
from desktop.services.packages.package_contents import Contents, mission_for_node, results_for_office
from desktop.services.visits.save_findings import cut_drafts
from desktop.services.workspace.describe_workspace import state_digest
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.local_time import utc_time
from desktop.services.workspace.watch_clock import clock_notices, clock_state
from desktop.services.workspace.workspace import STREAM_SETTING, ReportProgress, Workspace, unreported
from desktop.storage.contents import have_vector
from desktop.storage.entries import stream_end
from desktop.storage.nodes import find_node
from desktop.storage.object_table import objects_in_state
from desktop.storage.packages import (
    PackageRow,
    packages_between,
    save_package,
    save_sent,
    take_package_seq,
)
from desktop.storage.settings_table import read_text_setting


@dataclass(frozen=True)
class ExportedPackage:
    """A package on the medium, read back. ``counts`` is what its manifest tells: visits, entries, evidence, bytes."""

    path: Path
    sha256: str
    size: int
    manifest: Manifest
    manifest_sha256: str


def export_results(
    workspace: Workspace,
    folder: Path,
    *,
    with_all_objects: bool = False,
    report_progress: ReportProgress = unreported,
) -> ExportedPackage:
    """Write a 成果包 with all that the office has not confirmed; drafts are cut into entries first."""
    if workspace.office == workspace.node:
        raise UserError(
            _("This workspace is an office and has no other office to report to."),
            _("Write packages for field nodes with “mingcha assign” and “mingcha receipts”."),
        )
    with workspace.db.atomic():
        cut_drafts(workspace)
    contents = results_for_office(workspace, with_all_objects=with_all_objects)
    return _export(workspace, workspace.office, contents, folder, report_progress)


def export_to_node(
    workspace: Workspace,
    node: str,
    kind: PackageKind,
    folder: Path,
    report_progress: ReportProgress = unreported,
) -> ExportedPackage:
    """Write a 任务包 or 回执 for an enrolled node."""
    return _export(workspace, node, mission_for_node(workspace, node, kind), folder, report_progress)


def _export(
    workspace: Workspace, dest: str, contents: Contents, folder: Path, report_progress: ReportProgress
) -> ExportedPackage:
    recipients = _recipients(workspace, dest)
    stream = read_text_setting(workspace.db, STREAM_SETTING)
    with workspace.db.atomic():
        seq = take_package_seq(workspace.db, stream, dest)
    manifest = _manifest(workspace, dest, stream, seq, contents, recipients)
    roles = {info.hash: info.role for info in manifest.objects}
    written = write_package(
        folder,
        PackagePlan(manifest, recipients),
        lambda data: workspace.identity.sign(NAMESPACE, data),
        lambda digest: contents.read(roles[digest], digest),
        report_progress,
    )
    with workspace.db.atomic():
        _keep(workspace, manifest, written, contents)
    return ExportedPackage(
        written.paths[0], written.hashes[0], written.size, manifest, manifest_hash(written.manifest_bytes)
    )


def _manifest(
    workspace: Workspace, dest: str, stream: str, seq: int, contents: Contents, recipients: tuple[str, ...]
) -> Manifest:
    db = workspace.db
    before = [p for p in packages_between(db, stream, dest) if p.state in ("written", "acknowledged")]
    objects = contents.objects
    evidence = [info for info in objects if info.role is Role.EVIDENCE]
    end = stream_end(db, stream)
    return Manifest(
        package_id=secrets.token_hex(16),
        kind=contents.kind,
        sender=Sender(workspace.node, stream, key_fingerprint(workspace.identity.public_key)),
        dest=dest,
        recipients=recipient_hashes(recipients),
        seq=seq,
        prev=before[-1].manifest_sha256 if before else None,
        created=utc_time(workspace.clock_ms()),
        clock_state=_clock_state(workspace, stream, before),
        app=__version__,
        schema=SCHEMA_VERSION,
        objects=objects,
        heads={stream: (end.seq, end.hash)} if end else {},
        counts={
            "entries": len(contents.chosen),
            "visits": contents.visit_count,
            "evidence": len(evidence),
            "bytes": sum(info.size for info in objects),
        },
        # Every package repeats all entries of the ones before it, so a lost one leaves no hole.
        covers=tuple(range(1, seq)),
        have=have_vector(db),
        wanted=tuple(row.sha256 for row in objects_in_state(db, "wanted")),
        digest=state_digest(workspace),
    )


def _clock_state(workspace: Workspace, stream: str, before: Sequence[PackageRow]) -> str:
    """Of the time since the package before to the same receiver."""
    told = decode_manifest(before[-1].manifest).heads.get(stream, (0, ""))[0] if before else 0
    return clock_state(clock_notices(workspace, stream, told + 1, MAX_INTEGER))


def _recipients(workspace: Workspace, dest: str) -> tuple[str, ...]:
    node = find_node(workspace.db, dest)
    if node is None or node.status == "revoked":
        raise UserError(
            _("The receiver of the package is not enrolled here, or was revoked."),
            _("Enroll its node card first (“mingcha enroll”)."),
        )
    card = read_card(node.card)
    return (card.receive, card.escrow)


def _keep(workspace: Workspace, manifest: Manifest, written: WrittenPackage, contents: Contents) -> None:
    digest = manifest_hash(written.manifest_bytes)
    save_package(
        workspace.db,
        PackageRow(
            manifest_sha256=digest,
            package_id=manifest.package_id,
            kind=manifest.kind.value,
            direction="out",
            sender=manifest.sender.node,
            stream=manifest.sender.stream,
            dest=manifest.dest,
            seq=manifest.seq,
            prev=manifest.prev,
            state="written",
            at_ms=workspace.clock_ms(),
            manifest=written.manifest_bytes,
            signature=written.signature,
            contents=b"".join(contents.index()),
            file_name=written.paths[0].name,
            file_sha256=written.hashes[0],
            size=written.size,
        ),
    )
    save_sent(workspace.db, digest, _ranges(contents))
    log_event(workspace, {"event": "exported", "package": digest, "dest": manifest.dest})


def _ranges(contents: Contents) -> list[tuple[str, int, int]]:
    """The entries sent, as runs without a gap."""
    runs: list[tuple[str, int, int]] = []
    for entry in contents.chosen:
        if runs and runs[-1][0] == entry.stream and entry.seq <= runs[-1][2] + 1:
            runs[-1] = (entry.stream, runs[-1][1], entry.seq)
        else:
            runs.append((entry.stream, entry.seq, entry.seq))
    return runs
