"""Merging as it is shown to a clerk: the plan, the history and the quarantine, with names instead of ids."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from desktop.exchange.refusal import told_again
from desktop.i18n import _
from desktop.services.packages.apply_package import ChangeKind
from desktop.services.packages.merge_packages import merge_packages, try_packages
from desktop.services.packages.merged_file import MergedFile, MergeReport, Outcome
from desktop.services.packages.planned_package import files_of
from desktop.services.records.open_secret import with_opened_plan
from desktop.services.records.visit_values import VisitNotFoundError, read_visit
from desktop.services.records.waiting_packages import waiting_lines
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.nodes import find_node
from desktop.storage.packages import packages
from desktop.storage.quarantine_table import QuarantineRow, quarantined
from desktop.storage.records import find_row


@dataclass(frozen=True)
class FileLine:
    """What a file, or all of a package, would do or has done. ``gaps``: packages of its sender that have not come."""

    file: str
    outcome: Outcome
    kind: str
    sender: str
    seq: int
    new_entries: int
    new_objects: int
    gaps: tuple[int, ...]
    is_forked: bool
    problem: str
    advice: str
    volumes: int = 1
    missing: tuple[int, ...] = ()


@dataclass(frozen=True)
class PlannedChange:
    """What a file means for one visit; ``what`` is empty for a visit this workspace does not know yet."""

    file: str
    what: str
    change: ChangeKind
    parts: tuple[str, ...]


@dataclass(frozen=True)
class MergeView:
    files: tuple[FileLine, ...]
    changes: tuple[PlannedChange, ...]


@dataclass(frozen=True)
class PackageLine:
    """One package that was merged or written here; ``state`` as it is stored, ``files`` in their order."""

    id: str
    direction: str
    kind: str
    seq: int
    partner: str
    file: str
    state: str
    at: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class QuarantineLine:
    """A file that could not be used, and why; ``state`` is dismissed where somebody has laid it aside."""

    id: str
    file: str
    sender: str
    problem: str
    advice: str
    state: str
    at: str
    dismissed_because: str = ""
    dismissed_by: str = ""
    dismissed_at: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.state not in ("applied", "dismissed")


def merge_for_view(
    workspace: Workspace,
    files: Sequence[Path],
    report_progress: ReportProgress = unreported,
    *,
    is_dry_run: bool = False,
) -> MergeView:
    """``merge_packages``, told with names; in a dry run also with those that the packages only bring."""
    if is_dry_run:
        return try_packages(workspace, files, partial(_view, workspace), report_progress)
    return _view(workspace, merge_packages(workspace, files, report_progress=report_progress))


def _view(workspace: Workspace, report: MergeReport) -> MergeView:
    changes = [
        PlannedChange(merged.file.name, visit_name(workspace, each.visit_id), each.change, each.parts)
        for merged in report.files
        for each in merged.visits
    ]
    # Every package carries what it carried before; what is new in it must not be looked for.
    changes.sort(key=lambda planned: planned.change is ChangeKind.IDENTICAL)
    return MergeView(tuple(_file_line(workspace, merged) for merged in report.files), tuple(changes))


def package_history(workspace: Workspace) -> tuple[PackageLine, ...]:
    """The packages that were merged or written here, newest first."""
    return tuple(
        PackageLine(
            row.manifest_sha256,
            row.direction,
            row.kind,
            row.seq,
            _node_name(workspace, row.sender if row.direction == "in" else row.dest),
            row.file_name or "",
            row.state,
            local_time(row.at_ms),
            tuple(file.file_name for file in files_of(workspace, row)),
        )
        for row in sorted(packages(workspace.db), key=lambda row: -row.at_ms)
        if row.is_whole and row.direction != "relayed"
    )


def quarantine_lines(workspace: Workspace) -> tuple[QuarantineLine, ...]:
    """What waits for its other volumes, and what lies in the quarantine, also what has been released meanwhile."""
    incomplete = tuple(
        QuarantineLine(
            line.id, _(", ").join(line.files), line.sender, line.problem, line.advice, "incomplete", line.at
        )
        for line in waiting_lines(workspace)
    )
    return incomplete + tuple(_quarantine_line(workspace, row) for row in quarantined(workspace.db))


def _quarantine_line(workspace: Workspace, row: QuarantineRow) -> QuarantineLine:
    line = QuarantineLine(
        row.file_sha256,
        row.file_name,
        _node_name(workspace, row.sender) if row.sender else "",
        *told_again(row.reason, row.problem, row.advice),
        row.state,
        local_time(row.at_ms),
    )
    given = row.dismissal
    if given is None:
        return line
    person = find_row(workspace.db, "person", given.by)
    return replace(
        line,
        state="dismissed",
        dismissed_because=given.why,
        dismissed_by=str(person["name"]) if person else "",
        dismissed_at=local_time(given.at_ms),
    )


def visit_name(workspace: Workspace, visit_id: str) -> str:
    """Unit, site and checklist of a visit in one line, as far as they are known here."""
    try:
        view = with_opened_plan(workspace, read_visit(workspace.db, visit_id))
    except VisitNotFoundError:
        return ""
    names = []
    for table in ("unit", "site", "checklist"):
        row = find_row(workspace.db, table, view.text(f"{table}_id"))
        if row is not None:
            names.append(str((row.get("short") or row["name"]) or ""))
    return " · ".join(name for name in names if name) or _sealed_name(workspace, view.text("mission_id"))


def _sealed_name(workspace: Workspace, mission_id: str) -> str:
    """Of a sealed mission only the name that outsiders may read."""
    row = find_row(workspace.db, "mission", mission_id) if mission_id else None
    if row is None or not row.get("seal"):
        return ""
    return _("{mission} (sealed)").format(mission=row.get("cover_name") or row.get("title") or "")


def _file_line(workspace: Workspace, merged: MergedFile) -> FileLine:
    return FileLine(
        file=merged.file.name,
        outcome=merged.outcome,
        kind=merged.kind,
        sender=_node_name(workspace, merged.sender) if merged.sender else "",
        seq=merged.seq,
        new_entries=merged.new_entries,
        new_objects=merged.new_objects,
        gaps=merged.gaps,
        is_forked=merged.is_forked,
        problem=merged.problem,
        advice=merged.advice,
        volumes=merged.volumes,
        missing=merged.missing,
    )


def _node_name(workspace: Workspace, node_id: str) -> str:
    node = find_node(workspace.db, node_id)
    return node.name if node else node_id[:8]
