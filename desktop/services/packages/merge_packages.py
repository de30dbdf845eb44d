"""Merging packages: verify, show what would change, apply. A dry run applies them, looks, and undoes all of it.

A package is proved whole before anything of it is used, and applied in one transaction. One that cannot be used is
kept in the quarantine with its reason and never stops the others.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from desktop.errors import UserError
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.volumes import package_name
from desktop.services.packages.apply_package import apply_package, new_objects, return_objects
from desktop.services.packages.keep_volumes import clear_inbox
from desktop.services.packages.merged_file import MergedFile, MergeReport, Outcome, Trial, refused_file
from desktop.services.packages.quarantine import may_pass, put_into_quarantine, ready_files, release
from desktop.services.packages.take_volumes import TakenVolumes, Taking, take_volumes
from desktop.services.packages.unpack_package import PackageFile, UnpackedPackage, unpack_package
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.backups import write_rolling_backup
from desktop.storage.files import file_sha256
from desktop.storage.packages import PackageRow, find_package, package_of_file
from desktop.storage.volume_table import volumes_of_file

T = TypeVar("T")


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
    clear_inbox(workspace)
    results = _merge_files(workspace, files, None, report_progress)
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
    trial = Trial()
    told: list[T] = []
    try:
        with workspace.db.atomic():
            results = _merge_files(workspace, files, trial, report_progress)
            results += _merge_ready(workspace, trial, report_progress)
            told.append(tell(MergeReport(tuple(results))))
            raise _TrialOverError
    except _TrialOverError:
        return told[0]


def _merge_ready(
    workspace: Workspace, trial: Trial | None, report_progress: ReportProgress
) -> Iterable[MergedFile]:
    """Try the quarantined packages whose reason may have gone, until nothing changes any more."""
    results: list[MergedFile] = []
    done: set[Path] = set()
    has_changed = True
    while has_changed:
        has_changed = False
        waiting = dict([*ready_files(workspace), *(trial.refused if trial else ())])
        for file, sha256 in waiting.items():
            if file in done:
                continue
            try:
                taken = _take_ready(workspace, file, sha256, list(waiting), trial, report_progress)
            except UserError:
                continue
            with workspace.db.atomic():
                for used in taken.used & waiting.keys():
                    release(workspace, waiting[used])
            results += taken.results
            done |= taken.used
            has_changed = True
    return results


def _take_ready(
    workspace: Workspace,
    file: Path,
    sha256: str,
    others: Sequence[Path],
    trial: Trial | None,
    report_progress: ReportProgress,
) -> TakenVolumes:
    def leave(_file: Path, refused: PackageRefusedError) -> None:
        """It lies in the quarantine already."""
        raise refused

    try:
        return TakenVolumes(
            (_apply(workspace, (PackageFile(file, sha256),), trial, report_progress),), frozenset({file})
        )
    except PackageRefusedError as refused:
        if refused.reason is not Refusal.SPLIT:
            raise
    taking = Taking(
        workspace,
        trial,
        lambda files: _apply(workspace, files, trial, report_progress),
        leave,
        report_progress,
    )
    return take_volumes(taking, file, others)


def _merge_files(
    workspace: Workspace, files: Sequence[Path], trial: Trial | None, report_progress: ReportProgress
) -> list[MergedFile]:
    """One result for each file, and one for all volumes of the same package together."""
    results: list[MergedFile] = []
    used: set[Path] = set()
    for file in files:
        if file in used:
            continue
        try:
            taken = _take_file(workspace, file, files, trial, report_progress)
        except UserError as error:
            # The stick was pulled, the disk is full: nothing is wrong with the package, and the others go on.
            results.append(MergedFile(file, Outcome.FAILED, problem=error.problem, advice=error.advice))
            continue
        results += taken.results
        # A single file that is named twice is looked at twice; its package is known then.
        used |= taken.used - {file}
    return results


def _take_file(
    workspace: Workspace,
    file: Path,
    files: Sequence[Path],
    trial: Trial | None,
    report_progress: ReportProgress,
) -> TakenVolumes:
    def refuse(bad: Path, refused: PackageRefusedError) -> None:
        if trial is None:
            put_into_quarantine(workspace, bad, refused)
        elif bad.is_file() and may_pass(refused.reason):
            trial.refused.append((bad, file_sha256(bad)))

    taking = Taking(
        workspace,
        trial,
        lambda whole: _apply(workspace, whole, trial, report_progress),
        refuse,
        report_progress,
    )
    try:
        return TakenVolumes((_take_whole(workspace, file, trial, report_progress),), frozenset())
    except PackageRefusedError as refused:
        if refused.reason is not Refusal.SPLIT:
            refuse(file, refused)
            return TakenVolumes((refused_file(file, refused),), frozenset())
    try:
        return take_volumes(taking, file, files)
    except PackageRefusedError as refused:
        refuse(file, refused)
        return TakenVolumes((refused_file(file, refused),), frozenset())


def _take_whole(
    workspace: Workspace, file: Path, trial: Trial | None, report_progress: ReportProgress
) -> MergedFile:
    sha256 = file_sha256(file) if file.is_file() else ""
    known = _package_of(workspace, sha256) if sha256 else None
    if known is not None and _is_all_here(workspace, known, trial):
        return MergedFile(file, Outcome.KNOWN, known.manifest_sha256, known.kind, known.sender, known.seq)
    return _apply(workspace, (PackageFile(file, sha256),), trial, report_progress)


def _package_of(workspace: Workspace, sha256: str) -> PackageRow | None:
    """The package that a file was all of, or a volume of."""
    known = package_of_file(workspace.db, sha256)
    for volume in volumes_of_file(workspace.db, sha256):
        known = known or find_package(workspace.db, volume.manifest_sha256)
    return known


def _is_all_here(workspace: Workspace, package: PackageRow, trial: Trial | None) -> bool:
    """Whether reading the file of a known package again could bring nothing."""
    lost = new_objects(workspace, decode_manifest(package.manifest))
    return package.direction == "in" and lost <= (trial.arrived if trial else set())


def _apply(
    workspace: Workspace, files: tuple[PackageFile, ...], trial: Trial | None, report_progress: ReportProgress
) -> MergedFile:
    package = unpack_package(workspace, files, keeps_objects=trial is None, report_progress=report_progress)
    coming = new_objects(workspace, package.signed.manifest) - (trial.arrived if trial else set())
    try:
        if find_package(workspace.db, package.manifest_sha256) is not None:
            result = _result(files, package)
            return_objects(workspace, package)
        else:
            result = _applied(workspace, package, files, is_dry_run=trial is not None)
    except BaseException:
        package.discard()
        raise
    if trial is not None:
        trial.arrived.update(coming)
    return replace(result, new_objects=len(coming))


def _applied(
    workspace: Workspace, package: UnpackedPackage, files: tuple[PackageFile, ...], *, is_dry_run: bool
) -> MergedFile:
    applied = apply_package(workspace, package, files)
    return replace(
        _result(files, package),
        outcome=Outcome.WOULD_APPLY if is_dry_run else Outcome.APPLIED,
        new_entries=applied.new_entries,
        known_entries=applied.known_entries,
        visits=applied.visits,
        gaps=applied.gaps,
        is_forked=applied.is_forked,
    )


def _result(files: tuple[PackageFile, ...], package: UnpackedPackage) -> MergedFile:
    manifest = package.signed.manifest
    first = files[0].path
    file = first if len(files) == 1 else first.with_name(package_name(manifest))
    return MergedFile(
        file,
        Outcome.KNOWN,
        package.manifest_sha256,
        manifest.kind.value,
        manifest.sender.node,
        manifest.seq,
        volumes=manifest.volumes,
    )
