"""Merging packages: verify, show what would change, apply. A dry run applies them, looks, and undoes all of it.

A package is proved whole before anything of it is used, and applied in one transaction. One that cannot be used is
kept in the quarantine with its reason and never stops the others.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from desktop.errors import UserError
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.refusal import PackageRefusedError
from desktop.services.packages.apply_package import VisitChange, apply_package, new_objects, return_objects
from desktop.services.packages.quarantine import may_pass, put_into_quarantine, ready_files, release
from desktop.services.packages.unpack_package import UnpackedPackage, unpack_package
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.backups import write_rolling_backup
from desktop.storage.files import file_sha256
from desktop.storage.packages import PackageRow, find_package, package_of_file

T = TypeVar("T")


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


@dataclass(frozen=True)
class _Trial:
    """What a dry run has seen so far: evidence that earlier packages of it bring, and files that it refused."""

    arrived: set[str] = field(default_factory=set)
    refused: list[tuple[Path, str]] = field(default_factory=list)


class _TrialOverError(Exception):
    """Undoes a dry run."""


def merge_packages(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    is_dry_run: bool = False,
    report_progress: ReportProgress = unreported,
) -> MergeReport:
    """Merge packages in any order; merging one again changes nothing. Raises nothing for a bad package."""
    if is_dry_run:
        return try_packages(workspace, files, lambda report: report, report_progress)
    key = workspace.keys.database_key()
    backup = write_rolling_backup(workspace.db, key, workspace.folder, workspace.clock_ms())
    results = [_merge_file(workspace, file, None, report_progress) for file in files]
    return MergeReport((*results, *_merge_ready(workspace, None, report_progress)), backup)


def try_packages(
    workspace: Workspace,
    files: Sequence[Path],
    tell: Callable[[MergeReport], T],
    report_progress: ReportProgress = unreported,
) -> T:
    """Merge packages one after the other, let ``tell`` look at what came of it, and undo all of it.

    So the plan of several packages is what merging them will do. Only what the disk does then is not foreseen.
    """
    trial = _Trial()
    told: list[T] = []
    try:
        with workspace.db.atomic():
            results = [_merge_file(workspace, file, trial, report_progress) for file in files]
            results += _merge_ready(workspace, trial, report_progress)
            told.append(tell(MergeReport(tuple(results))))
            raise _TrialOverError
    except _TrialOverError:
        return told[0]


def _merge_ready(
    workspace: Workspace, trial: _Trial | None, report_progress: ReportProgress
) -> Iterable[MergedFile]:
    """Try the quarantined packages whose reason may have gone, until nothing changes any more."""
    applied: list[MergedFile] = []
    done: set[str] = set()
    has_changed = True
    while has_changed:
        has_changed = False
        for file, sha256 in [*ready_files(workspace), *(trial.refused if trial else ())]:
            if sha256 in done:
                continue
            try:
                result = _apply(workspace, file, sha256, trial, report_progress)
            except UserError:
                continue
            with workspace.db.atomic():
                release(workspace, sha256)
            applied.append(result)
            done.add(sha256)
            has_changed = True
    return applied


def _merge_file(
    workspace: Workspace, file: Path, trial: _Trial | None, report_progress: ReportProgress
) -> MergedFile:
    try:
        return _take_file(workspace, file, trial, report_progress)
    except UserError as error:
        # The stick was pulled, the disk is full: nothing is wrong with the package, and the others go on.
        return MergedFile(file, Outcome.FAILED, problem=error.problem, advice=error.advice)


def _take_file(
    workspace: Workspace, file: Path, trial: _Trial | None, report_progress: ReportProgress
) -> MergedFile:
    sha256 = ""
    try:
        sha256 = file_sha256(file) if file.is_file() else ""
        known = package_of_file(workspace.db, sha256) if sha256 else None
        if known is not None and _is_all_here(workspace, known, trial):
            return MergedFile(file, Outcome.KNOWN, known.manifest_sha256, known.kind, known.sender, known.seq)
        return _apply(workspace, file, sha256, trial, report_progress)
    except PackageRefusedError as refused:
        if trial is None:
            put_into_quarantine(workspace, file, refused)
        elif sha256 and may_pass(refused.reason):
            trial.refused.append((file, sha256))
        return MergedFile(
            file,
            Outcome.QUARANTINED,
            reason=refused.reason.value,
            problem=refused.problem,
            advice=refused.advice,
        )


def _is_all_here(workspace: Workspace, package: PackageRow, trial: _Trial | None) -> bool:
    """Whether reading the file of a known package again could bring nothing."""
    lost = new_objects(workspace, decode_manifest(package.manifest))
    return package.direction == "in" and lost <= (trial.arrived if trial else set())


def _apply(
    workspace: Workspace, file: Path, sha256: str, trial: _Trial | None, report_progress: ReportProgress
) -> MergedFile:
    package = unpack_package(workspace, file, keeps_objects=trial is None, report_progress=report_progress)
    coming = new_objects(workspace, package.signed.manifest) - (trial.arrived if trial else set())
    try:
        if find_package(workspace.db, package.manifest_sha256) is not None:
            result = _result(file, package)
            return_objects(workspace, package)
        else:
            result = _applied(workspace, package, file, sha256, is_dry_run=trial is not None)
    except BaseException:
        package.discard()
        raise
    if trial is not None:
        trial.arrived.update(coming)
    return replace(result, new_objects=len(coming))


def _applied(
    workspace: Workspace, package: UnpackedPackage, file: Path, sha256: str, *, is_dry_run: bool
) -> MergedFile:
    applied = apply_package(workspace, package, file, sha256)
    return replace(
        _result(file, package),
        outcome=Outcome.WOULD_APPLY if is_dry_run else Outcome.APPLIED,
        new_entries=applied.new_entries,
        known_entries=applied.known_entries,
        visits=applied.visits,
        gaps=applied.gaps,
        is_forked=applied.is_forked,
    )


def _result(file: Path, package: UnpackedPackage) -> MergedFile:
    manifest = package.signed.manifest
    return MergedFile(
        file, Outcome.KNOWN, package.manifest_sha256, manifest.kind.value, manifest.sender.node, manifest.seq
    )
