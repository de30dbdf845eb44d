"""Writing a package: 成果包 to the office, 任务包 and 回执 to a field node.

Only when every file has been read back from the medium is anything marked as exported. A number is taken before the
first byte and never used twice, so a package that was lost leaves a gap the receiver sees.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop import __version__
from desktop.domain.canonical import MAX_INTEGER
from desktop.domain.entry import SCHEMA_VERSION
from desktop.errors import UserError
from desktop.exchange.manifest import (
    Manifest,
    PackageKind,
    Role,
    Sender,
    key_fingerprint,
    recipient_hashes,
)
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.volumes import DEFAULT_VOLUME_BYTES, split_into_volumes
from desktop.i18n import _
from desktop.services.packages.continue_export import give_up_unfinished
from desktop.services.packages.package_contents import Contents, mission_for_node, results_for_office
from desktop.services.packages.planned_package import PlannedPackage, keep_plan, load_plan, recipients_of
from desktop.services.packages.write_volumes import ExportedPackage, write_volumes
from desktop.services.visits.save_findings import cut_drafts
from desktop.services.workspace.describe_workspace import state_digest
from desktop.services.workspace.local_time import utc_time
from desktop.services.workspace.watch_clock import clock_notices, clock_state
from desktop.services.workspace.workspace import STREAM_SETTING, ReportProgress, Workspace, unreported
from desktop.storage.backups import DURABLE
from desktop.storage.contents import have_vector
from desktop.storage.entries import stream_end
from desktop.storage.object_table import objects_in_state
from desktop.storage.packages import PackageRow, packages_between, take_package_seq, unfinished_package
from desktop.storage.settings_table import read_setting, read_text_setting
from desktop.storage.volume_table import volumes_of


def export_results(
    workspace: Workspace,
    folder: Path,
    *,
    with_all_objects: bool = False,
    volume_bytes: int = DEFAULT_VOLUME_BYTES,
    report_progress: ReportProgress = unreported,
) -> ExportedPackage:
    """Write a 成果包 with all that the office has not confirmed; drafts are cut into entries first.

    It is split into files of at most ``volume_bytes``, if no single object is larger.
    """
    if workspace.office == workspace.node:
        raise UserError(
            _("This workspace is an office and has no other office to report to."),
            _("Write packages for field nodes with “mingcha assign” and “mingcha receipts”."),
        )
    with workspace.db.atomic():
        cut_drafts(workspace)

    def choose() -> Contents:
        return results_for_office(workspace, with_all_objects=with_all_objects)

    return _export(workspace, workspace.office, choose, folder, volume_bytes, report_progress)


def export_to_node(
    workspace: Workspace,
    node: str,
    kind: PackageKind,
    folder: Path,
    report_progress: ReportProgress = unreported,
    *,
    volume_bytes: int = DEFAULT_VOLUME_BYTES,
) -> ExportedPackage:
    """Write a 任务包 or 回执 for an enrolled node."""

    def choose() -> Contents:
        return mission_for_node(workspace, node, kind)

    return _export(workspace, node, choose, folder, volume_bytes, report_progress)


def _export(
    workspace: Workspace,
    dest: str,
    choose: Callable[[], Contents],
    folder: Path,
    volume_bytes: int,
    report_progress: ReportProgress,
) -> ExportedPackage:
    begun = _begun_before(workspace, dest, choose, volume_bytes)
    planned = begun or _plan(workspace, dest, choose, volume_bytes)
    return write_volumes(workspace, planned, folder, report_progress, is_resumed=begun is not None)


def _begun_before(
    workspace: Workspace, dest: str, choose: Callable[[], Contents], volume_bytes: int
) -> PlannedPackage | None:
    """A package that would hold the same and of which nothing was written yet: it is taken, number and all."""
    stream = read_text_setting(workspace.db, STREAM_SETTING)
    package = unfinished_package(workspace.db, stream, dest)
    if package is None or package.kind != PackageKind.RESULT:
        return None
    planned = load_plan(workspace, package)
    anew = split_into_volumes(replace(planned.manifest, objects=choose().objects), volume_bytes)
    is_same = planned.manifest.objects == anew.objects
    return planned if is_same and not volumes_of(workspace.db, planned.id, "written") else None


def _plan(
    workspace: Workspace, dest: str, choose: Callable[[], Contents], volume_bytes: int
) -> PlannedPackage:
    recipients = recipients_of(workspace, dest)
    stream = read_text_setting(workspace.db, STREAM_SETTING)
    with workspace.db.atomic():
        give_up_unfinished(workspace, dest)
        contents = choose()
        seq = take_package_seq(workspace.db, stream, dest)
        manifest = _manifest(workspace, dest, stream, seq, contents, recipients)
        return keep_plan(workspace, split_into_volumes(manifest, volume_bytes), recipients, contents)


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
        durable=_durable(workspace),
    )


def _clock_state(workspace: Workspace, stream: str, before: Sequence[PackageRow]) -> str:
    """Of the time since the package before to the same receiver."""
    told = decode_manifest(before[-1].manifest).heads.get(stream, (0, ""))[0] if before else 0
    return clock_state(clock_notices(workspace, stream, told + 1, MAX_INTEGER))


def _durable(workspace: Workspace) -> dict[str, int] | None:
    """What the last backup of this workspace with its evidence holds; null where there is none."""
    value = read_setting(workspace.db, DURABLE)
    if not isinstance(value, dict):
        return None
    return {stream: seq for stream, seq in value.items() if isinstance(seq, int)}
