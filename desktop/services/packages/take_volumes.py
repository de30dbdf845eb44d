"""Taking a package of several files: merged at once when all are there, else kept until they are.

Nothing of it is used, and nothing is decrypted to the disk, before the last volume has come.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.volumes import package_name
from desktop.services.packages.apply_package import new_objects
from desktop.services.packages.find_volumes import FoundVolumes, find_volumes
from desktop.services.packages.keep_volumes import clear_inbox, forget_kept, keep_volume, prove_volume
from desktop.services.packages.merged_file import MergedFile, Outcome, Trial, refused_file
from desktop.services.packages.unpack_package import PackageFile
from desktop.services.records.waiting_packages import inbox
from desktop.services.workspace.workspace import ReportProgress, Workspace
from desktop.storage.files import file_sha256
from desktop.storage.packages import find_package

_OF_THE_PACKAGE = frozenset(
    {
        Refusal.UNKNOWN_SENDER,
        Refusal.REVOKED_SENDER,
        Refusal.NOT_PERMITTED,
        Refusal.FORKED,
        Refusal.TOO_LARGE,
    }
)
"""Reasons that speak of the whole package: another copy of the file would not help."""


@dataclass(frozen=True)
class Taking:
    """How to take a package: ``apply`` merges it from these files, ``refuse`` puts a bad file into the quarantine."""

    workspace: Workspace
    trial: Trial | None
    apply: Callable[[tuple[PackageFile, ...]], MergedFile]
    refuse: Callable[[Path, PackageRefusedError], None]
    report_progress: ReportProgress


@dataclass(frozen=True)
class TakenVolumes:
    """A result for the package and for each refused file; ``used`` are the files that need no more care."""

    results: tuple[MergedFile, ...]
    used: frozenset[Path]


def take_volumes(taking: Taking, file: Path, others: Iterable[Path]) -> TakenVolumes:
    """Take the package that ``file`` is a volume of, with what ``others`` and its neighbours bring of it."""
    workspace = taking.workspace
    found = find_volumes(workspace, file, others)
    used = frozenset(found.given)
    refused: list[MergedFile] = []
    known = find_package(workspace.db, found.package)
    if known is not None and not new_objects(workspace, found.manifest) - _arrived(taking):
        return TakenVolumes((_result(found, file, Outcome.KNOWN),), used)
    while not found.missing:
        try:
            merged = taking.apply(tuple(PackageFile(each, file_sha256(each)) for each in found.chosen))
        except PackageRefusedError as bad:
            if bad.file is None or bad.reason in _OF_THE_PACKAGE:
                return TakenVolumes(_refuse_all(taking, found, bad), used)
            refused.append(_refuse(taking, found, bad.file, bad))
            continue
        if taking.trial is None:
            clear_inbox(workspace)
        return TakenVolumes((merged, *refused), used)
    refused += _keep(taking, found)
    return TakenVolumes((*([_result(found, file, Outcome.WAITING)] if found.chosen else ()), *refused), used)


def _arrived(taking: Taking) -> set[str]:
    return taking.trial.arrived if taking.trial else set()


def _keep(taking: Taking, found: FoundVolumes) -> list[MergedFile]:
    """Prove and keep one file of each volume that is there; returns those that were refused."""
    refused: list[MergedFile] = []
    for number in list(found.files):
        while paths := found.files[number]:
            try:
                _keep_one(taking, paths[0])
                break
            except PackageRefusedError as bad:
                refused.append(_refuse(taking, found, paths[0], bad))
    return refused


def _keep_one(taking: Taking, file: Path) -> None:
    workspace = taking.workspace
    if file.parent == inbox(workspace):
        return
    if taking.trial is None:
        keep_volume(workspace, file, taking.report_progress)
    else:
        prove_volume(workspace, file, taking.report_progress)


def _refuse(taking: Taking, found: FoundVolumes, file: Path, bad: PackageRefusedError) -> MergedFile:
    found.drop(file)
    taking.refuse(file, bad)
    if taking.trial is None:
        forget_kept(taking.workspace, file)
    return refused_file(file, bad)


def _refuse_all(taking: Taking, found: FoundVolumes, bad: PackageRefusedError) -> tuple[MergedFile, ...]:
    files = [file for paths in found.files.values() for file in paths]
    return tuple(_refuse(taking, found, file, bad) for file in sorted(files))


def _result(found: FoundVolumes, file: Path, outcome: Outcome) -> MergedFile:
    manifest = found.manifest
    return MergedFile(
        file.with_name(package_name(manifest)),
        outcome,
        found.package,
        manifest.kind.value,
        manifest.sender.node,
        manifest.seq,
        volumes=manifest.volumes,
        missing=found.missing if outcome is Outcome.WAITING else (),
    )
