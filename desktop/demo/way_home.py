"""The way home: results on the stick, merging, and everything that happens to packages on the way."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.demo.cast import Cast, Report
from desktop.demo.people import team_name
from desktop.demo.story import Chapter, Story
from desktop.i18n import _
from desktop.services.packages.apply_package import ChangeKind
from desktop.services.packages.export_package import export_results
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.packages.merged_file import MergedFile
from desktop.services.packages.resolve_conflict import list_conflicts, resolve_conflict
from desktop.services.packages.undo_import import redo_import, undo_import
from desktop.services.packages.write_receipts import write_receipts
from desktop.services.visits.review_visit import review_visit


@dataclass(frozen=True)
class Mishaps:
    """What went wrong on purpose: a package that came twice, one that was cut short, an import undone and redone."""

    duplicate: MergedFile
    damaged: MergedFile
    undone: MergedFile


@dataclass(frozen=True)
class Settled:
    """A conflict of two laptops and how it was settled. ``part`` as “answer/9”."""

    visit_id: str
    part: str
    nodes: tuple[str, ...]
    taken: str
    reason: str


def bring_home(cast: Cast, chapter: Chapter, report: Report) -> Mapping[str, MergedFile]:
    """Export on every laptop, carry the stick to the office, merge; {team: what became of its package}."""
    cast.clock.advance_to(chapter.merged_at)
    stick = cast.folder / "stick" / "to-office"
    stick.mkdir(exist_ok=True)
    packages = {team: export_results(workspace, stick).path for team, workspace in cast.teams.items()}
    merged = merge_packages(cast.office, list(packages.values())).files
    for result in merged:
        report(
            _("The office merged {file}: visits {visits}, photos and papers {objects}").format(
                file=result.file.name, visits=brought_visits(result), objects=result.new_objects
            )
        )
    return dict(zip(packages, merged, strict=True))


def brought_visits(merged: MergedFile) -> int:
    """Visits of which the package told something new; the others it carries once more."""
    return sum(1 for visit in merged.visits if visit.change is not ChangeKind.IDENTICAL)


def have_mishaps(cast: Cast, merged: Mapping[str, MergedFile], story: Story, report: Report) -> Mishaps:
    """Deliver one package again and one cut short, and undo and redo an import."""
    duplicate, damaged = _spoil(merged[story.undone_team].file)
    known, refused = merge_packages(cast.office, [duplicate, damaged]).files[:2]
    report(_("A package came twice and changed nothing: {file}").format(file=duplicate.name))
    report(_("A package cut short lies in the quarantine: {file}").format(file=damaged.name))
    undone = merged[story.undone_team]
    undo_import(cast.office, undone.manifest_sha256, story.undo_reason)
    redo_import(cast.office, undone.manifest_sha256)
    report(_("An import was undone and redone: {file}").format(file=undone.file.name))
    return Mishaps(known, refused, undone)


def approve_veto(cast: Cast, story: Story, recorded: Mapping[str, str], report: Report) -> None:
    """Let the veto of the story take effect, once the visit that found it has come home."""
    visit = recorded.get(story.vetoed_visit)
    if visit is not None:
        review_visit(cast.office, visit, approved_vetoes=[story.vetoed_item], remark=story.veto_remark)
        report(_("The office approved a veto: item {item}.").format(item=story.vetoed_item))


def settle_conflicts(cast: Cast, story: Story, report: Report) -> tuple[Settled, ...]:
    settled = []
    for conflict in list_conflicts(cast.office):
        resolve_conflict(cast.office, conflict.id, [story.resolution], story.resolution_reason)
        nodes = tuple(candidate.node_name for candidate in conflict.candidates)
        settled.append(
            Settled(conflict.record_id, conflict.part, nodes, story.resolution, story.resolution_reason)
        )
        report(
            _("Two laptops disagreed about item {item}; the office has settled it.").format(
                item=conflict.part.removeprefix("answer/")
            )
        )
    return tuple(settled)


def hand_back_receipts(cast: Cast, report: Report) -> None:
    """Write a receipt for every laptop and read it there: now the field knows that the office has it all."""
    nodes = {workspace.node: (team, workspace) for team, workspace in cast.teams.items()}
    for receipt in write_receipts(cast.office, cast.folder / "stick"):
        team, workspace = nodes[receipt.manifest.dest]
        target = cast.folder / "stick" / f"to-{team}" / receipt.path.name
        shutil.move(receipt.path, target)
        merge_packages(workspace, [target])
        report(_("{node} has its receipt: {file}").format(node=team_name(team), file=target.name))


def _spoil(package: Path) -> tuple[Path, Path]:
    """A copy of a package under another name, and one from a stick that was pulled out too early."""
    duplicate = package.with_name(f"copy-of-{package.name}")
    shutil.copyfile(package, duplicate)
    damaged = package.with_name(f"cut-short-{package.name}")
    data = package.read_bytes()
    damaged.write_bytes(data[: len(data) * 3 // 5])
    return duplicate, damaged
