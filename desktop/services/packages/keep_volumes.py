"""Keeping the volumes of a package that is not complete: proved by themselves, encrypted as they came, not used."""

import re
from pathlib import Path

from desktop.exchange.read_package import Nowhere, ProvedVolume, read_volume
from desktop.exchange.refusal import PackageRefusedError
from desktop.services.packages.admit_package import admit_package
from desktop.services.records.waiting_packages import inbox, kept_path
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import ReportProgress, Workspace
from desktop.storage.files import copy_file, file_sha256
from desktop.storage.object_errors import store_error
from desktop.storage.volume_table import (
    VolumeRow,
    WaitingRow,
    forget_volume,
    forget_waiting,
    kept_volumes,
    save_volume,
    save_waiting,
    volumes_of,
)

_KEPT_NAME = re.compile(r"[0-9a-f]{64}\.mcp(\.part)?")


def keep_volume(workspace: Workspace, file: Path, report_progress: ReportProgress) -> None:
    """Copy a volume into the inbox, prove the copy, and note it. A refused one leaves nothing."""
    sha256 = file_sha256(file)
    stored = inbox(workspace) / f"{sha256}.mcp"
    if not stored.is_file():
        try:
            copy_file(file, stored)
        except OSError as error:
            raise store_error(error, file.stat().st_size, stored.parent) from error
    try:
        proved = prove_volume(workspace, stored, report_progress)
    except PackageRefusedError:
        stored.unlink()
        raise
    with workspace.db.atomic():
        _note(workspace, proved, file.name, sha256, stored.stat().st_size)


def prove_volume(workspace: Workspace, file: Path, report_progress: ReportProgress) -> ProvedVolume:
    """Read one volume from end to end as its receiver, and keep nothing of it."""
    return read_volume(
        file,
        [workspace.identity.receive],
        own_node=workspace.node,
        free_bytes=1 << 62,
        admit=lambda *proof: admit_package(workspace, *proof),
        open_sink=Nowhere,
        report_progress=report_progress,
    )


def forget_kept(workspace: Workspace, file: Path) -> None:
    """Let go of a kept volume that has become unreadable; its package waits for another copy."""
    for row in kept_volumes(workspace.db):
        if kept_path(workspace, row) == file:
            with workspace.db.atomic():
                forget_volume(workspace.db, row.manifest_sha256, row.number)
                if not volumes_of(workspace.db, row.manifest_sha256, "kept"):
                    forget_waiting(workspace.db, row.manifest_sha256)
            file.unlink(missing_ok=True)


def clear_inbox(workspace: Workspace) -> None:
    """Remove copies that no package waits with: it was merged, or they were never noted."""
    kept = {kept_path(workspace, row).name for row in kept_volumes(workspace.db)}
    for file in inbox(workspace).iterdir():
        if _KEPT_NAME.fullmatch(file.name) and file.name not in kept:
            file.unlink()


def _note(workspace: Workspace, proved: ProvedVolume, name: str, sha256: str, size: int) -> None:
    manifest, now_ms = proved.signed.manifest, workspace.clock_ms()
    save_waiting(
        workspace.db,
        WaitingRow(
            proved.package,
            manifest.package_id,
            manifest.kind.value,
            manifest.sender.node,
            manifest.sender.stream,
            manifest.seq,
            manifest.volumes,
            now_ms,
        ),
    )
    save_volume(workspace.db, VolumeRow(proved.package, proved.number, name, sha256, size, "kept", now_ms))
    event = {"event": "volume_kept", "package": proved.package, "volume": proved.number}
    log_event(workspace, event)
