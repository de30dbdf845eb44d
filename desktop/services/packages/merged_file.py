"""What became of a file, or of all the files of a package, that somebody wanted to merge."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from desktop.exchange.refusal import PackageRefusedError
from desktop.services.packages.apply_package import VisitChange


class Outcome(StrEnum):
    """WAITING: volumes are missing; nothing is used until they have come."""

    APPLIED = "applied"
    WOULD_APPLY = "would_apply"
    KNOWN = "known"
    WAITING = "waiting"
    QUARANTINED = "quarantined"
    FAILED = "failed"


@dataclass(frozen=True)
class MergedFile:
    """The result for a file, or for all volumes of a package that were there; counts of entries, plan per visit.

    ``reason`` only for a refused one; ``missing`` are the volumes that a package waits for, of ``volumes``.
    """

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
    volumes: int = 1
    missing: tuple[int, ...] = ()


@dataclass(frozen=True)
class MergeReport:
    """Results in the order of the files, then of those that became ready in the quarantine."""

    files: tuple[MergedFile, ...]
    backup: Path | None = field(default=None)

    @property
    def is_complete(self) -> bool:
        """Whether no file was refused or could not be read; one that waits for its other volumes is neither."""
        return all(each.outcome not in (Outcome.QUARANTINED, Outcome.FAILED) for each in self.files)


@dataclass(frozen=True)
class Trial:
    """What a dry run has seen so far: evidence that earlier packages of it bring, and files that it refused."""

    arrived: set[str] = field(default_factory=set)
    refused: list[tuple[Path, str]] = field(default_factory=list)


def refused_file(file: Path, refused: PackageRefusedError) -> MergedFile:
    return MergedFile(
        file,
        Outcome.QUARANTINED,
        reason=refused.reason.value,
        problem=refused.problem,
        advice=refused.advice,
    )
