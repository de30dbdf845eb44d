"""The quarantine (待查区): files that could not be used, kept as they came, with the reason. Nothing is deleted."""

from pathlib import Path

from desktop.exchange.read_package import read_manifest
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.signed_manifest import SignedManifest
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace
from desktop.storage.files import copy_file, file_sha256
from desktop.storage.object_errors import store_error
from desktop.storage.quarantine_table import (
    QuarantineRow,
    quarantined,
    save_quarantined,
    set_quarantine_state,
)

_MAY_PASS = frozenset(
    {
        Refusal.UNKNOWN_SENDER,
        Refusal.NOT_PERMITTED,
        Refusal.TOO_LARGE,
        Refusal.NEWER_FORMAT,
        Refusal.NEWER_FEATURE,
    }
)
"""Reasons that can go away: a node is enrolled, space is freed, the program is updated."""


def put_into_quarantine(workspace: Workspace, file: Path, refused: PackageRefusedError) -> None:
    """Copy the file into the quarantine and note why; raises UserError where there is no room for it.

    A file that is not there is only reported.
    """
    if not file.is_file():
        return
    sha256, size = file_sha256(file), file.stat().st_size
    stored = workspace.folder / "quarantine" / f"{sha256}.mcp"
    if not stored.exists():
        try:
            copy_file(file, stored)
        except OSError as error:
            raise store_error(error, size, stored.parent) from error
    signed = _signed_manifest(workspace, stored)
    sender = signed.manifest.sender if signed else None
    with workspace.db.atomic():
        save_quarantined(
            workspace.db,
            QuarantineRow(
                file_sha256=sha256,
                file_name=file.name,
                stored_name=stored.name,
                reason=refused.reason.value,
                problem=refused.problem,
                advice=refused.advice,
                state="waiting",
                at_ms=workspace.clock_ms(),
                sender=sender.node if sender else None,
                stream=sender.stream if sender else None,
                seq=signed.manifest.seq if signed else None,
                manifest_sha256=signed.hash if signed else None,
            ),
        )
        log_event(workspace, {"event": "quarantined", "file": sha256, "reason": refused.reason.value})


def may_pass(reason: Refusal) -> bool:
    """Whether a reason can go away by what is merged or done later."""
    return reason in _MAY_PASS


def ready_files(workspace: Workspace) -> list[tuple[Path, str]]:
    """The waiting files whose reason may have gone, with their SHA-256."""
    return [
        (workspace.folder / "quarantine" / row.stored_name, row.file_sha256)
        for row in quarantined(workspace.db)
        if row.state != "applied" and row.reason in _MAY_PASS
    ]


def release(workspace: Workspace, sha256: str) -> None:
    """Note that a quarantined package has been applied; the file stays. Caller's transaction."""
    set_quarantine_state(workspace.db, sha256, "applied")
    log_event(workspace, {"event": "released", "file": sha256})


def _signed_manifest(workspace: Workspace, file: Path) -> SignedManifest | None:
    """What a refused package says about itself, as far as it can be read and is signed."""
    try:
        return read_manifest(file, [workspace.identity.receive], own_node=workspace.node)
    except PackageRefusedError:
        return None
