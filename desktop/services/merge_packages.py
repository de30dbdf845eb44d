"""Merging packages: verify, show what would change, apply. Dry run and applying are the same code.

A package is proved whole before anything of it is used, and applied in one transaction. One that cannot be used is
kept in the quarantine with its reason and never stops the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.manifest import Role
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.refusal import PackageRefusedError
from desktop.services.apply_package import VisitChange, apply_package, return_objects
from desktop.services.lost_objects import is_here
from desktop.services.quarantine import put_into_quarantine, ready_files, release
from desktop.services.unpack_package import UnpackedPackage, unpack_package
from desktop.services.workspace import ReportProgress, Workspace, unreported
from desktop.storage.backups import write_rolling_backup
from desktop.storage.files import file_sha256
from desktop.storage.packages import PackageRow, find_package, package_of_file


class Outcome(StrEnum):
    """What became of one file."""

    APPLIED = "applied"
    WOULD_APPLY = "would_apply"
    KNOWN = "known"
    QUARANTINED = "quarantined"
    FAILED = "failed"


@dataclass(frozen=True)
class MergedFile:
    """The result for one file; counts of entries, and the plan per visit. ``reason`` only for a refused one."""

    file: Path
    outcome: Outcome
    manifest_sha256: str = ""
    kind: str = ""
    sender: str = ""
    seq: int = 0
    new_entries: int = 0
    known_entries: int = 0
    new_objects: int = 0
    visits: tuple[VisitChange, ...] = ()
    gaps: tuple[int, ...] = ()
    is_forked: bool = False
    reason: str = ""
    problem: str = ""
    advice: str = ""


@dataclass(frozen=True)
class MergeReport:
    """Results in the order of the files, then of those that became ready in the quarantine."""

    files: tuple[MergedFile, ...]
    backup: Path | None = field(default=None)

    @property
    def is_complete(self) -> bool:
        """Whether no file was refused or could not be read."""
        return all(each.outcome not in (Outcome.QUARANTINED, Outcome.FAILED) for each in self.files)


def merge_packages(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    is_dry_run: bool = False,
    report_progress: ReportProgress = unreported,
) -> MergeReport:
    """Merge packages in any order; merging one again changes nothing. Raises nothing for a bad package."""
    backup = None
    if not is_dry_run:
        key = workspace.keys.database_key()
        backup = write_rolling_backup(workspace.db, key, workspace.folder, workspace.clock_ms())
    results = [_merge_file(workspace, file, is_dry_run, report_progress) for file in files]
    if not is_dry_run:
        results += _merge_ready(workspace, report_progress)
    return MergeReport(tuple(results), backup)


def _merge_ready(workspace: Workspace, report_progress: ReportProgress) -> Iterable[MergedFile]:
    """Try the quarantined packages whose reason may have gone, until nothing changes any more."""
    applied: list[MergedFile] = []
    has_changed = True
    while has_changed:
        has_changed = False
        for file, sha256 in ready_files(workspace):
            try:
                result = _apply(workspace, file, sha256, False, report_progress)
            except UserError:
                continue
            with workspace.db.atomic():
                release(workspace, sha256)
            applied.append(result)
            has_changed = True
    return applied


def _merge_file(
    workspace: Workspace, file: Path, is_dry_run: bool, report_progress: ReportProgress
) -> MergedFile:
    try:
        return _take_file(workspace, file, is_dry_run, report_progress)
    except UserError as error:
        # The stick was pulled, the disk is full: nothing is wrong with the package, and the others go on.
        return MergedFile(file, Outcome.FAILED, problem=error.problem, advice=error.advice)


def _take_file(
    workspace: Workspace, file: Path, is_dry_run: bool, report_progress: ReportProgress
) -> MergedFile:
    try:
        sha256 = file_sha256(file) if file.is_file() else ""
        known = package_of_file(workspace.db, sha256) if sha256 else None
        if known is not None and _is_all_here(workspace, known):
            return MergedFile(file, Outcome.KNOWN, known.manifest_sha256, known.kind, known.sender, known.seq)
        return _apply(workspace, file, sha256, is_dry_run, report_progress)
    except PackageRefusedError as refused:
        if not is_dry_run:
            put_into_quarantine(workspace, file, refused)
        return MergedFile(
            file,
            Outcome.QUARANTINED,
            reason=refused.reason.value,
            problem=refused.problem,
            advice=refused.advice,
        )


def _is_all_here(workspace: Workspace, package: PackageRow) -> bool:
    """Whether reading the file of a known package again could bring nothing."""
    evidence = [info for info in decode_manifest(package.manifest).objects if info.role is Role.EVIDENCE]
    return package.direction == "in" and all(is_here(workspace, info.hash) for info in evidence)


def _apply(
    workspace: Workspace, file: Path, sha256: str, is_dry_run: bool, report_progress: ReportProgress
) -> MergedFile:
    package = unpack_package(workspace, file, keeps_objects=not is_dry_run, report_progress=report_progress)
    try:
        if find_package(workspace.db, package.manifest_sha256) is not None:
            return replace(_result(file, package), new_objects=return_objects(workspace, package))
        applied = apply_package(workspace, package, file, sha256, is_dry_run=is_dry_run)
    except BaseException:
        package.discard()
        raise
    return replace(
        _result(file, package),
        outcome=Outcome.WOULD_APPLY if is_dry_run else Outcome.APPLIED,
        new_entries=applied.new_entries,
        known_entries=applied.known_entries,
        new_objects=applied.new_objects,
        visits=applied.visits,
        gaps=applied.gaps,
        is_forked=applied.is_forked,
    )


def _result(file: Path, package: UnpackedPackage) -> MergedFile:
    manifest = package.signed.manifest
    return MergedFile(
        file, Outcome.KNOWN, package.manifest_sha256, manifest.kind.value, manifest.sender.node, manifest.seq
    )
